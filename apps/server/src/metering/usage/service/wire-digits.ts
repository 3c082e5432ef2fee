import { type Decimal, digits } from '@countinghouse/engine/money/decimal.ts'

const SIGNIFICANT_DIGITS = 20

/** A quotient leaves the API with at most 20 significant digits (metering 7.2). */
export function wireDigits(value: Decimal): string {
  return digits(value.toSignificantDigits(SIGNIFICANT_DIGITS))
}
