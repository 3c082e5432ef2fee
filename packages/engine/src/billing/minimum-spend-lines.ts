import { digits, one, zero } from '../money/decimal.ts'
import {
  type Fraction,
  fraction,
  isPositive,
  isZero,
  max,
  min,
  multiply,
  negate,
  subtract,
  sum,
  zeroFraction,
} from '../money/fraction.ts'
import { type ChargedPeriod, periodsCharged } from './ahead.ts'
import type { LineType } from './bill-draft.ts'
import type {
  BilledSchedule,
  BillInput,
  MinimumSpend,
  NamedProduct,
  PlanPricing,
} from './bill-input.ts'
import { type DayFactor, dayFactor } from './day-factor.ts'
import { exactText } from './exact-text.ts'
import type { ExplainedBase } from './explanation.ts'
import { type BillLine, makeLine } from './line.ts'
import { unchargedWindows } from './uncharged.ts'
import { usageAccountingProduct } from './usage-line.ts'
import {
  type Active,
  activeDays,
  activeIn,
  clip,
  explainUncharged,
  explainWindow,
  type Window,
  windowOf,
} from './window.ts'

/**
 * What lifts the usage of an account plan to its minimums, pricing by pricing and then as a whole
 * (billing 6.4, pricing 1.5). In arrears the difference; in advance the minimum ahead and, when the
 * period closes, a refund of what usage covered.
 * Worked example: minimum 1000, usage 800: 200 in arrears; in advance 1000 ahead and −800 back.
 */
export function minimumSpendLines(
  input: BillInput,
  billed: BilledSchedule,
  usage: readonly BillLine[],
): BillLine[] {
  const { plan } = billed.attached
  if (plan.minimumSpend === null && plan.pricings.every((each) => each.minimumSpend === null)) {
    return []
  }
  const parts = unchargedWindows(input, billed).map((window) => {
    const inside = usage.filter((line) => isInside(windowOfLine(line), window))
    return { window, usage: inside, base: inside.map(explainBase) }
  })
  const lines = plan.pricings.flatMap((pricing) => {
    if (pricing.minimumSpend === null || pricing.type !== 'DEBIT') return []
    const scope = scopeOfPricing(billed, pricing, pricing.minimumSpend)
    const own = parts.map((part) => {
      const base = part.usage.filter((line) => line.pricing === pricing).map(explainBase)
      const added = addedByMinimum(input, scope, { window: part.window, base })
      if (added !== null) part.base.push(added)
      return { window: part.window, base }
    })
    return linesOfScope(input, scope, own)
  })
  if (plan.minimumSpend === null) return lines
  return [...lines, ...linesOfScope(input, scopeOfPlan(billed, plan.minimumSpend), parts)]
}

/** A part of the own period that this bill charges, with what counts toward minimums in it. */
type Part = { window: Window; base: ExplainedBase[] }

/** A minimum with the thing it belongs to. */
type Scope = {
  billed: BilledSchedule
  pricing: PlanPricing | null
  minimum: MinimumSpend
  /** Beside the account plan: the pricing. */
  actives: Active[]
  description: string
  accountingProduct: NamedProduct
}

function scopeOfPricing(
  billed: BilledSchedule,
  pricing: PlanPricing,
  minimum: MinimumSpend,
): Scope {
  return {
    billed,
    pricing,
    minimum,
    actives: [pricing],
    description: minimum.description ?? `${pricing.aggregation.name} Minimum Spend Adjustment`,
    accountingProduct: usageAccountingProduct({ pricing, billed }),
  }
}

function scopeOfPlan(billed: BilledSchedule, minimum: MinimumSpend): Scope {
  const { product } = billed.attached.plan
  return {
    billed,
    pricing: null,
    minimum,
    actives: [],
    description: minimum.description ?? `${product.name} Minimum Spend Adjustment`,
    accountingProduct: minimum.accountingProduct ?? product,
  }
}

function linesOfScope(input: BillInput, scope: Scope, parts: readonly Part[]): BillLine[] {
  const { billed, minimum, pricing } = scope
  if (isZero(minimum.amount)) return []
  const lines: BillLine[] = []
  const charge = { type: 'MINIMUM_SPEND', pricing } as const
  const periods = periodsCharged(input, billed, minimum.inAdvance, charge)
  const counted = minimum.inAdvance ? periods.map(withoutBase) : withBase(periods, parts)
  const dues = counted.flatMap(({ charged, base }) => {
    const due = dueFor(input, scope, charged)
    return due === null ? [] : [{ due, base }]
  })
  for (const { due, base } of dues) {
    const amount = max(zeroFraction, subtract(due.amount, total(base)))
    lines.push(lineOf(input, scope, 'MINIMUM_SPEND', due, base, amount))
  }
  // In arrears, only a bill that charged the period ahead leaves none: in advance was meant then.
  const isPaidAhead = minimum.inAdvance || dues.length === 0
  for (const part of isPaidAhead ? parts : []) {
    const due = ownDue(input, scope, part)
    const covered = due === null ? zeroFraction : min(due.amount, total(part.base))
    if (due !== null && isPositive(covered)) {
      lines.push(lineOf(input, scope, 'MINIMUM_SPEND_REFUND', due, part.base, negate(covered)))
    }
  }
  return lines.filter((line) => !line.subtotal.isZero())
}

