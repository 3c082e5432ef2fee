import type { Amount, Decimal } from './decimal.ts'
import type { Fraction } from './fraction.ts'
import { type RoundingMode, roundFraction } from './rounding.ts'

/** How amounts of a currency are rounded (billing 8). */
export type CurrencyRule = { code: string; places: number; rounding: RoundingMode }

/** What holds where the currency says nothing. */
export const defaultPlaces = 2
export const defaultRounding: RoundingMode = 'HALF_UP'

export function currencyRule(
  code: string,
  places: number | null = null,
  rounding: RoundingMode | null = null,
): CurrencyRule {
  return { code, places: places ?? defaultPlaces, rounding: rounding ?? defaultRounding }
}

/** The one rounding of an amount, when its line is made (pricing 0.2). */
export function roundTo(currency: CurrencyRule, f: Fraction): Amount {
  return roundFraction(f, currency.places, currency.rounding)
}

/** `1234.50 USD`: all places of the currency, more where the amount has more. */
export function formatAmount(amount: Decimal, currency: CurrencyRule): string {
  const places = Math.max(currency.places, amount.decimalPlaces())
  return `${amount.toFixed(places)} ${currency.code}`
}
