import { firstPeriod, nextPeriod } from '../time/period.ts'
import { dayOf } from '../time/zone.ts'
import type { BilledSchedule, BillInput, PlanPricing, UsageQuestion } from './bill-input.ts'
import { unchargedWindows } from './uncharged.ts'
import { clip, type Window, windowOf } from './window.ts'

/** A bill with the questions it needs answered before it can be drafted. */
export type BillPlan = {
  input: BillInput
  rated: RatedPricing[]
  questions: UsageQuestion[]
}

/** A pricing in the window it rates; questions by their place in the plan's list. */
export type RatedPricing = {
  billed: BilledSchedule
  pricing: PlanPricing
  window: Window
  /** A part of the period in which the account plan is charged; the window is what the pricing has of it. */
  planWindow: Window
  question: number
  /** Windows whose units count before this one, where tiers span the plan. */
  earlier: { window: Window; question: number }[]
}

/**
 * What usage the bill depends on: each pricing over the part of the period in which account plan and
 * pricing are active (billing 6.2), and the windows before it where tiers span the plan (pricing 2.5).
 */
export function planBill(input: BillInput): BillPlan {
  const questions: UsageQuestion[] = []
  const ask = (pricing: PlanPricing, { from, to }: Window) =>
    questions.push({ aggregation: pricing.aggregation, segment: pricing.segment, from, to }) - 1
  const rated: RatedPricing[] = []
  for (const billed of input.schedules) {
    const parts = unchargedWindows(input, billed)
    for (const planWindow of parts) {
      for (const pricing of billed.attached.plan.pricings) {
        const window = clip(planWindow, pricing)
        if (window === null) continue
        const earlier = earlierWindows(
          billed,
          pricing,
          { window, parts },
          input.rules.timezone,
        ).map((before) => ({ window: before.window, question: ask(before.pricing, before.window) }))
        rated.push({ billed, pricing, window, planWindow, question: ask(pricing, window), earlier })
      }
    }
  }
  return { input, rated, questions }
}

/** All windows since the account plan began that spanning pricings of the same thing rated before. */
function earlierWindows(
  { attached, schedule, period }: BilledSchedule,
  pricing: PlanPricing,
  current: { window: Window; parts: readonly Window[] },
  zone: string,
): { pricing: PlanPricing; window: Window }[] {
  if (!pricing.tiersSpanPlan) return []
  const spanning = attached.plan.pricings.filter(
    (other) => other.tiersSpanPlan && other.type === pricing.type && ratesTheSame(other, pricing),
  )
  const found: { pricing: PlanPricing; window: Window }[] = []
  const activeFrom = dayOf(attached.startsAt, zone)
  for (
    let before = firstPeriod(schedule, activeFrom);
    before.index <= period.index;
    before = nextPeriod(schedule, before)
  ) {
    const active = clip(windowOf(before, zone), attached)
    if (active === null) continue
    // Of its own period a bill may charge parts only, and the units of each follow those before it.
    const pieces = before.index === period.index ? cutAt(active, current.parts) : [active]
    for (const part of pieces) {
      for (const other of spanning) {
        const window = clip(part, other)
        if (window !== null && window.to <= current.window.from) {
          found.push({ pricing: other, window })
        }
      }
    }
  }
  return found
}

/** The window in pieces that begin and end where the parts do. */
function cutAt({ from, to }: Window, parts: readonly Window[]): Window[] {
  const cuts = parts.flatMap((part) => [part.from, part.to]).filter((at) => from < at && at < to)
  const borders = [from, ...cuts, to]
  return borders.slice(1).map((end, place) => ({ from: borders[place] ?? end, to: end }))
}

function ratesTheSame(a: PlanPricing, b: PlanPricing): boolean {
  return a.aggregation.id === b.aggregation.id && a.segment?.position === b.segment?.position
}
