/** Finds bills: by plain filters, and by the query language of searches. */
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../kit/postgres/database.ts'
import { isUuid } from '../../kit/resource/page.ts'
import { type SearchFields, searchCondition, searchOrder } from '../../kit/search.ts'
import { type BillRow, selectBills } from '../bill/store.ts'

/** All that is given must hold. Ids that are none match nothing. */
export type BillFilter = {
  ids?: string[]
  accountIds?: string[]
  billJobId?: string
  status?: string
  frequency?: string
  currency?: string
  /** Only bills that neither a hand nor this lock date has locked. */
  openAfter?: { billLockDate: string | null }
  billDate?: string
  billDateFrom?: string
  billDateBefore?: string
  billDateUpTo?: string
  invoicedFrom?: string
  invoicedBefore?: string
  startsFrom?: string
  lastDay?: string
  lastDayUpTo?: string
  endsBy?: string
  /** Only bills created before the one with this sequence number. */
  createdBefore?: string
}

const orders = {
  newest: sql`order by sequence desc`,
  latest: sql`order by bill_date desc, created_at desc, sequence desc`,
  calculated: sql`order by natural_bill_date, sequence`,
  dated: sql`order by bill_date, sequence`,
  /** Held until the transaction ends, always in one order. */
  held: sql`order by id for no key update`,
}

export async function findBills(
  reader: Reader,
  organizationId: string,
  filter: BillFilter,
  options: {
    order: keyof typeof orders
    limit?: number
    more?: RawBuilder<unknown>[]
  } = { order: 'newest' },
): Promise<BillRow[]> {
  const { order, limit, more = [] } = options
  const tail = limit === undefined ? orders[order] : sql`${orders[order]} limit ${limit}`
  return selectBills(reader, organizationId, [...conditionsOf(filter), ...more], tail)
}

export type BillSearch = {
  searchQuery?: string
  operator?: 'AND' | 'OR'
  sortBy?: string
  sortOrder?: 'ASC' | 'DESC'
}

export async function searchBillRows(
  reader: Reader,
  organizationId: string,
  billLockDate: string | null,
  query: BillSearch & { limit: number; offset: number },
  more: RawBuilder<unknown>[],
): Promise<BillRow[]> {
  const fields = searchFields(organizationId, billLockDate)
  const order = searchOrder(query.sortBy, query.sortOrder, fields)
  return selectBills(
    reader,
    organizationId,
    [searchCondition(query.searchQuery, query.operator, fields), ...more],
    sql`${order} limit ${query.limit} offset ${query.offset}`,
  )
}

function conditionsOf(filter: BillFilter): RawBuilder<unknown>[] {
  const days: [value: string | undefined, condition: (day: string) => RawBuilder<unknown>][] = [
    [filter.billDate, (day) => sql`bill.bill_date = ${day}::date`],
    [filter.billDateFrom, (day) => sql`bill.bill_date >= ${day}::date`],
    [filter.billDateBefore, (day) => sql`bill.bill_date < ${day}::date`],
    [filter.billDateUpTo, (day) => sql`bill.bill_date <= ${day}::date`],
    [filter.invoicedFrom, (day) => sql`bill.external_invoice_date >= ${day}::date`],
    [filter.invoicedBefore, (day) => sql`bill.external_invoice_date < ${day}::date`],
    [filter.startsFrom, (day) => sql`bill.start_date >= ${day}::date`],
    [filter.lastDay, (day) => sql`bill.end_date = ${day}::date + 1`],
    [filter.lastDayUpTo, (day) => sql`bill.end_date <= ${day}::date + 1`],
    [filter.endsBy, (day) => sql`bill.end_date <= ${day}::date`],
    [filter.status, (status) => sql`bill.status = ${status}`],
    [filter.frequency, (frequency) => sql`bill.frequency = ${frequency}`],
    [filter.currency, (currency) => sql`bill.currency = ${currency}`],
    [filter.createdBefore, (sequence) => sql`bill.sequence < ${sequence}`],
  ]
  const { openAfter } = filter
  return [
    ...anyOf(sql`bill.id`, filter.ids),
    ...anyOf(sql`bill.account_id`, filter.accountIds),
    ...anyOf(
      sql`bill.bill_job_id`,
      filter.billJobId === undefined ? undefined : [filter.billJobId],
    ),
    ...(openAfter === undefined ? [] : [sql`not ${lockedCondition(openAfter.billLockDate)}`]),
    ...days.flatMap(([value, condition]) => (value === undefined ? [] : [condition(value)])),
  ]
}

