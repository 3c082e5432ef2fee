/** Bills as a CSV file, one row for each line (billing 10.4). */
import { account } from '@countinghouse/contract/accounts/account.ts'
import { daysBetween, isDay } from '@countinghouse/engine/time/calendar.ts'
import type { Context } from '../../../context.ts'
import { InvalidInputError, type Problem, refuseProblems } from '../../../kit/errors.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import { readMany } from '../../../kit/resource/read.ts'
import { selectLockDate } from '../../bill-config/store.ts'
import { readLinesOf } from '../../bill-line-item/store.ts'
import { type BillFilter, findBills } from '../../bill-search/store.ts'
import { type BillWithLines, standardRows, xeroRows } from '../csv-columns.ts'
import { isLocked } from '../mapping.ts'
import type { BillCondition } from '../store.ts'

export type CsvRequest = {
  startDate?: string
  endDate?: string
  externalInvoiceDateStart?: string
  externalInvoiceDateEnd?: string
  externalSystem?: 'STANDARD' | 'XERO'
}

const DAYS_MAX = 31
const BILLS_MAX = 5_000
const LINK_SECONDS = 900

export async function billCsvUrl(
  context: Context,
  organizationId: string,
  request: CsvRequest,
  more: BillCondition[],
): Promise<{ downloadUrl: string }> {
  const { reader } = context.database
  const bills = await readBills(reader, organizationId, filterOf(request), more)
  const rows = request.externalSystem === 'XERO' ? xeroRows(bills) : standardRows(bills)
  const name = 'bills.csv'
  const key = await context.files.put(organizationId, toCsv(rows))
  return { downloadUrl: context.files.link(key, name, LINK_SECONDS) }
}

async function readBills(
  reader: Reader,
  organizationId: string,
  filter: BillFilter,
  more: BillCondition[],
): Promise<BillWithLines[]> {
  const rows = await findBills(reader, organizationId, filter, {
    order: 'dated',
    limit: BILLS_MAX + 1,
    more,
  })
  if (rows.length > BILLS_MAX) {
    throw new InvalidInputError(
      `These are more than ${BILLS_MAX} bills. Choose fewer days for one file.`,
    )
  }
  const [lines, accounts, billLockDate] = await Promise.all([
    readLinesOf(
      reader,
      organizationId,
      rows.map(({ id }) => id),
    ),
    readMany(reader, account, organizationId, [...new Set(rows.map((row) => row.account_id))]),
    selectLockDate(reader, organizationId),
  ])
  return rows.map((bill) => ({
    bill,
    isLocked: isLocked(bill, billLockDate),
    account: accounts.get(bill.account_id),
    lines: lines.get(bill.id) ?? [],
  }))
}

function filterOf(request: CsvRequest): BillFilter {
  const service = pairOf(request, 'startDate', 'endDate')
  const invoice = pairOf(request, 'externalInvoiceDateStart', 'externalInvoiceDateEnd')
  if (service !== null && invoice === null) {
    return { startsFrom: service.from, endsBy: service.to }
  }
  if (service === null && invoice !== null) {
    return { invoicedFrom: invoice.from, invoicedBefore: invoice.to }
  }
  throw new InvalidInputError(
    'Send exactly one pair of dates: startDate and endDate, or externalInvoiceDateStart and externalInvoiceDateEnd.',
  )
}

/** Dates may carry a time, which does not count. */
function pairOf(
  request: CsvRequest,
  first: keyof CsvRequest,
  last: keyof CsvRequest,
): { from: string; to: string } | null {
  const [from, to] = [request[first]?.slice(0, 10), request[last]?.slice(0, 10)]
  if (from === undefined && to === undefined) return null
  const problems: Problem[] = []
  for (const [field, day] of [
    [first, from],
    [last, to],
  ] as const) {
    if (day === undefined || !isDay(day)) {
      problems.push({ field, message: 'Send a date, such as 2024-06-01.' })
    }
  }
  refuseProblems(problems)
  if (from === undefined || to === undefined) return null
  if (daysBetween(from, to) > DAYS_MAX) {
    const message = `At most ${DAYS_MAX} days lie between the two dates.`
    throw new InvalidInputError(`${last}: ${message}`, [{ field: last, message }])
  }
  return { from, to }
}

function toCsv(rows: string[][]): string {
  return `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A text that a spreadsheet would take for a formula gets a quote before it. */
function cell(text: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)
  const safe = isFormula ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
