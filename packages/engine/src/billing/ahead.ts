import { nextPeriod, type Period } from '../time/period.ts'
import type { BilledSchedule, BillInput, CarriedCharge, PlanPricing } from './bill-input.ts'
import { identityText } from './bills-due.ts'
import { windowOf } from './window.ts'

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
): Period[] {
  const { schedule, period, startsAfterPeriod } = billed
  const own = startsAfterPeriod ? [] : [period]
  const periods = inAdvance ? [...own, nextPeriod(schedule, period)] : own
  return periods.filter((each) => !isCarried(input, billed, each, charge))
}

function isCarried(
  input: BillInput,
  billed: BilledSchedule,
  period: Period,
  { type, pricing }: { type: CarriedCharge['type']; pricing: PlanPricing | null },
): boolean {
  if (input.carried.length === 0) return false
  const { from, to } = windowOf(period, input.rules.timezone)
  const self = identityText(input.identity)
  return input.carried.some(
    (charge) =>
      charge.accountPlanId === billed.attached.id &&
      charge.type === type &&
      charge.pricingId === (pricing?.id ?? null) &&
      charge.from < to &&
      from < charge.to &&
      identityText(charge.carriedBy) !== self,
  )
}
