import type { LineItemType } from '@countinghouse/contract/billing/bill-line-item.ts'
import type { BandLine } from '@countinghouse/engine/billing/bill-draft.ts'
import type { CarriedCharge } from '@countinghouse/engine/billing/bill-input.ts'
import type { LineExplanation } from '@countinghouse/engine/billing/explanation.ts'
import type { Frequency } from '@countinghouse/engine/time/calendar.ts'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'

export type BillLineItemRow = {
  id: string
  version: string
  sequence: string
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
  bill_id: string
  line_key: string
  sequence_number: number
  line_item_type: LineItemType
  description: string
  product_id: string
  product_name: string
  product_code: string
  accounting_product_id: string
  accounting_product_name: string
  accounting_product_code: string
  account_plan_id: string
  plan_id: string
  pricing_id: string | null
  aggregation_id: string | null
  compound_aggregation_id: string | null
  meter_id: string | null
  segment: Record<string, string> | null
  quantity: string
  units: string
  unit: string
  subtotal: string
  currency: string
  conversion_rate: string
  converted_subtotal: string
  average_unit_price: string
  bands: BandLine[]
  service_period_from: Date
  service_period_to: Date
  explanation: LineExplanation
}

const columns = sql.raw(`id, version, sequence, created_at, created_by, modified_at, modified_by,
  bill_id, line_key, sequence_number, line_item_type, description, product_id, product_name,
  product_code, accounting_product_id, accounting_product_name, accounting_product_code,
  account_plan_id, plan_id, pricing_id, aggregation_id, compound_aggregation_id, meter_id, segment,
  quantity, units, unit, subtotal, currency, conversion_rate, converted_subtotal,
  average_unit_price, bands, service_period_from, service_period_to`)

/** Lines of bills, each bill's in their order; without explanations, which are read one by one. */
export async function readLinesOf(
  reader: Reader,
  organizationId: string,
  billIds: string[],
): Promise<Map<string, BillLineItemRow[]>> {
  if (billIds.length === 0) return new Map()
  const { rows } = await sql<BillLineItemRow>`
    select ${columns} from bill_line_item
    where organization_id = ${organizationId} and bill_id = any(${billIds}::uuid[])
    order by bill_id, sequence_number
  `.execute(reader)
  return Map.groupBy(rows, (row) => row.bill_id)
}

export async function readLine(
  reader: Reader,
  organizationId: string,
  billId: string,
  id: string,
): Promise<BillLineItemRow | null> {
  const { rows } = await sql<BillLineItemRow>`
    select ${columns}, explanation from bill_line_item
    where organization_id = ${organizationId} and bill_id = ${billId} and id = ${id}
  `.execute(reader)
  return rows[0] ?? null
}

/** A page of one bill's lines in their order; `after` is the number of the last one seen. */
export async function listLinesOfBill(
  reader: Reader,
  organizationId: string,
  billId: string,
  page: { after: string | null; limit: number; more: RawBuilder<unknown>[] },
): Promise<BillLineItemRow[]> {
  const { rows } = await sql<BillLineItemRow>`
    select ${columns} from bill_line_item
    where organization_id = ${organizationId} and bill_id = ${billId}
      and ${sql.join([sql`sequence_number > ${page.after ?? 0}`, ...page.more], sql` and `)}
    order by sequence_number limit ${page.limit}
  `.execute(reader)
  return rows
}

export async function listLines(
  reader: Reader,
  organizationId: string,
  filter: {
    type: string | null
    billId: string | null
    after: string | null
    limit: number
    more: RawBuilder<unknown>[]
  },
): Promise<BillLineItemRow[]> {
  const conditions = [sql`organization_id = ${organizationId}`, ...filter.more]
  if (filter.type !== null) conditions.push(sql`line_item_type = ${filter.type}`)
  if (filter.billId !== null) conditions.push(sql`bill_id = ${filter.billId}`)
  if (filter.after !== null) conditions.push(sql`sequence < ${filter.after}`)
  const { rows } = await sql<BillLineItemRow>`
    select ${columns} from bill_line_item where ${sql.join(conditions, sql` and `)}
    order by sequence desc limit ${filter.limit}
  `.execute(reader)
  return rows
}

/**
 * Charges that bills carry ahead of their own period, by account, and those of their own period on
 * bills later than `after`: both may be charges that an earlier bill would make ahead (billing 6.3).
 * Looked up one by one (`offset 0`): there are few, and fresh tables have no statistics to say so.
 */
