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
 * The parts of a bill's period in which the account plan is active and that no earlier bill has
 * charged, in their order. Bills of one rhythm never meet; they do where the first bill date, the
 * frequency, the interval or the time zone changed between them. Worked example: January was billed
 * alone, then the first bill date became 15 February: of [1 January, 15 February) is left
 * [1 February, 15 February). Had only February been billed and the plan become quarterly, January
 * and March would be left, each a part of its own.
 */
export function unchargedWindows(input: BillInput, billed: BilledSchedule): Window[] {
  const window = activeWindow(billed, billed.period, input.rules.timezone)
  if (window === null || billed.startsAfterPeriod) return []
  if (input.charged.length === 0) return [window]
  const own = input.charged.filter(({ accountPlanId }) => accountPlanId === billed.attached.id)
  return freeParts(window, own)
}

export function activeWindow(
  { attached }: BilledSchedule,
  period: Period,
  zone: string,
): Window | null {
  return clip(windowOf(period, zone), attached)
}

/** What of the window nothing of what is charged touches, in its order. */
export function freeParts(window: Window, charged: readonly Window[]): Window[] {
  const free: Window[] = []
  let { from } = window
  for (const each of [...charged].sort((a, b) => a.from - b.from)) {
    if (each.to <= from || each.from >= window.to) continue
    if (each.from > from) free.push({ from, to: each.from })
    from = each.to
  }
  if (from < window.to) free.push({ from, to: window.to })
  return free
}

/** What a bill takes of the time of its account plans, for the bills that come after it. */
export function chargedBy(input: BillInput): ChargedTime[] {
  return input.schedules.flatMap((billed) =>
    unchargedWindows(input, billed).map((window) => ({
      billedBy: input.identity,
      accountPlanId: billed.attached.id,
      ...window,
    })),
  )
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
