import { type CurrencyRule, currencyRule } from '../money/currency.ts'
import { type Decimal, one } from '../money/decimal.ts'
import type { BilledAccount, BillingRules } from './bill-input.ts'
import { BillRefusal } from './refusal.ts'

export function billingCurrency(account: BilledAccount, rules: BillingRules): string {
  return rules.targetCurrency ?? account.currency ?? rules.currency
}

export function ruleOf(code: string, rules: BillingRules): CurrencyRule {
  return rules.currencies.get(code) ?? currencyRule(code)
}

/** Looked up as given: no inversion, no chains, and codes are case sensitive (billing 8). */
export function conversionRate(from: string, to: string, rules: BillingRules): Decimal {
  if (from === to) return one
  const found = rules.conversions.find((rate) => rate.from === from && rate.to === to)
  if (found) return found.multiplier
  throw new BillRefusal(
    `There is no conversion rate from ${from} to ${to}. Add it to the currency conversions of the organization, or bill the account in ${from}.`,
  )
}
