import { toUnits } from '../metering/units.ts'
import { type Decimal, digits, one, zero } from '../money/decimal.ts'
import {
  add,
  type Fraction,
  fraction,
  isNegative,
  multiply,
  negate,
  sum,
  zeroFraction,
} from '../money/fraction.ts'
import { charge, chargeSpanning } from '../rating/bands.ts'
import type { Rating } from '../rating/rating.ts'
import type { BandLine } from './bill-draft.ts'
import type { AnsweredUsage, BillInput, PlanPricing, UsageAnswers } from './bill-input.ts'
import { billingCurrency, conversionRate } from './conversion.ts'
import { exactText, lastingText } from './exact-text.ts'
import type { ExplainedRating, UsageExplanation } from './explanation.ts'
import { type BillLine, makeLine } from './line.ts'
import type { RatedPricing } from './plan-bill.ts'
import { explainUncharged, explainWindow, isoText, type Window, windowOf } from './window.ts'

/**
 * The line of one pricing over one window; null without a value (pricing 2.3). Negative units and
 * credit pricings make a USAGE_CREDIT, uncapped as yet.
 * Worked example: SUM 48,900 at 500 per unit, UP, 0.25 each: 98 units, 24.50.
 */
export function usageLine(
  input: BillInput,
  rated: RatedPricing,
  usage: UsageAnswers,
): BillLine | null {
  const { pricing, billed, window } = rated
  const { aggregation } = pricing
  const answered = answer(usage, rated.question)
  if (answered === null) return null
  const { quantity, calculation } = answered
  const units = toUnits(quantity, aggregation.quantityPerUnit, aggregation.rounding)
  const before = unitsBefore(rated, usage)
  const rating = rate(pricing, units, before?.units ?? null)
  const isCredit = pricing.type !== 'DEBIT'
  const plan = billed.attached.plan
  const explained: ExplainedRating = { method: rating.method, ...before?.explained }
  return makeLine(input, {
    type: isCredit || units.isNegative() ? 'USAGE_CREDIT' : 'USAGE',
    billed,
    pricing,
    description: usageDescription(pricing),
    accountingProduct: usageAccountingProduct(rated),
    window,
    quantity,
    units,
    unit: aggregation.unit,
    amount: isCredit ? negate(rating.total) : rating.total,
    bands: bandLines(input, rating, { quantity, pricing, currency: plan.currency, isCredit }),
    explain: (amount): UsageExplanation => ({
      kind: 'USAGE',
      windows: explainWindows(input, rated),
      measured: pricing.measured,
      ...(calculation !== null && { calculation }),
      quantityPerUnit: digits(aggregation.quantityPerUnit),
      rounding: aggregation.rounding,
      rating: explained,
      amount,
    }),
  })
}

function explainWindows(input: BillInput, { billed, pricing, planWindow }: RatedPricing) {
  const period = windowOf(billed.period, input.rules.timezone)
  return {
    billingPeriod: explainWindow(period),
    accountPlan: explainWindow(billed.attached),
    ...explainUncharged(period, billed.attached, planWindow),
    pricing: explainWindow(pricing),
  }
}

export function usageDescription({ description, aggregation, segment }: PlanPricing): string {
  if (description !== null) return description
  return segment === null ? aggregation.name : `${aggregation.name} (${segment.label})`
}

export function usageAccountingProduct({
  pricing,
  billed,
}: Pick<RatedPricing, 'pricing' | 'billed'>) {
  const { aggregation, accountingProduct } = pricing
  return accountingProduct ?? aggregation.accountingProduct ?? billed.attached.plan.product
}

function rate(pricing: PlanPricing, units: Decimal, before: Fraction | null): Rating {
  if (pricing.type !== 'DEBIT' && units.isNegative()) {
    return { method: pricing.cumulative ? 'GRADUATED' : 'WHOLE', total: zeroFraction, bands: [] }
  }
  const exactUnits = fraction(units)
  if (before === null) return charge(pricing.bands, pricing.cumulative, exactUnits)
  return chargeSpanning(pricing.bands, pricing.cumulative, before, exactUnits)
}

