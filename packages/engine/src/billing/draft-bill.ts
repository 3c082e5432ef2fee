import { zero } from '../money/decimal.ts'
import { addDays, type Day, earlierDay, type Frequency } from '../time/calendar.ts'
import { startOfDay } from '../time/zone.ts'
import type { BillDraft, LineDraft } from './bill-draft.ts'
import type { BilledSchedule, BillInput, ConversionRate, UsageAnswers } from './bill-input.ts'
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
  const { identity, account, rules, request, schedules } = input
  const endDate = identity.naturalBillDate
  const startDate = startOfBill(schedules, endDate)
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
    ...frequencyOf(input),
    timezone: rules.timezone,
    currency: billingCurrency(account, rules),
    conversions: conversionsUsed(lines, billingCurrency(account, rules)),
    purchaseOrderNumber: account.purchaseOrderNumber,
    lines,
    total: lines.reduce((total, line) => total.plus(line.convertedSubtotal), zero),
    hasActivePlan: schedules.some((billed) => !billed.startsAfterPeriod),
  }
}

/** With several first periods that began before the epoch, the earliest (billing 3.3). */
function startOfBill(schedules: readonly BilledSchedule[], endDate: Day): Day {
  return schedules.reduce(
    (earliest, { period }) => earlierDay(period.start, earliest),
    schedules[0]?.period.start ?? endDate,
  )
}

function frequencyOf({ identity, schedules }: BillInput): {
  frequency: Frequency | 'MIXED'
  interval: number
} {
  const { frequency, interval } = identity
  if (frequency !== null) return { frequency, interval: interval ?? 1 }
  const [first] = schedules
  if (
    first === undefined ||
    schedules.some((each) => each.schedule.frequency !== first.schedule.frequency)
  ) {
    return { frequency: 'MIXED', interval: 1 }
  }
  const intervals = schedules.map((each) => each.schedule.interval)
  return { frequency: first.schedule.frequency, interval: Math.min(...intervals) }
}

function conversionsUsed(lines: readonly LineDraft[], billing: string): ConversionRate[] {
  const used = new Map<string, ConversionRate>()
  for (const { currency, conversionRate } of lines) {
    if (currency === billing || used.has(currency)) continue
    used.set(currency, { from: currency, to: billing, multiplier: conversionRate })
  }
  return [...used.values()]
}
