/**
 * The digits of a number as the event store keeps them: 20 before the point, 18 behind it. A
 * number given as text is kept as it was given, or not at all. A JSON number is a double, whose last
 * digits are noise (100 bytes in gibibytes have 23 places): it is rounded half even, like what was
 * calculated, unless too little of it would remain.
 */
import { Decimal, digits } from '@countinghouse/engine/money/decimal.ts'

export const WHOLE_DIGITS_MAX = 20
export const SCALE = 18

const TOO_LARGE = new Decimal(10).pow(WHOLE_DIGITS_MAX)
const TEXT_LENGTH_MAX = 100
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,6})?$/i
/** Spelled by JavaScript without exponent, with few enough digits on both sides. */
const FITS = /^-?\d{1,19}(\.\d{1,18})?$/

/** So many digits of a double remain at least. */
const DIGITS_MIN = 6
/** From here on they lie within the scale. */
const FITS_FROM = 10 ** (DIGITS_MIN - SCALE - 1)

/** Null when it is too large to be kept, or too fine. */
export function decimalText(value: number): string | null {
  if (Number.isSafeInteger(value)) return value === 0 ? '0' : String(value)
  const text = String(value)
  if (FITS.test(text)) return text
  const exact = new Decimal(text)
  const kept = roundToScale(exact)
  if (kept === null || isRoughlyKept(value)) return kept
  const first = (number: Decimal) => number.toSignificantDigits(DIGITS_MIN)
  return first(new Decimal(kept)).eq(first(exact)) ? kept : null
}

/** So large that its digits end within the scale; whether it is too large is another question. */
export function isRoughlyKept(value: number): boolean {
  return value >= FITS_FROM || value <= -FITS_FROM || value === 0
}

export function isNumberText(text: string): boolean {
  return text.length <= TEXT_LENGTH_MAX && NUMBER.test(text)
}

/** A number that came as text keeps all its digits. Null when it is no number, too large or too fine. */
export function decimalTextOf(text: string): string | null {
  if (!isNumberText(text)) return null
  const exact = new Decimal(text)
  const kept = roundToScale(exact)
  return kept !== null && exact.eq(kept) ? kept : null
}

/** What a derived field gave. Null when it is too large. */
export function roundToScale(value: Decimal): string | null {
  const rounded = value.toDecimalPlaces(SCALE, Decimal.ROUND_HALF_EVEN)
  return rounded.abs().gte(TOO_LARGE) || !rounded.isFinite() ? null : digits(rounded)
}