/** The units that earlier windows rated, each rounded by itself; never below 0 (pricing 2.5). */
function unitsBefore(
  { pricing, earlier }: RatedPricing,
  usage: UsageAnswers,
): { units: Fraction; explained: Omit<ExplainedRating, 'method'> } | null {
  if (!pricing.tiersSpanPlan) return null
  const { quantityPerUnit, rounding } = pricing.aggregation
  const windows = earlier.map(({ window, question }) => {
    const quantity = answer(usage, question)?.quantity ?? null
    const units = quantity === null ? zero : toUnits(quantity, quantityPerUnit, rounding)
    return { window, quantity, units }
  })
  const total = sum(windows.map(({ units }) => fraction(units)))
  const units = isNegative(total) ? zeroFraction : total
  return {
    units,
    explained: {
      unitsBefore: exactText(units),
      earlier: explainEarlier(windows),
    },
  }
}

type EarlierWindow = { window: Window; quantity: Decimal | null; units: Decimal }

/** Each line keeps its own list, so of a daily plan's years only the latest windows are told apart. */
const EARLIER_SHOWN_MAX = 100

function explainEarlier(windows: EarlierWindow[]): NonNullable<ExplainedRating['earlier']> {
  const shown = windows.slice(-EARLIER_SHOWN_MAX).map(({ window, quantity, units }) => ({
    from: isoText(window.from),
    to: isoText(window.to),
    quantity: quantity === null ? null : digits(quantity),
    units: digits(units),
  }))
  const others = windows.slice(0, -EARLIER_SHOWN_MAX)
  if (others.length === 0) return shown
  const together = {
    from: isoText(
      others.reduce((from, { window }) => Math.min(from, window.from), Number.POSITIVE_INFINITY),
    ),
    to: isoText(
      others.reduce((to, { window }) => Math.max(to, window.to), Number.NEGATIVE_INFINITY),
    ),
    quantity: null,
    units: exactText(sum(others.map(({ units }) => fraction(units)))),
  }
  return [together, ...shown]
}

/** The last band takes what is left of the quantity, so that the bands add up to it. */
function bandLines(
  input: BillInput,
  rating: Rating,
  of: { quantity: Decimal; pricing: PlanPricing; currency: string; isCredit: boolean },
): BandLine[] {
  const signed = (value: Fraction) => (of.isCredit ? negate(value) : value)
  const rate = conversionRate(of.currency, billingCurrency(input.account, input.rules), input.rules)
  const toBilling = rate === one ? null : fraction(rate)
  const perUnit = fraction(of.pricing.aggregation.quantityPerUnit)
  let quantityLeft = fraction(of.quantity)
  return rating.bands.map((each, position) => {
    const isLast = position === rating.bands.length - 1
    const bandQuantity = isLast ? quantityLeft : multiply(each.units, perUnit)
    quantityLeft = add(quantityLeft, negate(bandQuantity))
    const subtotal = signed(each.subtotal)
    const bandSubtotal = exactText(subtotal)
    return {
      pricingBandId: each.band.id,
      lowerLimit: lastingText(each.band.lowerLimit),
      upperLimit: each.upperLimit === null ? null : lastingText(each.upperLimit),
      fixedPrice: lastingText(each.band.fixedPrice),
      fixedSubtotal: exactText(signed(each.fixedPrice)),
      unitPrice: lastingText(each.band.unitPrice),
      bandQuantity: exactText(bandQuantity),
      bandUnits: exactText(each.units),
      unitSubtotal: exactText(signed(each.unitSubtotal)),
      bandSubtotal,
      convertedBandSubtotal:
        toBilling === null ? bandSubtotal : exactText(multiply(subtotal, toBilling)),
    }
  })
}

function answer(usage: UsageAnswers, question: number): AnsweredUsage | null {
  const found = usage[question]
  if (found === undefined) throw new RangeError(`Usage question ${question} has no answer.`)
  return found
}
