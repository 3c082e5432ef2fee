import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, decimal, digits } from './decimal.ts'
import { compare, fraction, negate, subtract } from './fraction.ts'
import {
  type RoundingMode,
  RoundingNeeded,
  roundDecimal,
  roundFraction,
  roundingModes,
} from './rounding.ts'

describe('rounding to whole numbers, as in the table of Java', () => {
  const modes = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN'] as const

  test.each([
    ['5.5', ['6', '5', '6', '5', '6', '5', '6']],
    ['2.5', ['3', '2', '3', '2', '3', '2', '2']],
    ['1.6', ['2', '1', '2', '1', '2', '2', '2']],
    ['1.1', ['2', '1', '2', '1', '1', '1', '1']],
    ['1.0', ['1', '1', '1', '1', '1', '1', '1']],
    ['-1.0', ['-1', '-1', '-1', '-1', '-1', '-1', '-1']],
    ['-1.1', ['-2', '-1', '-1', '-2', '-1', '-1', '-1']],
    ['-1.6', ['-2', '-1', '-1', '-2', '-2', '-2', '-2']],
    ['-2.5', ['-3', '-2', '-2', '-3', '-3', '-2', '-2']],
    ['-5.5', ['-6', '-5', '-5', '-6', '-6', '-5', '-6']],
    ['-0.4', ['-1', '0', '0', '-1', '0', '0', '0']],
  ])('%s', (value, expected) => {
    const rounded = modes.map((mode) => digits(roundFraction(fraction(value), 0, mode)))

    expect(rounded).toEqual(expected)
  })
})

describe('rounding amounts', () => {
  test.each([
    ['62 × 10/29 (billing B2)', fraction(620, 29), 2, '21.38'],
    ['62 × 17/31 (billing B1)', fraction(62 * 17, 31), 2, '34'],
    ['a tie', fraction('0.125'), 2, '0.13'],
    [
      'a tie on the negative side goes away from zero (pricing 0.2)',
      fraction('-0.125'),
      2,
      '-0.13',
    ],
    ['a third, five places', fraction(1, 3), 5, '0.33333'],
    ['yen', fraction('99.5'), 0, '100'],
    ['below any double', fraction('12345678901234567.885'), 2, '12345678901234567.89'],
  ])('%s', (_name, value, places, expected) => {
    expect(digits(roundFraction(value, places, 'HALF_UP'))).toBe(expected)
  })

  test('UNNECESSARY accepts what fits and refuses what does not', () => {
    expect(digits(roundFraction(fraction('1.25'), 2, 'UNNECESSARY'))).toBe('1.25')
    expect(() => roundFraction(fraction('1.255'), 2, 'UNNECESSARY')).toThrow(RoundingNeeded)
    expect(() => roundDecimal(decimal('1.255'), 2, 'UNNECESSARY')).toThrow(RoundingNeeded)
  })
})

describe('every mode follows its definition', () => {
  const rounding = roundingModes.filter((mode) => mode !== 'UNNECESSARY')

  test.each(rounding)('%s', (mode) => {
    fc.assert(
      fc.property(aroundTies, fc.integer({ min: 0, max: 8 }), (value, places) => {
        const result = roundFraction(value, places, mode)

        expect(digits(result)).toBe(byDefinition(value, places, mode))
      }),
      { numRuns: 500 },
    )
  })

  test.each(rounding)('%s agrees with the decimal library on decimals', (mode) => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({ min: 0, max: 8 }), (value, places) => {
        const expected = value.toDecimalPlaces(places, libraryModes[mode])

        expect(digits(roundFraction(fraction(value), places, mode))).toBe(digits(expected))
        expect(digits(roundDecimal(value, places, mode))).toBe(digits(expected))
      }),
    )
  })
})

/**
 * The two multiples of the step next to the value, and which of them the mode means. Written with
 * floor and ceiling, unlike the implementation, which cuts off towards zero.
 */
function byDefinition(value: ReturnType<typeof fraction>, places: number, mode: RoundingMode) {
  const scaled = value.numerator * 10n ** BigInt(places)
  const below = floorDivide(scaled, value.denominator)
  const above = -floorDivide(-scaled, value.denominator)
  const toBelow = subtract(fraction(scaled, value.denominator), fraction(below))
  const toAbove = subtract(fraction(above), fraction(scaled, value.denominator))
  const nearer = compare(toBelow, toAbove)
  const isNegative = value.numerator < 0n
  const [nearZero, farFromZero] = isNegative ? [above, below] : [below, above]
  const even = below % 2n === 0n ? below : above
  const nearest = (tie: bigint) => (nearer < 0 ? below : nearer > 0 ? above : tie)
  const chosen = {
    UP: farFromZero,
    DOWN: nearZero,
    CEILING: above,
    FLOOR: below,
    HALF_UP: nearest(farFromZero),
    HALF_DOWN: nearest(nearZero),
    HALF_EVEN: nearest(even),
    UNNECESSARY: below,
  }[mode]
  return digits(decimal(`${chosen}e-${places}`))
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}

const libraryModes = {
  UP: Decimal.ROUND_UP,
  DOWN: Decimal.ROUND_DOWN,
  CEILING: Decimal.ROUND_CEIL,
  FLOOR: Decimal.ROUND_FLOOR,
  HALF_UP: Decimal.ROUND_HALF_UP,
  HALF_DOWN: Decimal.ROUND_HALF_DOWN,
  HALF_EVEN: Decimal.ROUND_HALF_EVEN,
}

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.integer({ min: 0, max: 18 }))
  .map(([coefficient, places]) => decimal(`${coefficient}e-${places}`))

/** Small multiples of 1/2000 hit ties often; other denominators never. */
const aroundTies = fc
  .tuple(
    fc.bigInt({ min: -60_000n, max: 60_000n }),
    fc.constantFrom(1n, 2n, 3n, 20n, 31n, 200n, 2000n, 365n),
  )
  .chain(([numerator, denominator]) => {
    const value = fraction(numerator, denominator)
    return fc.constantFrom(value, negate(value))
  })
