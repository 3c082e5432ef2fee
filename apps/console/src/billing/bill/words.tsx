/** How bills are called and shown everywhere. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { addDays } from '@countinghouse/engine/time/calendar.ts'
import { dayRange } from '../../kit/format/day-range.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { State } from '../../kit/format/state.tsx'

export function billReference(bill: { id: string; sequentialInvoiceNumber?: string }): string {
  return bill.sequentialInvoiceNumber ?? `INV-${bill.id.slice(-4)}`
}

export function BillState({ bill }: { bill: Pick<Bill, 'status' | 'locked'> }) {
  if (bill.locked) return <State tone="plain">Locked</State>
  return bill.status === 'APPROVED' ? (
    <State tone="good">Approved</State>
  ) : (
    <State tone="warn">Pending</State>
  )
}

/** First and last day, both included: `1–31 Oct 2026`. */
export function periodWords(bill: Pick<Bill, 'startDate' | 'endDate'>): string {
  return dayRange(dayText(bill.startDate), dayText(addDays(bill.endDate, -1)))
}

/** The days a line is for, both included, on the clocks of the organization. */
export function serviceWords(
  line: { servicePeriodStartDate: string; servicePeriodEndDate: string },
  timezone: string,
): string {
  const end = new Date(Date.parse(line.servicePeriodEndDate) - 1).toISOString()
  return dayRange(dayText(line.servicePeriodStartDate, timezone), dayText(end, timezone))
}
