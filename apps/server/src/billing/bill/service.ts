/** Bills as they are read (billing 4.6); `more` is what the caller may see. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { NotFoundError } from '../../kit/errors.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import { fromToken, type Page, pageSizeOf, toPage } from '../../kit/resource/page.ts'
import { offsetOf } from '../../kit/search.ts'
import { selectLockDate } from '../bill-config/store.ts'
import { readLinesOf } from '../bill-line-item/store.ts'
import {
  type BillFilter,
  type BillSearch,
  findBills,
  searchBillRows,
} from '../bill-search/store.ts'
import { type ListQuery, listFilter, type PeriodInPath, periodFilter } from './filters.ts'
import { toBill } from './mapping.ts'
import type { BillCondition, BillRow } from './store.ts'

const PAGE_SIZE_MAX = 100
const DEFAULT_SEARCH_PAGE = 10

export async function listBills(
  reader: Reader,
  organizationId: string,
  query: ListQuery,
  more: BillCondition[] = [],
): Promise<Page<Bill>> {
  const filter = listFilter(query, await selectLockDate(reader, organizationId))
  const shown = {
    withLines: query.excludeLineItems !== 'true',
    withTotal: query.includeBillTotal === 'true',
  }
  return pageOf(reader, organizationId, query, { filter, more, shown })
}

export async function listBillsOfAccount(
  reader: Reader,
  organizationId: string,
  accountId: string,
  query: { pageSize?: number; nextToken?: string },
  more: BillCondition[],
): Promise<Page<Bill>> {
  const asked = { ...query, accountId, includeBillTotal: 'true' }
  return listBills(reader, organizationId, asked, more)
}

export async function listBillsOfPeriod(
  reader: Reader,
  organizationId: string,
  period: PeriodInPath,
  query: { pageSize?: number; nextToken?: string },
  more: BillCondition[],
): Promise<Page<Bill>> {
  const shown = { withLines: true, withTotal: true }
  return pageOf(reader, organizationId, query, { filter: periodFilter(period), more, shown })
}

export async function readBill(reader: Reader, organizationId: string, id: string): Promise<Bill> {
  const rows = await findBills(reader, organizationId, { ids: [id] })
  const [bill] = await wholeBills(reader, organizationId, rows)
  if (bill === undefined) throw noBill(id)
  return bill
}

export async function readLatestBill(
  reader: Reader,
  organizationId: string,
  accountId: string,
  more: BillCondition[],
): Promise<Bill> {
  const filter = { accountIds: [accountId] }
  const rows = await findBills(reader, organizationId, filter, { order: 'latest', limit: 1, more })
  const [bill] = await wholeBills(reader, organizationId, rows)
  if (bill === undefined) throw new NotFoundError(`The account ${accountId} has no bill.`)
  return bill
}

export async function searchBills(
  reader: Reader,
  organizationId: string,
  query: BillSearch & { pageSize?: number; fromDocument?: number; excludeLineItems?: string },
  more: BillCondition[],
): Promise<Page<Bill>> {
  const billLockDate = await selectLockDate(reader, organizationId)
  const { pageSize = DEFAULT_SEARCH_PAGE, fromDocument, excludeLineItems, ...asked } = query
  const offset = offsetOf(fromDocument)
  // One more than is shown only says that there is another page.
  const wanted = { ...asked, offset, limit: pageSize + 1 }
  const rows = await searchBillRows(reader, organizationId, billLockDate, wanted, more)
  const shown = { withLines: excludeLineItems !== 'true', withTotal: true }
  const data = await present(reader, organizationId, rows.slice(0, pageSize), shown)
  return rows.length > pageSize ? { data, nextToken: String(offset + pageSize) } : { data }
}

/** With lines and totals. */
export function wholeBills(
  reader: Reader,
  organizationId: string,
  rows: BillRow[],
): Promise<Bill[]> {
  return present(reader, organizationId, rows, { withLines: true, withTotal: true })
}

export function noBill(id: string): NotFoundError {
  return new NotFoundError(`There is no bill with the id ${id} in this organization.`)
}

type Shown = { withLines: boolean; withTotal: boolean }

async function pageOf(
  reader: Reader,
  organizationId: string,
  query: { pageSize?: number; nextToken?: string },
  wanted: { filter: BillFilter; more: BillCondition[]; shown: Shown },
): Promise<Page<Bill>> {
  const pageSize = pageSizeOf(query.pageSize, PAGE_SIZE_MAX)
  const after = fromToken(query.nextToken)
  const filter = after === null ? wanted.filter : { ...wanted.filter, createdBefore: after }
  const rows = await findBills(reader, organizationId, filter, {
    order: 'newest',
    limit: pageSize + 1,
    more: wanted.more,
  })
  const page = toPage(rows, pageSize, (own) => own)
  return { ...page, data: await present(reader, organizationId, page.data, wanted.shown) }
}

async function present(
  reader: Reader,
  organizationId: string,
  rows: BillRow[],
  shown: Shown,
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