function anyOf(column: RawBuilder<unknown>, ids: string[] | undefined): RawBuilder<unknown>[] {
  return ids === undefined ? [] : [sql`${column} = any(${ids.filter(isUuid)}::uuid[])`]
}

/** Locked by hand or by the lock date: its last day is on or before that (billing 10.2). */
function lockedCondition(billLockDate: string | null): RawBuilder<unknown> {
  if (billLockDate === null) return sql`bill.locked`
  return sql`(bill.locked or bill.end_date <= ${billLockDate}::date + 1)`
}

/** How people call a bill: by its number, or by the end of its id while it has none. */
const reference = sql`coalesce(bill.sequential_invoice_number, 'INV-' || right(bill.id::text, 4))`

/**
 * Every field of a bill that is one value, so that a list can be sorted by any of them
 * (billing 10.3), and what people know a bill by.
 */
function searchFields(organizationId: string, billLockDate: string | null): SearchFields {
  const day = (column: string) => ({
    kind: 'day' as const,
    expression: sql`${sql.ref(column)}::text`,
  })
  const plain = <Kind extends string>(kind: Kind, column: string) => ({
    kind,
    expression: sql.ref(`bill.${column}`),
  })
  return {
    id: { kind: 'id', expression: sql`bill.id` },
    ids: { kind: 'ids', expression: sql`bill.id` },
    accountId: { kind: 'id', expression: sql`bill.account_id` },
    locked: { kind: 'boolean', expression: lockedCondition(billLockDate) },
    billDate: day('bill.bill_date'),
    startDate: day('bill.start_date'),
    endDate: day('bill.end_date'),
    dueDate: day('bill.due_date'),
    billingFrequency: { kind: 'text', expression: sql`bill.frequency` },
    status: { kind: 'text', expression: sql`bill.status` },
    createdBy: { kind: 'text', expression: sql`bill.created_by` },
    dtCreated: { kind: 'instant', expression: sql`bill.created_at` },
    lastModifiedBy: { kind: 'text', expression: sql`bill.modified_by` },
    dtLastModified: { kind: 'instant', expression: sql`bill.modified_at` },
    accountCode: { kind: 'text', expression: sql`bill.account_code` },
    sequentialInvoiceNumber: { kind: 'text', expression: sql`bill.sequential_invoice_number` },
    billTotal: { kind: 'number', expression: sql`bill.total` },
    version: plain('number', 'version'),
    billFrequencyInterval: plain('number', 'bill_interval'),
    startDateTimeUTC: plain('instant', 'starts_at'),
    endDateTimeUTC: plain('instant', 'ends_at'),
    externalInvoiceDate: day('bill.external_invoice_date'),
    timezone: plain('text', 'timezone'),
    currency: plain('text', 'currency'),
    purchaseOrderNumber: plain('text', 'purchase_order_number'),
    billJobId: plain('id', 'bill_job_id'),
    lastCalculatedDate: plain('instant', 'last_calculated_at'),
    createdDate: plain('instant', 'created_at'),
    dtApproved: plain('instant', 'approved_at'),
    approvedBy: plain('text', 'approved_by'),
    dtLocked: plain('instant', 'locked_at'),
    lockedBy: plain('text', 'locked_by'),
    reference: { kind: 'text', expression: reference },
    accountName: {
      kind: 'text',
      expression: sql`(
        select body ->> 'name' from account
        where account.organization_id = bill.organization_id and account.id = bill.account_id)`,
    },
    words: {
      kind: 'words',
      condition: (patterns) => sql`(
        lower(${reference}) like any(${patterns}) or lower(bill.account_code) like any(${patterns})
        or bill.account_id in (
          select id from account
          where organization_id = ${organizationId} and lower(body ->> 'name') like any(${patterns})))`,
    },
  }
}
