/** Bills as they are read, and what people do with them after they are calculated (billing 4.6, 10). */
import type { Bill, BillStatus } from '@countinghouse/contract/billing/bill.ts'
import { type RawBuilder, sql } from 'kysely'
import { InvalidInputError, NotFoundError } from '../../kit/errors.ts'
import { recordEvents } from '../../kit/outbox/outbox.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import {
  fromToken,
  isUuid,
  manyOf,
  type Page,
  pageSizeOf,
  toPage,
} from '../../kit/resource/page.ts'
import { offsetOf, searchCondition, searchOrder } from '../../kit/search.ts'
import { holdLockDate, selectLockDate } from '../bill-config/store.ts'
import { readLinesOf } from '../bill-line-item/store.ts'
import { billSearchFields, type ListQuery, listConditions, lockedCondition } from './filters.ts'
import { isLocked, toBill } from './mapping.ts'
import { eventOf } from './service/save-bills.ts'
import {
  type BillCondition,
  type BillRow,
  deleteBillRow,
  lockBillRow,
  selectBills,
  setLocked,
  setStatus,
} from './store.ts'

const PAGE_SIZE_MAX = 100

export async function listBills(
  reader: Reader,
  organizationId: string,
  query: ListQuery,
  more: BillCondition[] = [],
): Promise<Page<Bill>> {
  const billLockDate = await selectLockDate(reader, organizationId)
  const conditions = [...listConditions(query, billLockDate), ...more]
  return pageOf(reader, organizationId, query, conditions, {
    withLines: query.excludeLineItems !== 'true',
    withTotal: query.includeBillTotal === 'true',
  })
}

export async function listBillsOfAccount(
  reader: Reader,
  organizationId: string,
  accountId: string,
  query: { pageSize?: number; nextToken?: string },
): Promise<Page<Bill>> {
  return listBills(reader, organizationId, { ...query, accountId, includeBillTotal: 'true' })
}

export async function listBillsOfPeriod(
  reader: Reader,
  organizationId: string,
  period: { lastDateInBillingPeriod: string; billingFrequency: string },
  query: { pageSize?: number; nextToken?: string },
): Promise<Page<Bill>> {
  const conditions = [
    sql`bill.end_date = ${period.lastDateInBillingPeriod}::date + 1`,
    sql`bill.frequency = ${frequencyIn(period.billingFrequency)}`,
  ]
  return pageOf(reader, organizationId, query, conditions, { withLines: true, withTotal: true })
}

export async function readBill(reader: Reader, organizationId: string, id: string): Promise<Bill> {
  const rows = isUuid(id) ? await selectBills(reader, organizationId, [sql`bill.id = ${id}`]) : []
  const [bill] = await whole(reader, organizationId, rows)
  if (bill === undefined) throw noBill(id)
  return bill
}

export async function readLatestBill(
  reader: Reader,
  organizationId: string,
  accountId: string,
): Promise<Bill> {
  const rows = isUuid(accountId)
    ? await selectBills(
        reader,
        organizationId,
        [sql`bill.account_id = ${accountId}`],
        sql`order by bill_date desc, created_at desc, sequence desc limit 1`,
      )
    : []
  const [bill] = await whole(reader, organizationId, rows)
  if (bill === undefined) throw new NotFoundError(`The account ${accountId} has no bill.`)
  return bill
}

export async function searchBills(
  reader: Reader,
  organizationId: string,
  query: {
    searchQuery?: string
    operator?: 'AND' | 'OR'
    sortBy?: string
    sortOrder?: 'ASC' | 'DESC'
    pageSize?: number
    fromDocument?: number
  },
): Promise<Page<Bill>> {
  const billLockDate = await selectLockDate(reader, organizationId)
  const fields = billSearchFields(billLockDate)
  const order = searchOrder(query.sortBy, query.sortOrder, fields)
  const rows = await selectBills(
    reader,
    organizationId,
    [searchCondition(query.searchQuery, query.operator, fields)],
    sql`${order} limit ${query.pageSize ?? 10} offset ${offsetOf(query.fromDocument)}`,
  )
  return { data: await whole(reader, organizationId, rows) }
}

export async function deleteBill(writer: Writer, scope: Scope, id: string): Promise<Bill> {
  const row = await lockOpenBill(writer, scope, id, 'deleted')
  const [deleted] = await whole(writer, scope.organizationId, [row])
  await deleteBillRow(writer, scope.organizationId, id)
  await recordEvents(writer, [eventOf('deleted', scope, row)])
  if (deleted === undefined) throw noBill(id)
  return deleted
}

export async function setBillStatus(
  writer: Writer,
  scope: Scope,
  id: string,
  status: BillStatus,
): Promise<Bill> {
  const before = await lockOpenBill(writer, scope, id, 'changed')
  if (before.status !== status) {
    await changeStatus(writer, scope, [before], { status, by: scope.principalId })
  }
  return readBill(writer, scope.organizationId, id)
}

/** For ever: there is no way back (billing 10.2). */
export async function lockBill(writer: Writer, scope: Scope, id: string): Promise<Bill> {
  const row = isUuid(id) ? await lockBillRow(writer, scope.organizationId, id) : null
  if (row === null) throw noBill(id)
  if (row.status === 'PENDING') {
    throw new InvalidInputError(
      'Only an approved bill can be locked. Approve it first, if its amounts are right.',
    )
  }
  if (!row.locked) {
    const after = await setLocked(writer, scope, id)
    await recordEvents(
      writer,
      after.map((changed) => eventOf('updated', scope, changed, row)),
    )
  }
  return readBill(writer, scope.organizationId, id)
}

