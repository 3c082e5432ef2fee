import { Decimal } from '@countinghouse/engine/money/decimal.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalText, decimalTextOf } from './decimal-text.ts'

describe('numbers as the event store keeps them', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [12.5, '12.5'],
    [-0.1, '-0.1'],
    [0.30000000000000004, '0.30000000000000004'],
    [1e-7, '0.0000001'],
    [1e-18, '0.000000000000000001'],
    [5e-19, '0'],
    [1.5e-18, '0.000000000000000002'],
    [2.5e-18, '0.000000000000000002'],
    [1e-300, '0'],

    [99999999999999980000, '99999999999999980000'],
    [1e20, null],
    [-1e20, null],
  ])('%d is kept as %s', (value, text) => {
    expect(decimalText(value)).toBe(text)
  })

  test.each([
    ['12345678901234567.123456789012345678', '12345678901234567.123456789012345678'],
    ['+1.50', '1.5'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['0.0000000000000000005', '0'],
    ['0.0000000000000000015', '0.000000000000000002'],
    ['99999999999999999999.9999999999999999999', null],
    ['1e99', null],
    ['', null],
    ['abc', null],
    ['NaN', null],
    ['0x10', null],
    [' 1', null],
    [`1${'0'.repeat(200)}`, null],
  ])('the text "%s" is kept as %s', (value, text) => {
    expect(decimalTextOf(value)).toBe(text)
  })

  test('every double below the limit is kept to within half of the last place', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -9e19, max: 9e19 }), (value) => {
        const text = decimalText(value) ?? 'refused'
        expect(text).toMatch(/^-?\d{1,20}(\.\d{1,18})?$/)
        expect(new Decimal(text).minus(value).abs().lte('0.5e-18')).toBe(true)
      }),
    )
  })
})
