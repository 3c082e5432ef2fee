/** An average price is seldom a short number, and nobody is charged it: six digits say enough. */
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'

const SHOWN_DIGITS = 6
const LARGE = 10_000

export function shortAverage(value: Numeric): { text: string; isCut: boolean } {
  const exact = decimal(value)
  const isLarge = exact.abs().greaterThanOrEqualTo(LARGE)
  const shown = isLarge ? exact.toDecimalPlaces(2) : exact.toSignificantDigits(SHOWN_DIGITS)
  return { text: digits(shown), isCut: !shown.equals(exact) }
}
