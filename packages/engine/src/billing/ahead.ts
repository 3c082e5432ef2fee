import { nextPeriod, type Period } from '../time/period.ts'
import type { BillDraft } from './bill-draft.ts'
import type { BilledSchedule, BillInput, CarriedCharge, PlanPricing } from './bill-input.ts'
import { identityText } from './bills-due.ts'
import { activeWindow, freeParts, unchargedWindows } from './uncharged.ts'
import type { Window } from './window.ts'

/**
 * The periods whose charge falls on this bill. In arrears it is the bill's own; in advance the next
 * one, and the own one where no bill carried it ahead. What another bill carries is never charged
 * again, in whatever order bills are run (billing 6.3).
 */
export function periodsCharged(
  input: BillInput,
  billed: BilledSchedule,
  inAdvance: boolean,
  charge: { type: CarriedCharge['type']; pricing: PlanPricing | null },
): ChargedPeriod[] {
  const { schedule, period } = billed
  const zone = input.rules.timezone
  const candidates = unchargedWindows(input, billed).map((window) => ({ period, window }))
  if (inAdvance) {
    const next = nextPeriod(schedule, period)
    const window = activeWindow(billed, next, zone)
    if (window !== null) candidates.push({ period: next, window })
  }
  return candidates.flatMap((each) =>
    freeParts(each.window, carriedOf(input, billed, each.period, charge)).map((window) => ({
      period: each.period,
      window,
    })),
  )
}

/** A period with the part of it that is charged. */
export type ChargedPeriod = { period: Period; window: Window }

/** The charges that a bill carries once it stands as drafted. */
export function carriedBy({ identity, lines, endsAt }: BillDraft): CarriedCharge[] {
  return lines.flatMap(({ type, accountPlanId, pricingId, servicePeriodFrom, servicePeriodTo }) =>
    type === 'STANDING_CHARGE' || type === 'MINIMUM_SPEND'
      ? [
          {
            carriedBy: identity,
            accountPlanId,
            type,
            pricingId,
            from: servicePeriodFrom,
            to: servicePeriodTo,
            isAhead: servicePeriodFrom >= endsAt,
          },
        ]
      : [],
  )
}

/** What is carried once a bill is replaced by its new draft. */
export function carriedAfter(
  carried: readonly CarriedCharge[],
  draft: BillDraft,
): readonly CarriedCharge[] {
  const self = identityText(draft.identity)
  const ofOthers = carried.filter((charge) => identityText(charge.carriedBy) !== self)
  return [...ofOthers, ...carriedBy(draft)]
}

function carriedOf(
  input: BillInput,
  billed: BilledSchedule,
  period: Period,
  { type, pricing }: { type: CarriedCharge['type']; pricing: PlanPricing | null },
): readonly CarriedCharge[] {
  if (input.carried.length === 0) return input.carried
  const self = identityText(input.identity)
  // Its own period is another bill's only where that bill charged it ahead; the next period's own
  // bill may have been calculated before this one, and have caught up on the charge.
  const isOwn = period.index === billed.period.index
  return input.carried.filter(
    (charge) =>
      charge.accountPlanId === billed.attached.id &&
      charge.type === type &&
      charge.pricingId === (pricing?.id ?? null) &&
      identityText(charge.carriedBy) !== self &&
      !(isOwn && !charge.isAhead),
  )
}
