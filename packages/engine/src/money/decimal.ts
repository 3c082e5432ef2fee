import { Decimal as LibraryDecimal } from 'decimal.js'

/**
 * The only decimal constructor of the engine. The library's own default keeps 20 digits and rounds
 * the rest away without a word; 80 digits are more than anything we accept can need.
 */
export const Decimal = LibraryDecimal.clone({
  precision: 80,
  toExpNeg: -9e15,
  toExpPos: 9e15,
  defaults: true,
})
export type Decimal = LibraryDecimal
/** Money; in which currency is said next to it. */
export type Amount = Decimal

/** Written out without an exponent, a number may have this many digits before and after the point. */
const MOST_DIGITS = 60

export function decimal(value: string | number | bigint | Decimal): Decimal {
  const parsed = read(value)
  if (!parsed.isFinite()) throw new RangeError(`${String(value)} is not a finite number.`)
  if (writtenDigits(parsed) > MOST_DIGITS) {
    throw new RangeError(
      `The number ${shorten(String(value))} has more than ${MOST_DIGITS} digits. Use fewer.`,
    )
  }
  return parsed
}

/** Plain digits: no exponent, no trailing zeros, no minus before zero. */
export function digits(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed()
}

export const zero: Decimal = new Decimal(0)
export const one: Decimal = new Decimal(1)

function read(value: string | number | bigint | Decimal): Decimal {
  try {
    return new Decimal(typeof value === 'bigint' ? value.toString() : value)
  } catch {
    throw new RangeError(`"${shorten(String(value))}" is not a number.`)
  }
}

function writtenDigits(value: Decimal): number {
  if (value.isZero()) return 1
  return Math.max(value.e + 1, 1) + value.decimalPlaces()
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
