/** What the filters of the bill calls mean. */
import { InvalidInputError } from '../../kit/errors.ts'
import { manyOf } from '../../kit/resource/page.ts'
import type { BillFilter } from '../bill-search/store.ts'

export type ListQuery = {
  pageSize?: number
  nextToken?: string
  accountId?: string
  locked?: string
  status?: string
  billDate?: string
  billDateStart?: string
  billDateEnd?: string
  externalInvoiceDateStart?: string
  externalInvoiceDateEnd?: string
  billJobId?: string
  billingFrequency?: string
  currency?: string
  ids?: string
  excludeLineItems?: string
  includeBillTotal?: string
}

export type PeriodInPath = { lastDateInBillingPeriod: string; billingFrequency: string }

export type ApprovalQuery = {
  billIds?: string[] | undefined
  accountIds?: string | undefined
  externalInvoiceDateStart?: string | undefined
  externalInvoiceDateEnd?: string | undefined
}

const IDS_MAX = 200

export function listFilter(query: ListQuery, billLockDate: string | null): BillFilter {
  const ids = manyOf(query.ids)
  if (ids !== undefined && ids.length > IDS_MAX) {
    const message = `At most ${IDS_MAX} ids at once; ${ids.length} were sent.`
    throw new InvalidInputError(`ids: ${message}`, [{ field: 'ids', message }])
  }
  return given({
    ids,
    accountIds: query.accountId ? [query.accountId] : undefined,
    billJobId: query.billJobId || undefined,
    // NOTE: true includes locked bills, it does not ask for them alone (billing 4.6).
    openAfter: query.locked === 'false' ? { billLockDate } : undefined,
    status: query.status,
    frequency: query.billingFrequency?.toUpperCase() || undefined,
    currency: query.currency,
    billDate: query.billDate,
    billDateFrom: query.billDateStart,
    billDateBefore: query.billDateEnd,
    invoicedFrom: query.externalInvoiceDateStart,
    invoicedBefore: query.externalInvoiceDateEnd,
  })
}

export function periodFilter(period: PeriodInPath): BillFilter {
  return {
    lastDay: period.lastDateInBillingPeriod,
    frequency: frequencyIn(period.billingFrequency),
  }
}

/** Approval of a period takes all up to its last day (billing 3.6). */
export function upToPeriodFilter(period: PeriodInPath): BillFilter {
  return {
    lastDayUpTo: period.lastDateInBillingPeriod,
    frequency: frequencyIn(period.billingFrequency),
  }
}

/** Ids win over the query; null when nothing is named (billing 10.1). */
export function approvalFilter(query: ApprovalQuery): BillFilter | null {
  if (query.billIds !== undefined) return { ids: query.billIds }
  const filter = given({
    accountIds: manyOf(query.accountIds),
    invoicedFrom: query.externalInvoiceDateStart,
    invoicedBefore: query.externalInvoiceDateEnd,
  })
  return Object.keys(filter).length === 0 ? null : filter
}

const PATH_FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'AD_HOC', 'MIXED']

function frequencyIn(path: string): string {
  const frequency = path.toUpperCase()
  if (PATH_FREQUENCIES.includes(frequency)) return frequency
  const message = `"${path}" is no billing frequency. Use daily, weekly, monthly or annually.`
  throw new InvalidInputError(`billingFrequency: ${message}`, [
    { field: 'billingFrequency', message },
  ])
}

type Loose<Fields> = { [Field in keyof Fields]?: Fields[Field] | undefined }

/** Without the fields that nobody gave. */
function given(filter: Loose<BillFilter>): BillFilter {
  const fields = Object.entries(filter).filter(([, value]) => value !== undefined && value !== '')
  return Object.fromEntries(fields) as BillFilter
}
