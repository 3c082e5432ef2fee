/** Which bills a list or a search means. */
import { type RawBuilder, sql } from 'kysely'
import { InvalidInputError } from '../../kit/errors.ts'
import { isUuid, manyOf } from '../../kit/resource/page.ts'
import type { SearchFields } from '../../kit/search.ts'
import type { BillCondition } from './store.ts'

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
  ids?: string
  excludeLineItems?: string
  includeBillTotal?: string
}

const IDS_MAX = 200

export function listConditions(query: ListQuery, billLockDate: string | null): BillCondition[] {
  const ids = manyOf(query.ids)
  if (ids !== undefined && ids.length > IDS_MAX) {
    const message = `At most ${IDS_MAX} ids at once; ${ids.length} were sent.`
    throw new InvalidInputError(`ids: ${message}`, [{ field: 'ids', message }])
  }
  const conditions: (BillCondition | null)[] = [
    ids === undefined ? null : sql`bill.id = any(${ids.filter(isUuid)}::uuid[])`,
    idCondition(sql`bill.account_id`, query.accountId),
    idCondition(sql`bill.bill_job_id`, query.billJobId),
    // NOTE: true includes locked bills, it does not ask for them alone (billing 4.6).
    query.locked === 'false' ? sql`not ${lockedCondition(billLockDate)}` : null,
    compare(query.status, (value) => sql`bill.status = ${value}`),
    compare(query.billingFrequency, (value) => sql`bill.frequency = ${value.toUpperCase()}`),
    compare(query.billDate, (value) => sql`bill.bill_date = ${value}::date`),
    compare(query.billDateStart, (value) => sql`bill.bill_date >= ${value}::date`),
    compare(query.billDateEnd, (value) => sql`bill.bill_date < ${value}::date`),
    compare(
      query.externalInvoiceDateStart,
      (value) => sql`bill.external_invoice_date >= ${value}::date`,
    ),
    compare(
      query.externalInvoiceDateEnd,
      (value) => sql`bill.external_invoice_date < ${value}::date`,
    ),
  ]
  return conditions.filter((condition) => condition !== null)
}

/** Locked by hand or by the lock date: its last day is on or before that (billing 10.2). */
export function lockedCondition(billLockDate: string | null): RawBuilder<unknown> {
  if (billLockDate === null) return sql`bill.locked`
  return sql`(bill.locked or bill.end_date <= ${billLockDate}::date + 1)`
}

export function billSearchFields(billLockDate: string | null): SearchFields {
  const day = (column: string) => ({
    kind: 'day' as const,
    expression: sql`${sql.ref(column)}::text`,
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
    billTotal: { kind: 'number', expression: sql`bill.total` },
  }
}

/** A text that cannot be an id matches nothing, as unknown ids do. */
function idCondition(column: RawBuilder<unknown>, value: string | undefined): BillCondition | null {
  if (value === undefined || value === '') return null
  return isUuid(value) ? sql`${column} = ${value}::uuid` : sql`false`
}

function compare(
  value: string | undefined,
  condition: (value: string) => BillCondition,
): BillCondition | null {
  return value === undefined || value === '' ? null : condition(value)
}
