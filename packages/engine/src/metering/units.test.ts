import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, digits } from '../money/decimal.ts'
import { toUnits, type UnitRounding } from './units.ts'

/** S-RND-1 of the worked examples, then the table of metering 7.3. */
const CASES: [string, string, UnitRounding, string][] = [
  ['48900', '500', 'UP', '98'],
  ['5.1', '1', 'NEAREST', '5'],
  ['3.5', '1', 'NEAREST', '4'],
  ['3.4', '1', 'NEAREST', '3'],
  ['1000', '300', 'UP', '4'],
  ['1000', '300', 'DOWN', '3'],
  ['1000', '300', 'NEAREST', '3'],
  ['1000', '250', 'UP', '4'],
  ['1024', '1024', 'UP', '1'],
  ['1025', '1024', 'UP', '2'],
  ['0', '500', 'UP', '0'],
  ['10', '4', 'NONE', '2.5'],
  ['0.2', '1', 'UP', '1'],
  ['0.9', '1', 'DOWN', '0'],
  ['-1000', '300', 'UP', '-4'],
  ['-1000', '300', 'DOWN', '-3'],
  ['97.8', '1', 'UP', '98'],
  ['97.8', '1', 'DOWN', '97'],
  ['97.8', '1', 'NEAREST', '98'],
  ['97.8', '1', 'NONE', '97.8'],
  ['97.2', '1', 'NEAREST', '97'],
  ['97.5', '1', 'NEAREST', '98'],
  ['-97.5', '1', 'UP', '-98'],
  ['-97.5', '1', 'DOWN', '-97'],
  ['-97.5', '1', 'NEAREST', '-98'],
  ['-97.5', '1', 'NONE', '-97.5'],
  ['1', '3', 'NONE', '0.3333333333333333333333333333333333'],
  ['0.00000000000000000000000000000000001', '1', 'UP', '1'],
  ['-0.4', '1', 'NEAREST', '0'],
]

const quantity = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.nat(9))
  .map(([whole, places]) => decimal(whole).times(decimal(`1e-${places}`)))
const perUnit = fc.integer({ min: 1, max: 100_000 }).map((value) => decimal(value))

describe('from a quantity to units', () => {
  it.each(CASES)('%s at %s per unit, %s, is %s', (value, size, rounding, expected) => {
    expect(digits(toUnits(decimal(value), decimal(size), rounding))).toBe(expected)
  })

  it('keeps DOWN ≤ NEAREST ≤ UP, less than one unit apart, for amounts above zero', () => {
    fc.assert(
      fc.property(quantity, perUnit, (value, size) => {
        const [down, nearest, up] = (['DOWN', 'NEAREST', 'UP'] as const).map((rounding) =>
          toUnits(value.abs(), size, rounding),
        )

        expect(down?.lte(nearest ?? 0) && nearest?.lte(up ?? 0)).toBe(true)
        expect(up?.minus(down ?? 0).lte(1)).toBe(true)
      }),
    )
  })

  it('never gives less than no units for what rounds to none', () => {
    for (const [value, rounding] of [
      ['-0.4', 'NEAREST'],
      ['-0.9', 'DOWN'],
      ['-0', 'NONE'],
    ] as const) {
      expect(toUnits(decimal(value), decimal(1), rounding).isNegative()).toBe(false)
    }
  })

  it('treats a correction as the mirror image of usage', () => {
    fc.assert(
      fc.property(
        quantity,
        perUnit,
        fc.constantFrom<UnitRounding>('UP', 'DOWN', 'NEAREST', 'NONE'),
        (value, size, rounding) => {
          const mirrored = toUnits(value.negated(), size, rounding).negated()

          expect(digits(mirrored)).toBe(digits(toUnits(value, size, rounding)))
        },
      ),
    )
  })
})
