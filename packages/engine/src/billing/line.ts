import { roundTo } from '../money/currency.ts'
import { type Decimal, zero } from '../money/decimal.ts'
import { divide, type Fraction, fraction, isZero, multiply } from '../money/fraction.ts'
import { RoundingNeeded, roundFraction } from '../money/rounding.ts'
import type { BandLine, LineDraft, LineType } from './bill-draft.ts'
import type { BilledSchedule, BillInput, NamedProduct, PlanPricing } from './bill-input.ts'
import { billingCurrency, conversionRate as rateBetween, ruleOf } from './conversion.ts'
import { exactText } from './exact-text.ts'
import type { ExplainedAmount, LineExplanation } from './explanation.ts'
import { BillRefusal } from './refusal.ts'
import type { Window } from './window.ts'

/** A line that has no number yet, with what decides about its place on the bill. */
export type BillLine = Omit<LineDraft, 'sequenceNumber'> & {
  billed: BilledSchedule
  pricing: PlanPricing | null
}

export type LineParts = {
  type: LineType
  billed: BilledSchedule
  pricing: PlanPricing | null
  description: string
  accountingProduct: NamedProduct
  window: Window
  quantity: Decimal
  units: Decimal
  unit: string
  amount: Fraction
  bands: BandLine[]
  explain: (amount: ExplainedAmount) => LineExplanation
}

/** Rounds the amount, once, and converts what was rounded (billing 8, pricing 0.2). */
export function makeLine(input: BillInput, parts: LineParts): BillLine {
  const { plan, id: accountPlanId } = parts.billed.attached
  const { pricing, amount, units } = parts
  const rounding = ruleOf(plan.currency, input.rules)
  const billing = ruleOf(billingCurrency(input.account, input.rules), input.rules)
  const rate = rateBetween(plan.currency, billing.code, input.rules)
  const rounded = refusingToRound(parts, () => {
    const subtotal = roundTo(rounding, amount)
    const converted = multiply(fraction(subtotal), fraction(rate))
    return { subtotal, convertedSubtotal: roundTo(billing, converted) }
  })
  return {
    type: parts.type,
    billed: parts.billed,
    pricing,
    description: parts.description,
    product: plan.product,
    accountingProduct: parts.accountingProduct,
    accountPlanId,
    planId: plan.id,
    pricingId: pricing?.id ?? null,
    aggregationId: pricing?.aggregation.kind === 'SIMPLE' ? pricing.aggregation.id : null,
    compoundAggregationId: pricing?.aggregation.kind === 'COMPOUND' ? pricing.aggregation.id : null,
    meterId: pricing?.aggregation.meterId ?? null,
    segment: pricing?.segment ?? null,
    quantity: parts.quantity,
    units,
    unit: parts.unit,
    ...rounded,
    currency: plan.currency,
    conversionRate: rate,
    averageUnitPrice: averageUnitPrice(amount, units),
    bands: parts.bands,
    servicePeriodFrom: parts.window.from,
    servicePeriodTo: parts.window.to,
    explanation: parts.explain({
      exact: exactText(amount),
      places: rounding.places,
      mode: rounding.rounding,
    }),
  }
}

/** From the exact amount; at most 10 decimals (pricing 0.2). */
export function averageUnitPrice(amount: Fraction, units: Decimal): Decimal {
  if (units.isZero() || isZero(amount)) return zero
  return roundFraction(divide(amount, fraction(units)), 10, 'HALF_UP')
}

export function refusingToRound<Result>(
  parts: { amount: Fraction; description: string },
  round: () => Result,
): Result {
  try {
    return round()
  } catch (error) {
    if (!(error instanceof RoundingNeeded)) throw error
    throw new BillRefusal(
      `The amount ${exactText(parts.amount)} of "${parts.description}" would have to be rounded, which rounding mode UNNECESSARY of the currency forbids. Choose another rounding mode, or prices that need none.`,
    )
  }
}
