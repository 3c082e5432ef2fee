/**
 * The digits of a number as the event store keeps them: 20 before the point, 18 behind it, further
 * ones rounded half even, here and nowhere else.
 */
import { Decimal, digits } from '@countinghouse/engine/money/decimal.ts'

export const WHOLE_DIGITS_MAX = 20
export const SCALE = 18

const TOO_LARGE = new Decimal(10).pow(WHOLE_DIGITS_MAX)
const TEXT_LENGTH_MAX = 100
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,6})?$/i
/** Spelled by JavaScript without exponent, with few enough digits on both sides. */
const FITS = /^-?\d{1,19}(\.\d{1,18})?$/

/** Null when it is too large to be kept. */
export function decimalText(value: number): string | null {
  if (Number.isSafeInteger(value)) return value === 0 ? '0' : String(value)
  const text = String(value)
  return FITS.test(text) ? text : round(text)
}

/** A number that came as text keeps all its digits. Null when it is no number or too large. */
export function decimalTextOf(text: string): string | null {
  if (text.length > TEXT_LENGTH_MAX || !NUMBER.test(text)) return null
  return round(text)
}

/** The same for what a derived field gave. */
export function roundToScale(value: Decimal): string | null {
  const rounded = value.toDecimalPlaces(SCALE, Decimal.ROUND_HALF_EVEN)
  return rounded.abs().gte(TOO_LARGE) || !rounded.isFinite() ? null : digits(rounded)
}

function round(text: string): string | null {
  return roundToScale(new Decimal(text))
}
