import { Decimal, decimal } from './decimal.ts'
import { powerOfTen } from './power-of-ten.ts'
import { divideRounded, type RoundingMode } from './rounding-mode.ts'

/**
 * An exact rational number. An amount stays a fraction until its line is made, so that it is rounded
 * once and from the true value (pricing 0.2). The denominator is positive. A fraction is brought to
 * lowest terms only when it grows, because that costs more than all other arithmetic together:
 * compare with `equals`, never field by field.
 */
export type Fraction = { readonly numerator: bigint; readonly denominator: bigint }

export type FractionSource = Fraction | Decimal | string | number | bigint

/** The exact value, or with `over` the exact quotient of both. */
export function fraction(value: FractionSource, over: FractionSource = 1n): Fraction {
  const dividend = exact(value)
  return over === 1n ? dividend : divide(dividend, exact(over))
}

export const zeroFraction: Fraction = { numerator: 0n, denominator: 1n }
export const oneFraction: Fraction = { numerator: 1n, denominator: 1n }

export function add(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) return make(a.numerator + b.numerator, a.denominator)
  // One denominator mostly divides the other: both are powers of ten, or one is 1.
  if (b.denominator % a.denominator === 0n) {
    return make(a.numerator * (b.denominator / a.denominator) + b.numerator, b.denominator)
  }
  if (a.denominator % b.denominator === 0n) {
    return make(a.numerator + b.numerator * (a.denominator / b.denominator), a.denominator)
  }
  return make(
    a.numerator * b.denominator + b.numerator * a.denominator,
    a.denominator * b.denominator,
  )
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return add(a, negate(b))
}

export function multiply(a: Fraction, b: Fraction): Fraction {
  return make(a.numerator * b.numerator, a.denominator * b.denominator)
}

export function divide(a: Fraction, b: Fraction): Fraction {
  if (b.numerator === 0n) throw new RangeError('A number cannot be divided by zero.')
  const numerator = a.numerator * b.denominator
  const denominator = a.denominator * b.numerator
  return denominator < 0n ? make(-numerator, -denominator) : make(numerator, denominator)
}

export function negate(a: Fraction): Fraction {
  return { numerator: -a.numerator, denominator: a.denominator }
}

export function absolute(a: Fraction): Fraction {
  return a.numerator < 0n ? negate(a) : a
}

/** Negative, 0 or positive, as for sorting. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
  const left = a.numerator * b.denominator
  const right = b.numerator * a.denominator
  return left < right ? -1 : left > right ? 1 : 0
}

export function equals(a: Fraction, b: Fraction): boolean {
  return compare(a, b) === 0
}

export function isZero(a: Fraction): boolean {
  return a.numerator === 0n
}

export function isNegative(a: Fraction): boolean {
  return a.numerator < 0n
}

export function isPositive(a: Fraction): boolean {
  return a.numerator > 0n
}

export function sum(values: Iterable<Fraction>): Fraction {
  let total = zeroFraction
  for (const value of values) total = add(total, value)
  return total
}

export function min(first: Fraction, ...others: Fraction[]): Fraction {
  return others.reduce((least, value) => (compare(value, least) < 0 ? value : least), first)
}

export function max(first: Fraction, ...others: Fraction[]): Fraction {
  return others.reduce((most, value) => (compare(value, most) > 0 ? value : most), first)
}

/** The same value in lowest terms: what an explanation shows. */
export function reduce(a: Fraction): Fraction {
  const divisor = greatestCommonDivisor(
    a.numerator < 0n ? -a.numerator : a.numerator,
    a.denominator,
  )
  if (divisor === 1n) return a
  return { numerator: a.numerator / divisor, denominator: a.denominator / divisor }
}

/** `17/31`, in lowest terms; whole numbers without a denominator. */
export function printFraction(a: Fraction): string {
  const { numerator, denominator } = reduce(a)
  return denominator === 1n ? numerator.toString() : `${numerator}/${denominator}`
}

/** Keeps this many significant digits, as quantities from a division do (34, HALF_EVEN; metering 7.2). */
export function toDecimal(f: Fraction, significantDigits: number, rounding: RoundingMode): Decimal {
  if (f.numerator === 0n) return new Decimal(0)
  const places = significantDigits - integerDigits(f)
  const kept =
    places >= 0
      ? divideRounded(f.numerator * powerOfTen(places), f.denominator, rounding)
      : divideRounded(f.numerator, f.denominator * powerOfTen(-places), rounding)
  return new Decimal(`${kept}e${-places}`)
}

const WIDEST_UNREDUCED = 1n << 192n

function make(numerator: bigint, denominator: bigint): Fraction {
  const made = { numerator, denominator }
  return denominator > WIDEST_UNREDUCED ? reduce(made) : made
}

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/

function exact(value: FractionSource): Fraction {
  if (typeof value === 'bigint') return { numerator: value, denominator: 1n }
  if (typeof value === 'object' && 'numerator' in value) return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return { numerator: BigInt(value), denominator: 1n }
  }
  const text = typeof value === 'object' ? value.toFixed() : String(value)
  if (text.length > 60 || !PLAIN_NUMBER.test(text)) return fromDecimal(finite(value))
  const point = text.indexOf('.')
  if (point < 0) return { numerator: BigInt(text), denominator: 1n }
  return {
    numerator: BigInt(text.slice(0, point) + text.slice(point + 1)),
    denominator: powerOfTen(text.length - point - 1),
  }
}

/** The length of an input is bounded; results of the engine's own arithmetic may be longer. */
function finite(value: Decimal | string | number): Decimal {
  return typeof value === 'object' && value.isFinite() ? value : decimal(value)
}

function fromDecimal(value: Decimal): Fraction {
  const places = value.decimalPlaces()
  return { numerator: BigInt(value.toFixed().replace('.', '')), denominator: powerOfTen(places) }
}

/** How many digits stand before the point: 3 for 250, 0 for 0.25, -1 for 0.025. */
function integerDigits(f: Fraction): number {
  const numerator = f.numerator < 0n ? -f.numerator : f.numerator
  const least = numerator.toString().length - f.denominator.toString().length
  const isMore =
    least >= 0
      ? numerator >= f.denominator * powerOfTen(least)
      : numerator * powerOfTen(-least) >= f.denominator
  return isMore ? least + 1 : least
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}
