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
    [1 / 300, '0.003333333333333334'],
    [-1.2345678901234567e-4, '-0.000123456789012346'],
    [1.23456789e-10, '0.000000000123456789'],

    [99999999999999980000, '99999999999999980000'],
    [1e20, null],
    [-1e20, null],
    [1e-19, null],
    [-1.5e-18, null],
    [1e-300, null],
    [1 / 2 ** 40, '0.000000000000909495'],
    [100 / 2 ** 30, '0.000000093132257462'],
    [1.23456e-13, '0.000000000000123456'],
    [1.23456e-14, null],
  ])('%d is kept as %s', (value, text) => {
    expect(decimalText(value)).toBe(text)
  })

  test.each([
    ['12345678901234567.123456789012345678', '12345678901234567.123456789012345678'],
    ['+1.50', '1.5'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['0.000000000000000001000', '0.000000000000000001'],
    ['0.0000000000000000005', null],
    ['0.0000000000000000015', null],
    ['1.0000000000000000001', null],
    ['1e-19', null],
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

  test('every double that is kept is so to within half of the last place, and to six digits', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ noNaN: true, min: -9e19, max: 9e19 }),
          fc.double({ noNaN: true, min: -1e-9, max: 1e-9 }),
        ),
        (value) => {
          const text = decimalText(value)
          fc.pre(text !== null)
          expect(text).toMatch(/^-?\d{1,20}(\.\d{1,18})?$/)
          expect(new Decimal(text).minus(value).abs().lte('0.5e-18')).toBe(true)
          expect(
            new Decimal(text).minus(value).abs().lte(new Decimal(value).abs().times('5e-6')),
          ).toBe(true)
        },
      ),
    )
  })
})
