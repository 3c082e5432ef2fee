import { addDays, type Day, type Frequency, frequencies } from '../time/calendar.ts'
import { type Period, periodContaining, periodEndingOn, type Schedule } from '../time/period.ts'
import { dayOf } from '../time/zone.ts'
import type {
  AttachedPlan,
  BilledAccount,
  BilledSchedule,
  BillIdentity,
  BillInput,
  BillingRules,
  BillPeriod,
  BillRequest,
  CarriedCharge,
} from './bill-input.ts'
import { clip, windowOf } from './window.ts'

/**
 * The bills that a request asks of an account, in the order in which they are calculated (billing
 * 2.4, 4.2). Worked example: a monthly plan, epochs on the 1st, last day 2023-09-30: one bill dated
 * 2023-10-01 for [2023-09-01, 2023-10-01).
 */
export function billsDue(
  account: BilledAccount,
  rules: BillingRules,
  request: BillRequest,
  carried: readonly CarriedCharge[],
): BillInput[] {
  return [...grouped(account, rules, schedulesDue(account, rules, request)).values()]
    .filter(({ schedules }) => schedules.some(({ schedule }) => isAskedFor(schedule, request)))
    .filter(
      ({ schedules }) => !request.onlyLive || schedules.some((billed) => isLive(billed, request)),
    )
    .map((bill) => completed(account, rules, request, bill))
    .sort((a, b) => compareIdentities(a.identity, b.identity))
    .map((bill) => ({ ...bill, account, rules, request, carried, charged: [], emptied: null }))
}

/** A stored bill, as the plans of the account stand now; it may have become empty. */
export function billAgain(
  account: BilledAccount,
  rules: BillingRules,
  request: BillRequest,
  carried: readonly CarriedCharge[],
  { identity, period }: { identity: BillIdentity; period: BillPeriod },
): BillInput {
  const asked: BillRequest = {
    ...request,
    frequency: identity.frequency,
    interval: identity.interval,
    lastDay: addDays(identity.naturalBillDate, -1),
  }
  const asThen = { ...rules, consolidateBills: identity.frequency === null }
  const [due] = billsDue(account, asThen, asked, carried)
  if (due !== undefined) return due
  const nothing = { schedules: [], carried, charged: [], emptied: period }
  return { identity, account, rules: asThen, request: asked, ...nothing }
}

export function identityText({ naturalBillDate, frequency, interval }: BillIdentity): string {
  return `${naturalBillDate} ${frequency ?? '*'} ${interval ?? '*'}`
}

/** The schedule of an account plan; null for a plan that has no billing periods. */
export function scheduleOf(
  account: BilledAccount,
  attached: AttachedPlan,
  rules: BillingRules,
): Schedule | null {
  const { frequency, interval } = attached.plan
  if (frequency === 'AD_HOC') return null
  const epoch = attached.billEpoch ?? account.billEpoch ?? rules.epochs[frequency]
  return { frequency, interval, epoch }
}

type DueBill = { identity: BillIdentity; schedules: BilledSchedule[] }

function schedulesDue(
  account: BilledAccount,
  rules: BillingRules,
  request: BillRequest,
): BilledSchedule[] {
  return account.plans.flatMap(
    (attached, position) => scheduleDue(account, attached, position, rules, request) ?? [],
  )
}

function grouped(
  account: BilledAccount,
  rules: BillingRules,
  schedules: readonly BilledSchedule[],
): Map<string, DueBill> {
  const bills = new Map<string, DueBill>()
  for (const billed of schedules) {
    const identity = identityOf(account, billed, rules)
    const key = identityText(identity)
    const bill = bills.get(key) ?? { identity, schedules: [] }
    bill.schedules.push(billed)
    bills.set(key, bill)
  }
  return bills
}

/**
 * With all that is due on its date, so that a bill in progress is the same however it is asked for:
 * of a month and a day that end together, only the month may have begun.
 */
function completed(
  account: BilledAccount,
  rules: BillingRules,
  request: BillRequest,
  bill: DueBill,
): DueBill {
  const isDated = request.lastDay !== null || request.billDate !== null
  if (isDated || account.plans.length === 1) return bill
  const lastDay = addDays(bill.identity.naturalBillDate, -1)
  const due = schedulesDue(account, rules, { ...request, lastDay })
  return grouped(account, rules, due).get(identityText(bill.identity)) ?? bill
}

function scheduleDue(
  account: BilledAccount,
  attached: AttachedPlan,
  position: number,
  rules: BillingRules,
  request: BillRequest,
): BilledSchedule | null {
  const schedule = scheduleOf(account, attached, rules)
  if (schedule === null) return null
  // A consolidated bill is asked for by any of its frequencies, and is always made whole.
  if (!rules.consolidateBills && !isAskedFor(schedule, request)) return null
  const activeFrom = dayOf(attached.startsAt, rules.timezone)
  const period = periodAsked(schedule, activeFrom, rules, request)
  if (period === null) return null
  const startsAfterPeriod = period.index < 0
  if (startsAfterPeriod) {
    const isFirstAdvance = period.end === activeFrom && billsInAdvance(attached)
    return isFirstAdvance ? { attached, position, schedule, period, startsAfterPeriod } : null
  }
  const isActive = clip(windowOf(period, rules.timezone), attached) !== null
  return isActive ? { attached, position, schedule, period, startsAfterPeriod } : null
}

const LATE_DATA_MS = 86_400_000

/** Late usage is waited for until a day after the plan has ended (billing 2.6). */
function isLive({ attached }: BilledSchedule, { now }: BillRequest): boolean {
  return attached.endsAt === null || now < attached.endsAt + LATE_DATA_MS
}

function isAskedFor(schedule: Schedule, { frequency, interval }: BillRequest): boolean {
  return (
    (frequency === null || frequency === schedule.frequency) &&
    (interval === null || interval === schedule.interval)
  )
}

/** Without any date it is the period in which now lies: a bill in the middle of its period. */
function periodAsked(
  schedule: Schedule,
  activeFrom: Day,
  rules: BillingRules,
  { lastDay, billDate, now }: BillRequest,
): Period | null {
  const end = lastDay === null ? billDate : addDays(lastDay, 1)
  if (end !== null) return periodEndingOn(schedule, end, activeFrom)
  return periodContaining(schedule, dayOf(now, rules.timezone), activeFrom)
}

function billsInAdvance({ plan }: AttachedPlan): boolean {
  const charges = [
    plan.standingCharge,
    plan.minimumSpend,
    ...plan.pricings.map((pricing) => pricing.minimumSpend),
  ]
  return charges.some((charge) => charge?.inAdvance)
}

function identityOf(
  account: BilledAccount,
  { schedule, period }: BilledSchedule,
  rules: BillingRules,
): BillIdentity {
  const isConsolidated = rules.consolidateBills
  return {
    accountId: account.id,
    naturalBillDate: period.end,
    frequency: isConsolidated ? null : schedule.frequency,
    interval: isConsolidated ? null : schedule.interval,
  }
}

function compareIdentities(a: BillIdentity, b: BillIdentity): number {
  if (a.naturalBillDate !== b.naturalBillDate) return a.naturalBillDate < b.naturalBillDate ? -1 : 1
  const rank = (frequency: Frequency | null) =>
    frequency === null ? -1 : frequencies.indexOf(frequency)
  return rank(a.frequency) - rank(b.frequency) || (a.interval ?? 0) - (b.interval ?? 0)
}