function withoutBase(charged: ChargedPeriod): { charged: ChargedPeriod; base: ExplainedBase[] } {
  return { charged, base: [] }
}

/** Usage counts once: where a bill charged the middle of a part ahead, toward what comes after it. */
function withBase(periods: readonly ChargedPeriod[], parts: readonly Part[]) {
  return parts.flatMap(({ window, base }) => {
    const charged = periods.findLast((each) => isInside(each.window, window))
    return charged === undefined ? [] : [{ charged, base }]
  })
}

type Due = { amount: Fraction; factor: DayFactor; window: Window; charged: ChargedPeriod }

function ownDue(input: BillInput, scope: Scope, { window }: Part): Due | null {
  return dueFor(input, scope, { period: scope.billed.period, window })
}

function dueFor(input: BillInput, scope: Scope, charged: ChargedPeriod): Due | null {
  const { period } = charged
  const zone = input.rules.timezone
  let window: Window | null = charged.window
  for (const active of scope.actives) window = window && clip(window, active)
  if (window === null) return null
  const actives = [activeIn(charged.window), ...scope.actives]
  const factor = dayFactor(scope.billed.schedule, period, activeDays(actives, zone))
  return { amount: multiply(scope.minimum.amount, factor.value), factor, window, charged }
}

function lineOf(
  input: BillInput,
  scope: Scope,
  type: LineType,
  due: Due,
  base: ExplainedBase[],
  amount: Fraction,
): BillLine {
  const { billed, pricing, minimum } = scope
  const periodWindow = windowOf(due.charged.period, input.rules.timezone)
  return makeLine(input, {
    type,
    billed,
    pricing,
    description: scope.description,
    accountingProduct: scope.accountingProduct,
    window: due.window,
    quantity: one,
    units: one,
    unit: '',
    amount,
    bands: [],
    explain: (explained) => ({
      kind: 'MINIMUM_SPEND',
      scope: pricing === null ? 'PLAN' : 'PRICING',
      windows: {
        billingPeriod: explainWindow(periodWindow),
        accountPlan: explainWindow(billed.attached),
        ...explainUncharged(periodWindow, billed.attached, due.charged.window),
        ...(pricing !== null && { pricing: explainWindow(pricing) }),
      },
      minimum: exactText(minimum.amount),
      inAdvance: minimum.inAdvance,
      factor: due.factor.explained,
      due: exactText(due.amount),
      base,
      baseTotal: exactText(total(base)),
      amount: explained,
    }),
  })
}

/** What the minimum of a pricing adds counts toward the minimum of its plan, whenever it is billed. */
function addedByMinimum(input: BillInput, scope: Scope, part: Part): ExplainedBase | null {
  if (isZero(scope.minimum.amount)) return null
  const due = ownDue(input, scope, part)
  const added = due === null ? zeroFraction : subtract(due.amount, total(part.base))
  if (due === null || !isPositive(added)) return null
  const { subtotal } = lineOf(input, scope, 'MINIMUM_SPEND', due, [], added)
  return subtotal.greaterThan(zero)
    ? { type: 'MINIMUM_SPEND', description: scope.description, subtotal: digits(subtotal) }
    : null
}

function explainBase(line: BillLine): ExplainedBase {
  if (line.type !== 'USAGE' && line.type !== 'USAGE_CREDIT') {
    throw new RangeError(`A line of type ${line.type} does not count toward a minimum.`)
  }
  return { type: line.type, description: line.description, subtotal: digits(line.subtotal) }
}

function windowOfLine({ servicePeriodFrom, servicePeriodTo }: BillLine): Window {
  return { from: servicePeriodFrom, to: servicePeriodTo }
}

function isInside(window: Window, { from, to }: Window): boolean {
  return from <= window.from && window.to <= to
}

function total(base: readonly ExplainedBase[]): Fraction {
  return sum(base.map(({ subtotal }) => fraction(subtotal)))
}
