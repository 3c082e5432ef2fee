/** Exact arithmetic of the language, and where exactness has to end (metering 9.3). */
import { Decimal } from '../money/decimal.ts'

/** A number the language cannot hold; the evaluator adds the place. */
export class NumberRangeError extends Error {}

/** Division keeps 34 significant digits, half even, like every quantity that is a quotient. */
const Quotient = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN })

/** 10 / 4 = 2.5 and 1 / 3 = 0.3333333333333333333333333333333333 (34 digits). */
export function quotient(dividend: Decimal, divisor: Decimal): Decimal {
  if (divisor.isZero()) throw new NumberRangeError('A number cannot be divided by zero.')
  return new Decimal(new Quotient(dividend).dividedBy(divisor))
}

export function add(a: Decimal, b: Decimal): Decimal {
  return inRange(a.plus(b))
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return inRange(a.minus(b))
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return inRange(a.times(b))
}

export function divide(a: Decimal, b: Decimal): Decimal {
  return inRange(quotient(a, b))
}

/** The remainder has the sign of the dividend: -7 % 3 = -1. */
export function remainder(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) throw new NumberRangeError('A number cannot be divided by zero.')
  return inRange(a.modulo(b))
}

/** Whole exponents are exact, negative ones divide 1; others go through a double. */
export function power(base: Decimal, exponent: Decimal): Decimal {
  if (exponent.isInteger()) {
    if (exponent.gte(0)) return inRange(base.pow(exponent))
    if (base.isZero()) throw new NumberRangeError('Zero has no negative power.')
    return inRange(quotient(new Decimal(1), inRange(base.pow(exponent.negated()))))
  }
  if (base.isNegative() && !base.isZero()) {
    throw new NumberRangeError('A negative number has no power with a fractional exponent.')
  }
  const approximate = base.toNumber() ** exponent.toNumber()
  if (!Number.isFinite(approximate)) throw outOfRange()
  return inRange(new Decimal(approximate))
}

/** More than any measurement or price can need; it keeps a slip such as 9^9^9 from filling memory. */
const LARGEST_EXPONENT = 200

export function inRange(value: Decimal): Decimal {
  if (value.e > LARGEST_EXPONENT || value.e < -LARGEST_EXPONENT || !value.isFinite()) {
    throw outOfRange()
  }
  return value
}

function outOfRange(): NumberRangeError {
  return new NumberRangeError(
    `The result has more than ${LARGEST_EXPONENT} digits before or zeros after the point.`,
  )
}