export async function approveBills(
  writer: Writer,
  scope: Scope,
  sent: {
    billIds: string[] | undefined
    accountIds: string | undefined
    externalInvoiceDateStart: string | undefined
    externalInvoiceDateEnd: string | undefined
  },
): Promise<{ message: string }> {
  const conditions = approvalConditions(sent)
  if (conditions.length === 0) {
    throw new InvalidInputError(
      'Name the bills to approve: billIds in the body, or accounts or invoice dates in the query.',
    )
  }
  return approve(writer, scope, conditions)
}

export async function approveBillsOfPeriod(
  writer: Writer,
  scope: Scope,
  period: { lastDateInBillingPeriod: string; billingFrequency: string },
): Promise<{ message: string }> {
  return approve(writer, scope, [
    sql`bill.end_date <= ${period.lastDateInBillingPeriod}::date + 1`,
    sql`bill.frequency = ${frequencyIn(period.billingFrequency)}`,
  ])
}

/** Approves those of the bills that are pending and may still change; `by` null: by itself. */
export async function approve(
  writer: Writer,
  scope: Scope,
  conditions: BillCondition[],
  by: string | null = scope.principalId,
): Promise<{ message: string }> {
  const billLockDate = await selectLockDate(writer, scope.organizationId)
  const rows = await selectBills(
    writer,
    scope.organizationId,
    [...conditions, sql`bill.status = 'PENDING'`, sql`not ${lockedCondition(billLockDate)}`],
    sql`order by id for no key update`,
  )
  await changeStatus(writer, scope, rows, { status: 'APPROVED', by })
  return { message: rows.length === 1 ? '1 bill approved.' : `${rows.length} bills approved.` }
}

async function changeStatus(
  writer: Writer,
  scope: Scope,
  before: BillRow[],
  to: { status: BillStatus; by: string | null },
): Promise<void> {
  const byId = new Map(before.map((row) => [row.id, row]))
  const after = await setStatus(writer, scope, [...byId.keys()], to)
  await recordEvents(
    writer,
    after.map((row) => eventOf('updated', scope, row, byId.get(row.id))),
  )
}

function approvalConditions(sent: Parameters<typeof approveBills>[2]): RawBuilder<unknown>[] {
  if (sent.billIds !== undefined) {
    return [sql`bill.id = any(${sent.billIds.filter(isUuid)}::uuid[])`]
  }
  const accountIds = manyOf(sent.accountIds)
  return [
    ...(accountIds === undefined
      ? []
      : [sql`bill.account_id = any(${accountIds.filter(isUuid)}::uuid[])`]),
    ...listConditions(
      {
        ...(sent.externalInvoiceDateStart !== undefined && {
          externalInvoiceDateStart: sent.externalInvoiceDateStart,
        }),
        ...(sent.externalInvoiceDateEnd !== undefined && {
          externalInvoiceDateEnd: sent.externalInvoiceDateEnd,
        }),
      },
      null,
    ),
  ]
}

async function lockOpenBill(
  writer: Writer,
  scope: Scope,
  id: string,
  what: string,
): Promise<BillRow> {
  const billLockDate = await holdLockDate(writer, scope)
  const row = isUuid(id) ? await lockBillRow(writer, scope.organizationId, id) : null
  if (row === null) throw noBill(id)
  if (isLocked(row, billLockDate)) {
    throw new InvalidInputError(`This bill is locked and cannot be ${what} any more.`)
  }
  return row
}

async function pageOf(
  reader: Reader,
  organizationId: string,
  query: { pageSize?: number; nextToken?: string },
  conditions: BillCondition[],
  shown: { withLines: boolean; withTotal: boolean },
): Promise<Page<Bill>> {
  const pageSize = pageSizeOf(query.pageSize, PAGE_SIZE_MAX)
  const after = fromToken(query.nextToken)
  const rows = await selectBills(
    reader,
    organizationId,
    [...conditions, ...(after === null ? [] : [sql`bill.sequence < ${after}`])],
    sql`order by sequence desc limit ${pageSize + 1}`,
  )
  const page = toPage(rows, pageSize, (own) => own)
  return { ...page, data: await withLines(reader, organizationId, page.data, shown) }
}

function whole(reader: Reader, organizationId: string, rows: BillRow[]): Promise<Bill[]> {
  return withLines(reader, organizationId, rows, { withLines: true, withTotal: true })
}

async function withLines(
  reader: Reader,
  organizationId: string,
  rows: BillRow[],
  shown: { withLines: boolean; withTotal: boolean },
): Promise<Bill[]> {
  const billLockDate = await selectLockDate(reader, organizationId)
  if (!shown.withLines) return rows.map((row) => toBill(row, { billLockDate, ...shown }))
  const lines = await readLinesOf(
    reader,
    organizationId,
    rows.map(({ id }) => id),
  )
  return rows.map((row) =>
    toBill(row, { billLockDate, withTotal: shown.withTotal, lines: lines.get(row.id) ?? [] }),
  )
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

function noBill(id: string): NotFoundError {
  return new NotFoundError(`There is no bill with the id ${id} in this organization.`)
}
