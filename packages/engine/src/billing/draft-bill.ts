import { zero } from '../money/decimal.ts'
import { addDays, earlierDay } from '../time/calendar.ts'
import { startOfDay } from '../time/zone.ts'
import type { BillDraft, LineDraft } from './bill-draft.ts'
import type {
  BilledSchedule,
  BillIdentity,
  BillInput,
  BillPeriod,
  ConversionRate,
  UsageAnswers,
} from './bill-input.ts'
import { billingCurrency } from './conversion.ts'
import { capCredits } from './credit-cap.ts'
import type { BillLine } from './line.ts'
import { numberLines } from './line-order.ts'
import { minimumSpendLines } from './minimum-spend-lines.ts'
import type { BillPlan } from './plan-bill.ts'
import { standingChargeLines } from './standing-charge-lines.ts'
import { usageLine } from './usage-line.ts'

/**
 * The bill, from the plan and the answers to its questions. Lines are made in this order because
 * each step needs the rounded amounts of those before it (billing 6.10): usage and standing charges,
 * the credits they allow, the minimums that usage and credits leave open.
 */
export function draftBill({ input, rated }: BillPlan, usage: UsageAnswers): BillDraft {
  const usageLines = rated.flatMap((each) => usageLine(input, each, usage) ?? [])
  const debits = usageLines.filter((line) => line.type === 'USAGE')
  const standing = input.schedules.flatMap((billed) => standingChargeLines(input, billed))
  const uncapped = usageLines.filter((line) => line.type === 'USAGE_CREDIT')
  const credits = capCredits(input, uncapped, [...standing, ...debits])
  const minimums = input.schedules.flatMap((billed) => {
    const ofSchedule = (line: BillLine) => line.billed === billed
    return minimumSpendLines(input, billed, [...debits, ...credits].filter(ofSchedule))
  })
  return toDraft(input, numberLines([...standing, ...debits, ...credits, ...minimums]))
}

function toDraft(input: BillInput, lines: LineDraft[]): BillDraft {
  const { identity, account, rules, request } = input
  const endDate = identity.naturalBillDate
  const { startDate, ...rhythm } = input.emptied ?? periodOf(identity, schedulesOn(input, lines))
  const billDate = request.lastDay === null ? endDate : (request.billDate ?? endDate)
  const daysBeforeBillDue = account.daysBeforeBillDue ?? rules.daysBeforeBillDue
  const isLastDay = rules.externalInvoiceDate === 'LAST_DAY_OF_ARREARS'
  return {
    identity,
    startDate,
    endDate,
    startsAt: startOfDay(startDate, rules.timezone),
    endsAt: startOfDay(endDate, rules.timezone),
    billDate,
    dueDate: request.dueDate ?? addDays(billDate, daysBeforeBillDue),
    externalInvoiceDate:
      request.externalInvoiceDate ?? (isLastDay ? addDays(endDate, -1) : endDate),
    ...rhythm,
    timezone: rules.timezone,
    currency: billingCurrency(account, rules),
    conversions: conversionsUsed(lines, billingCurrency(account, rules)),
    purchaseOrderNumber: account.purchaseOrderNumber,
    lines,
    total: lines.reduce((total, line) => total.plus(line.convertedSubtotal), zero),
    hasActivePlan: input.schedules.some((billed) => !billed.startsAfterPeriod),
  }
}

/** A plan that only starts where the period ends is on the bill by a charge ahead alone (billing 6.3). */
function schedulesOn(
  { schedules }: BillInput,
  lines: readonly LineDraft[],
): readonly BilledSchedule[] {
  const on = schedules.filter(
    ({ startsAfterPeriod, attached }) =>
      !startsAfterPeriod || lines.some(({ accountPlanId }) => accountPlanId === attached.id),
  )
  return on.length === 0 ? schedules : on
}

/** With several first periods that began before the epoch, from the earliest on (billing 3.3). */
function periodOf(
  { naturalBillDate, frequency, interval }: BillIdentity,
  schedules: readonly BilledSchedule[],
): BillPeriod {
  const startDate = schedules.map(({ period }) => period.start).reduce(earlierDay, naturalBillDate)
  if (frequency !== null) return { startDate, frequency, interval: interval ?? 1 }
  const [first] = schedules
  if (
    first === undefined ||
    schedules.some((each) => each.schedule.frequency !== first.schedule.frequency)
  ) {
    return { startDate, frequency: 'MIXED', interval: 1 }
  }
  const intervals = schedules.map((each) => each.schedule.interval)
  return { startDate, frequency: first.schedule.frequency, interval: Math.min(...intervals) }
}

function conversionsUsed(lines: readonly LineDraft[], billing: string): ConversionRate[] {
  const used = new Map<string, ConversionRate>()
  for (const { currency, conversionRate } of lines) {
    if (currency === billing || used.has(currency)) continue
    used.set(currency, { from: currency, to: billing, multiplier: conversionRate })
  }
  return [...used.values()]
}