export async function readCarried(
  reader: Reader,
  organizationId: string,
  of: { accountIds: string[]; accountPlanIds: string[]; after: string },
): Promise<Map<string, CarriedCharge[]>> {
  if (of.accountPlanIds.length === 0) return new Map()
  const { rows } = await sql<{
    account_id: string
    natural_bill_date: string
    key_frequency: string
    key_interval: number
    account_plan_id: string
    line_item_type: CarriedCharge['type']
    pricing_id: string | null
    service_period_from: Date
    service_period_to: Date
  }>`
    select bill.account_id, bill.natural_bill_date, bill.key_frequency, bill.key_interval,
      line.account_plan_id, line.line_item_type, line.pricing_id, line.service_period_from,
      line.service_period_to
    from unnest(${of.accountPlanIds}::uuid[]) as asked (id)
    cross join lateral (
      select * from bill_line_item
      where organization_id = ${organizationId} and account_plan_id = asked.id and is_ahead
      offset 0) line
    join bill on bill.organization_id = ${organizationId} and bill.id = line.bill_id
    union all
    select bill.account_id, bill.natural_bill_date, bill.key_frequency, bill.key_interval,
      line.account_plan_id, line.line_item_type, line.pricing_id, line.service_period_from,
      line.service_period_to
    from unnest(${of.accountIds}::uuid[]) as asked (id)
    cross join lateral (
      select * from bill
      where organization_id = ${organizationId} and account_id = asked.id
        and natural_bill_date > ${of.after}::date
      offset 0) bill
    join bill_line_item line on line.organization_id = ${organizationId}
      and line.bill_id = bill.id
    where line.line_item_type in ('STANDING_CHARGE', 'MINIMUM_SPEND') and not line.is_ahead
  `.execute(reader)
  const charges = rows.map((row) => ({
    carriedBy: {
      accountId: row.account_id,
      naturalBillDate: row.natural_bill_date,
      frequency: row.key_frequency === '' ? null : (row.key_frequency as Frequency),
      interval: row.key_frequency === '' ? null : row.key_interval,
    },
    accountPlanId: row.account_plan_id,
    type: row.line_item_type,
    pricingId: row.pricing_id,
    from: row.service_period_from.getTime(),
    to: row.service_period_to.getTime(),
  }))
  return Map.groupBy(charges, ({ carriedBy }) => carriedBy.accountId)
}

export type StoredLine = { id: string; bill_id: string; line_key: string; digest: string }

export async function readLineDigests(
  writer: Writer,
  organizationId: string,
  billIds: string[],
): Promise<Map<string, StoredLine[]>> {
  if (billIds.length === 0) return new Map()
  const { rows } = await sql<StoredLine>`
    select id, bill_id, line_key, digest from bill_line_item
    where organization_id = ${organizationId} and bill_id = any(${billIds}::uuid[])
  `.execute(writer)
  return Map.groupBy(rows, (row) => row.bill_id)
}

/** The calculated part of a line as it is stored; amounts and instants as text. */
export type LineFields = Record<(typeof lineFields)[number], unknown>

/** `json` holds the fields: written out once, it serves the digest and the database. */
export type LineRecord = {
  id: string
  billId: string
  lineKey: string
  digest: string
  isAhead: boolean
  json: string
}

const lineFields = [
  'sequence_number',
  'line_item_type',
  'description',
  'product_id',
  'product_name',
  'product_code',
  'accounting_product_id',
  'accounting_product_name',
  'accounting_product_code',
  'account_plan_id',
  'plan_id',
  'pricing_id',
  'aggregation_id',
  'compound_aggregation_id',
  'meter_id',
  'segment',
  'quantity',
  'units',
  'unit',
  'subtotal',
  'currency',
  'conversion_rate',
  'converted_subtotal',
  'average_unit_price',
  'bands',
  'service_period_from',
  'service_period_to',
  'explanation',
] as const

const fieldList = sql.raw(lineFields.join(', '))

export type Stamp = { organizationId: string; principalId: string; now: number }

export async function insertLines(
  writer: Writer,
  { organizationId, principalId, now }: Stamp,
  lines: LineRecord[],
): Promise<void> {
  if (lines.length === 0) return
  const at = new Date(now)
  await sql`
    insert into bill_line_item (organization_id, id, version, created_at, created_by, modified_at,
      modified_by, bill_id, line_key, digest, is_ahead, ${fieldList})
    select ${organizationId}::uuid, id, 1, ${at}::timestamptz, ${principalId}, ${at}::timestamptz,
      ${principalId}, bill_id, line_key, digest, is_ahead, ${fieldList}
    from jsonb_populate_recordset(null::bill_line_item, ${jsonOf(lines)}::jsonb)
  `.execute(writer)
}

export async function updateLines(
  writer: Writer,
  { organizationId, principalId, now }: Stamp,
  lines: LineRecord[],
): Promise<void> {
  if (lines.length === 0) return
  const assignments = sql.raw(lineFields.map((field) => `${field} = given.${field}`).join(', '))
  await sql`
    update bill_line_item line set version = line.version + 1, modified_at = ${new Date(now)},
      modified_by = ${principalId}, digest = given.digest, is_ahead = given.is_ahead, ${assignments}
    from jsonb_populate_recordset(null::bill_line_item, ${jsonOf(lines)}::jsonb) given
    where line.organization_id = ${organizationId} and line.id = given.id
  `.execute(writer)
}

export async function deleteLines(
  writer: Writer,
  organizationId: string,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  await sql`
    delete from bill_line_item
    where organization_id = ${organizationId} and id = any(${ids}::uuid[])
  `.execute(writer)
}

function jsonOf(lines: LineRecord[]): string {
  const records = lines.map(({ id, billId, lineKey, digest, isAhead, json }) => {
    const own = { id, bill_id: billId, line_key: lineKey, digest, is_ahead: isAhead }
    return `${JSON.stringify(own).slice(0, -1)},${json.slice(1)}`
  })
  return `[${records.join(',')}]`
}
