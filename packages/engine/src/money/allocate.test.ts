import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from './allocate.ts'
import { currencyRule } from './currency.ts'
import { decimal, digits, zero } from './decimal.ts'
import { fraction } from './fraction.ts'
import { roundingModes } from './rounding.ts'

const dollars = currencyRule('USD')

describe('allocate', () => {
  test.each([
    ['10.00', [1, 1, 1], ['3.33', '3.33', '3.34']],
    ['-10.00', [1, 1, 1], ['-3.33', '-3.33', '-3.34']],
    ['15000', Array(12).fill(1), Array(12).fill('1250')],
    ['10.00', [1, 0, 1, 0], ['5', '0', '5', '0']],
    ['0.01', [1, 1, 1], ['0', '0', '0.01']],
    ['0.02', [1, 1, 1], ['0.01', '0.01', '0']],
    ['0', [1, 2], ['0', '0']],
  ])('%s by %j gives %j', (total, weights, expected) => {
    const parts = allocate(
      decimal(total),
      weights.map((weight) => fraction(weight)),
      dollars,
    )

    expect(parts.map(digits)).toEqual(expected)
  })

  test('refuses weights that cannot share', () => {
    expect(() => allocate(decimal(1), [], dollars)).toThrow('all weights are 0')
    expect(() => allocate(decimal(1), [fraction(0)], dollars)).toThrow('all weights are 0')
    expect(() => allocate(decimal(1), [fraction(2), fraction(-1)], dollars)).toThrow('negative')
  })

  test('adds up exactly, with no part of the other sign, in every rounding mode', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }),
        fc.integer({ min: 0, max: 5 }),
        fc.constantFrom(...roundingModes.filter((mode) => mode !== 'UNNECESSARY')),
        fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 }),
        (cents, places, rounding, weights) => {
          fc.pre(weights.some((weight) => weight > 0))
          const total = decimal(`${cents}e-${places}`)

          const parts = allocate(
            total,
            weights.map((weight) => fraction(weight, 7)),
            {
              code: 'XXX',
              places,
              rounding,
            },
          )

          expect(digits(parts.reduce((sum, part) => sum.plus(part), zero))).toBe(digits(total))
          expect(
            parts.every((part) => part.isZero() || part.isNegative() === total.isNegative()),
          ).toBe(true)
          expect(parts.every((part) => part.decimalPlaces() <= places)).toBe(true)
          expect(parts.every((part, index) => weights[index] !== 0 || part.isZero())).toBe(true)
        },
      ),
    )
  })
})
