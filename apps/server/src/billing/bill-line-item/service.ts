/**
 * Lines of bills: read, explained, and followed down to the measurements behind them; `more` is
 * what the caller may see.
 */
import type { BillLineItemResponse } from '@countinghouse/contract/billing/bill-line-item.ts'
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import { aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import { compoundAggregation } from '@countinghouse/contract/metering/compound-aggregation.ts'
import { meter } from '@countinghouse/contract/metering/meter.ts'
import { plan } from '@countinghouse/contract/pricing/plan.ts'
import type { RawBuilder } from 'kysely'
import { readAccounts } from '../../accounts/service.ts'
import { NotFoundError } from '../../kit/errors.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import {
  fromToken,
  isUuid,
  type Page,
  pageSizeOf,
  toPage,
  toToken,
} from '../../kit/resource/page.ts'
import { readMany } from '../../kit/resource/read.ts'
import type { BillRow } from '../bill/store.ts'
import { findBills } from '../bill-search/store.ts'
import { toExplanation } from './explanation.ts'
import { toLineItemResponse } from './mapping.ts'
import { type ExplainedLineRow, listLines, listLinesOfBill, readLine } from './store.ts'

const PAGE_SIZE_MAX = 100

export async function listBillLineItems(
  reader: Reader,
  organizationId: string,
  billId: string,
  query: { pageSize?: number; nextToken?: string },
  more: RawBuilder<unknown>[],
): Promise<Page<BillLineItemResponse>> {
  await billOf(reader, organizationId, billId)
  const pageSize = pageSizeOf(query.pageSize, PAGE_SIZE_MAX)
  const rows = await listLinesOfBill(reader, organizationId, billId, {
    after: fromToken(query.nextToken),
    limit: pageSize + 1,
    more,
  })
  const shown = rows.slice(0, pageSize)
  const last = shown.at(-1)
  const data = shown.map(toLineItemResponse)
  return rows.length > pageSize && last !== undefined
    ? { data, nextToken: toToken(String(last.sequence_number)) }
    : { data }
}

export async function readBillLineItem(
  reader: Reader,
  organizationId: string,
  billId: string,
  id: string,
): Promise<BillLineItemResponse> {
  return toLineItemResponse(await lineOf(reader, organizationId, billId, id))
}

export async function listLineItems(
  reader: Reader,
  organizationId: string,
  query: {
    pageSize?: number
    nextToken?: string
    lineItemType?: string
    billId?: string
    commitmentId?: string
  },
  more: RawBuilder<unknown>[],
): Promise<Page<BillLineItemResponse>> {
  // No line belongs to a commitment as yet, and text that is no id names no bill.
  const isNothing =
    (query.commitmentId ?? '') !== '' || (query.billId !== undefined && !isUuid(query.billId))
  if (isNothing) return { data: [] }
  const pageSize = pageSizeOf(query.pageSize, PAGE_SIZE_MAX)
  const rows = await listLines(reader, organizationId, {
    type: query.lineItemType ?? null,
    billId: query.billId ?? null,
    after: fromToken(query.nextToken),
    limit: pageSize + 1,
    more,
  })
  return toPage(rows, pageSize, (shown) => shown.map(toLineItemResponse))
}

/** The stored figures with the names of what they refer to, as those are called now. */
export async function explainBillLineItem(
  reader: Reader,
  organizationId: string,
  billId: string,
  id: string,
): Promise<LineExplanationAnswer> {
  const line = await lineOf(reader, organizationId, billId, id)
  const bill = await billOf(reader, organizationId, billId)
  const ids = (value: string | null) => (value === null ? [] : [value])
  const [accounts, plans, aggregations, compounds, meters] = await Promise.all([
    readAccounts(reader, organizationId, [bill.account_id]),
    readMany(reader, plan, organizationId, [line.plan_id]),
    readMany(reader, aggregation, organizationId, ids(line.aggregation_id)),
    readMany(reader, compoundAggregation, organizationId, ids(line.compound_aggregation_id)),
    readMany(reader, meter, organizationId, ids(line.meter_id)),
  ])
  const measured = [...aggregations.values(), ...compounds.values()][0]
  return toExplanation(line, {
    billingCurrency: bill.currency,
    account: { id: bill.account_id, code: bill.account_code, name: accounts[0]?.name },
    planName: plans.get(line.plan_id)?.name,
    aggregationName: measured?.name,
    meterName: meters.get(line.meter_id ?? '')?.name,
  })
}

export async function lineOf(
  reader: Reader,
  organizationId: string,
  billId: string,
  id: string,
): Promise<ExplainedLineRow> {
  const row =
    isUuid(billId) && isUuid(id) ? await readLine(reader, organizationId, billId, id) : null
  if (row === null) {
    throw new NotFoundError(`The bill ${billId} has no line with the id ${id}.`)
  }
  return row
}

export async function billOf(reader: Reader, organizationId: string, id: string): Promise<BillRow> {
  const [row] = await findBills(reader, organizationId, { ids: [id] })
  if (row === undefined) {
    throw new NotFoundError(`There is no bill with the id ${id} in this organization.`)
  }
  return row
}
