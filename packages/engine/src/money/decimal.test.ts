import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, decimal, digits } from './decimal.ts'

describe('decimal', () => {
  test.each([
    ['0.10', '0.1'],
    ['-0', '0'],
    ['1e21', '1000000000000000000000'],
    ['1e-7', '0.0000001'],
    [0.1, '0.1'],
    [5e-324 * 0, '0'],
    [12345678901234567890n, '12345678901234567890'],
    ['12345678901234567.89', '12345678901234567.89'],
    [new Decimal('2.50'), '2.5'],
  ])('reads %s as %s', (value, expected) => {
    expect(digits(decimal(value))).toBe(expected)
  })

  test.each([
    ['', 'is not a number'],
    ['1,5', 'is not a number'],
    ['NaN', 'not a finite number'],
    [Number.NaN, 'not a finite number'],
    ['Infinity', 'not a finite number'],
    ['1e60', 'more than 60 digits'],
    [`0.${'3'.repeat(60)}1`, 'more than 60 digits'],
  ])('refuses %s', (value, message) => {
    expect(() => decimal(value)).toThrow(message)
  })

  test('keeps 60 digits through addition and multiplication', () => {
    const long = '1'.repeat(30)

    expect(digits(decimal(long).times(decimal(long)))).toBe((BigInt(long) ** 2n).toString())
    expect(digits(decimal(`${long}.${long}`).plus(1))).toBe(`${'1'.repeat(29)}2.${long}`)
  })

  test('writes what it has read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (value) => {
        expect(digits(decimal(value))).toBe(value.toString())
      }),
    )
  })
})
