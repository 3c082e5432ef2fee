import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, decimal, digits } from './decimal.ts'
import {
  add,
  compare,
  divide,
  equals,
  type Fraction,
  fraction,
  isZero,
  max,
  min,
  multiply,
  negate,
  oneFraction,
  printFraction,
  subtract,
  sum,
  toDecimal,
  zeroFraction,
} from './fraction.ts'

describe('fraction', () => {
  test.each([
    ['12.50', '25/2'],
    [-3, '-3'],
    [0.1, '1/10'],
    ['1e3', '1000'],
    [decimal('0.000001'), '1/1000000'],
    [7n, '7'],
  ])('%s is %s', (value, expected) => {
    expect(printFraction(fraction(value))).toBe(expected)
  })

  test.each([
    [17, 31, '17/31'],
    ['0.5', '0.25', '2'],
    [6, -4, '-3/2'],
  ])('%s over %s is %s', (value, over, expected) => {
    expect(printFraction(fraction(value, over))).toBe(expected)
  })

  test('a division by zero is refused', () => {
    expect(() => divide(oneFraction, zeroFraction)).toThrow('divided by zero')
    expect(() => fraction(1, 0)).toThrow('divided by zero')
  })

  test('what is no number is refused', () => {
    expect(() => fraction('ten')).toThrow('"ten" is not a number')
    expect(() => fraction(new Decimal(1).dividedBy(0))).toThrow('not a finite number')
  })

  test('a result longer than an input may be is taken with all its digits', () => {
    const long = decimal('1234.123456789012345678')
    const product = long.times(long).times(long)

    expect(digits(product)).toBe(
      '1879644944.124834071228272188269983734181069986096684294558605752',
    )
    const expected = fraction(1234123456789012345678n ** 3n, 10n ** 54n)
    expect(equals(fraction(product), expected)).toBe(true)
    expect(() => fraction(digits(product))).toThrow('more than 60 digits')
  })
})

describe('toDecimal', () => {
  test.each([
    [2, 3, 34, '0.6666666666666666666666666666666667'],
    [-2, 3, 34, '-0.6666666666666666666666666666666667'],
    [200, 3, 4, '66.67'],
    [99_960, 1000, 3, '100'],
    [123_456, 1, 3, '123000'],
    [1, 8, 34, '0.125'],
    [1, 30_000, 2, '0.000033'],
    [0, 7, 34, '0'],
  ])('%s/%s with %s digits is %s', (numerator, denominator, kept, expected) => {
    expect(digits(toDecimal(fraction(numerator, denominator), kept, 'HALF_EVEN'))).toBe(expected)
  })

  test('agrees with decimal division at 34 digits, half even', () => {
    const Reference = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN })

    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        fc.pre(!b.isZero())
        const expected = new Reference(a).dividedBy(new Reference(b))
        expect(digits(toDecimal(fraction(a, b), 34, 'HALF_EVEN'))).toBe(digits(expected))
      }),
    )
  })
})

describe('the laws of fractions', () => {
  test('sums and products of decimals equal those of the decimal library', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expectSame(add(fraction(a), fraction(b)), fraction(a.plus(b)))
        expectSame(subtract(fraction(a), fraction(b)), fraction(a.minus(b)))
        expectSame(multiply(fraction(a), fraction(b)), fraction(a.times(b)))
        expect(compare(fraction(a), fraction(b))).toBe(a.comparedTo(b))
      }),
    )
  })

  test('addition and multiplication are commutative, associative and distributive', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, anyFraction, (a, b, c) => {
        expectSame(add(a, b), add(b, a))
        expectSame(multiply(a, b), multiply(b, a))
        expectSame(add(add(a, b), c), add(a, add(b, c)))
        expectSame(multiply(multiply(a, b), c), multiply(a, multiply(b, c)))
        expectSame(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))
      }),
    )
  })

  test('subtraction and division undo addition and multiplication', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, (a, b) => {
        expectSame(subtract(add(a, b), b), a)
        expect(isZero(add(a, negate(a)))).toBe(true)
        if (!isZero(b)) expectSame(divide(multiply(a, b), b), a)
      }),
    )
  })

  test('the order is total and agrees with min, max and the sign of the difference', () => {
    fc.assert(
      fc.property(anyFraction, anyFraction, (a, b) => {
        expect(compare(a, b)).toBe(-compare(b, a) + 0)
        expect(compare(a, b)).toBe(compare(subtract(a, b), zeroFraction))
        expectSame(add(min(a, b), max(a, b)), add(a, b))
        expect(compare(min(a, b), max(a, b))).toBeLessThanOrEqual(0)
      }),
    )
  })

  test('a long sum is exact and its denominator does not grow without end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 366 }), { maxLength: 300 }),
        (denominators) => {
          const parts = denominators.map((denominator) => fraction(1, denominator))
          const total = sum([...parts, ...parts.map(negate)])

          expect(isZero(total)).toBe(true)
          expect(total.denominator > 0n).toBe(true)
          expect(sum(parts).denominator.toString(2).length).toBeLessThan(700)
        },
      ),
    )
  })
})

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 18 }))
  .map(([coefficient, places]) => decimal(`${coefficient}e-${places}`))

const anyFraction = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
    fc.bigInt({ min: 1n, max: 10n ** 40n }),
  )
  .map(([numerator, denominator]) => fraction(numerator, denominator))

function expectSame(actual: Fraction, expected: Fraction): void {
  expect(equals(actual, expected), `${printFraction(actual)} = ${printFraction(expected)}`).toBe(
    true,
  )
  expect(actual.denominator > 0n).toBe(true)
}
