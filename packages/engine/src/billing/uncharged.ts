import type { Period } from '../time/period.ts'
import type {
  BilledSchedule,
  BillIdentity,
  BillInput,
  BillingRules,
  ChargedTime,
} from './bill-input.ts'
import { clip, type Window, windowOf } from './window.ts'

/**
 * The part of a bill's period in which the account plan is active and that no earlier bill has
 * charged; null when nothing is left. Bills of one rhythm never meet; they do where the first bill
 * date, the frequency, the interval or the time zone changed between them. Worked example: January
 * was billed alone, then the first bill date became 15 February: of [1 January, 15 February) is left
 * [1 February, 15 February).
 */
export function unchargedWindow(input: BillInput, billed: BilledSchedule): Window | null {
  const window = activeWindow(billed, billed.period, input.rules.timezone)
  if (window === null || billed.startsAfterPeriod || input.charged.length === 0) {
    return billed.startsAfterPeriod ? null : window
  }
  const own = input.charged.filter(({ accountPlanId }) => accountPlanId === billed.attached.id)
  return lastUncharged(window, own)
}

export function activeWindow(
  { attached }: BilledSchedule,
  period: Period,
  zone: string,
): Window | null {
  return clip(windowOf(period, zone), attached)
}

/** The last part of the window that nothing of what is charged touches. */
export function lastUncharged(window: Window, charged: readonly Window[]): Window | null {
  const latestFirst = [...charged].sort((a, b) => b.to - a.to)
  let { from, to } = window
  for (const each of latestFirst) {
    if (each.from >= to || each.to <= from) continue
    if (each.to >= to) to = each.from
    else from = each.to
  }
  return from < to ? { from, to } : null
}

/** What a bill takes of the time of its account plans, for the bills that come after it. */
export function chargedBy(input: BillInput): ChargedTime[] {
  return input.schedules.flatMap((billed) => {
    const window = unchargedWindow(input, billed)
    if (window === null) return []
    return [{ billedBy: input.identity, accountPlanId: billed.attached.id, ...window }]
  })
}

/**
 * Whether what one bill charged is left out of another. Not where consolidation was switched: the
 * new bill stands in place of the old ones of its date, which people delete (billing 4.2).
 */
export function countsAgainst(earlier: BillIdentity, bill: BillIdentity): boolean {
  if (earlier.naturalBillDate !== bill.naturalBillDate) return true
  if ((earlier.frequency === null) !== (bill.frequency === null)) return false
  return earlier.frequency !== bill.frequency || earlier.interval !== bill.interval
}

/** From the start of the first period to the end of the last, on a bill. */
export function spanOf(rules: BillingRules, schedules: readonly BilledSchedule[]): Window | null {
  const windows = schedules
    .filter((billed) => !billed.startsAfterPeriod)
    .map(({ period }) => windowOf(period, rules.timezone))
  if (windows.length === 0) return null
  return {
    from: Math.min(...windows.map(({ from }) => from)),
    to: Math.max(...windows.map(({ to }) => to)),
  }
}
