import type { LineItemType } from '@countinghouse/contract/billing/bill-line-item.ts'
import type { CarriedCharge } from '@countinghouse/engine/billing/bill-input.ts'
import type { LineExplanation } from '@countinghouse/engine/billing/explanation.ts'
import type { Frequency } from '@countinghouse/engine/time/calendar.ts'
import { type RawBuilder, sql } from 'kysely'
import { CopyRows } from '../../kit/postgres/bulk-rows.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import { fromBody, type LineBody } from './body.ts'

export type BillLineItemRow = {
  id: string
  version: string
  sequence: string
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
  bill_id: string
  sequence_number: number
  line_item_type: LineItemType
  account_plan_id: string
  pricing_id: string | null
  service_period_from: Date
  service_period_to: Date
} & ReturnType<typeof fromBody>

export type ExplainedLineRow = BillLineItemRow & { explanation: LineExplanation }

type Stored<Row> = Omit<Row, keyof ReturnType<typeof fromBody>> & { body: LineBody }

const columns = sql.raw(`id, version, sequence, created_at, created_by, modified_at, modified_by,
  bill_id, sequence_number, line_item_type, account_plan_id, pricing_id, service_period_from,
  service_period_to, body`)

function toRow<Row extends { body: LineBody }>({ body, ...own }: Row) {
  return { ...own, ...fromBody(body) }
}

/** Lines of bills, each bill's in their order; without explanations, which are read one by one. */
export async function readLinesOf(
  reader: Reader,
  organizationId: string,
  billIds: string[],
): Promise<Map<string, BillLineItemRow[]>> {
  if (billIds.length === 0) return new Map()
  const { rows } = await sql<Stored<BillLineItemRow>>`
    select ${columns} from bill_line_item
    where organization_id = ${organizationId} and bill_id = any(${billIds}::uuid[])
    order by bill_id, sequence_number
  `.execute(reader)
  return Map.groupBy(rows.map(toRow), (row) => row.bill_id)
}

export async function readLine(
  reader: Reader,
  organizationId: string,
  billId: string,
  id: string,
): Promise<ExplainedLineRow | null> {
  const { rows } = await sql<Stored<ExplainedLineRow>>`
    select ${columns}, explanation from bill_line_item
    where organization_id = ${organizationId} and bill_id = ${billId} and id = ${id}
  `.execute(reader)
  const [row] = rows
  return row === undefined ? null : toRow(row)
}

/** A page of one bill's lines in their order; `after` is the number of the last one seen. */
export async function listLinesOfBill(
  reader: Reader,
  organizationId: string,
  billId: string,
  page: { after: string | null; limit: number; more: RawBuilder<unknown>[] },
): Promise<BillLineItemRow[]> {
  const { rows } = await sql<Stored<BillLineItemRow>>`
    select ${columns} from bill_line_item
    where organization_id = ${organizationId} and bill_id = ${billId}
      and ${sql.join([sql`sequence_number > ${page.after ?? 0}`, ...page.more], sql` and `)}
    order by sequence_number limit ${page.limit}
  `.execute(reader)
  return rows.map(toRow)
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
  const { rows } = await sql<Stored<BillLineItemRow>>`
    select ${columns} from bill_line_item where ${sql.join(conditions, sql` and `)}
    order by sequence desc limit ${filter.limit}
  `.execute(reader)
  return rows.map(toRow)
}

/**
 * Charges that bills carry ahead of their own period, by account, and those of their own period on
 * bills later than `after`: both may be charges that an earlier bill would make ahead (billing 6.3).
 * Looked up one by one and in this order (`offset 0`), for there are few. The organization comes
 * with what is asked: as a constant that the statistics do not know yet it would be taken for one
 * without bills, and its first ones would all be gone through for each account.
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
    is_ahead: boolean
  }>`
    select bill.account_id, bill.natural_bill_date, bill.key_frequency, bill.key_interval,
      line.account_plan_id, line.line_item_type, line.pricing_id, line.service_period_from,
      line.service_period_to, line.is_ahead
    from (select ${organizationId}::uuid as organization_id,
      unnest(${of.accountPlanIds}::uuid[]) as id offset 0) asked
    cross join lateral (
      select * from bill_line_item
      where organization_id = asked.organization_id and account_plan_id = asked.id and is_ahead
      offset 0) line
    cross join lateral (
      select * from bill
      where organization_id = line.organization_id and id = line.bill_id
      offset 0) bill
    union all
    select bill.account_id, bill.natural_bill_date, bill.key_frequency, bill.key_interval,
      line.account_plan_id, line.line_item_type, line.pricing_id, line.service_period_from,
      line.service_period_to, line.is_ahead
    from (select ${organizationId}::uuid as organization_id,
      unnest(${of.accountIds}::uuid[]) as id offset 0) asked
    cross join lateral (
      select * from bill
      where organization_id = asked.organization_id and account_id = asked.id
        and natural_bill_date > ${of.after}::date
      offset 0) bill
    cross join lateral (
      select * from bill_line_item
      where organization_id = bill.organization_id and bill_id = bill.id
      offset 0) line
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
    isAhead: row.is_ahead,
  }))
  return Map.groupBy(charges, ({ carriedBy }) => carriedBy.accountId)
}

/** From when until when bills charged their own period, for each account plan on them. */
export async function readTimeOfLines(
  reader: Reader,
  organizationId: string,
  billIds: string[],
): Promise<{ bill_id: string; account_plan_id: string; from: Date; to: Date }[]> {
  if (billIds.length === 0) return []
  const { rows } = await sql<{ bill_id: string; account_plan_id: string; from: Date; to: Date }>`
    select bill_id, account_plan_id, min(service_period_from) as from, max(service_period_to) as to
    from bill_line_item
    where organization_id = ${organizationId} and bill_id = any(${billIds}::uuid[])
      and not is_ahead
    group by bill_id, account_plan_id
  `.execute(reader)
  return rows
}

/** What decides whether a line has changed. */
export type StoredLine = Stored<ExplainedLineRow> & { is_ahead: boolean }

export async function readStoredLines(
  writer: Writer,
  organizationId: string,
  billIds: string[],
): Promise<Map<string, StoredLine[]>> {
  if (billIds.length === 0) return new Map()
  const { rows } = await sql<StoredLine>`
    select ${columns}, explanation, is_ahead from bill_line_item
    where organization_id = ${organizationId} and bill_id = any(${billIds}::uuid[])
  `.execute(writer)
  return Map.groupBy(rows, (row) => row.bill_id)
}

/** A calculated line as it is stored; body and explanation as their JSON. */
export type LineRecord = {
  id: string
  billId: string
  sequenceNumber: number
  type: LineItemType
  accountPlanId: string
  pricingId: string | null
  from: string
  to: string
  isAhead: boolean
  body: string
  explanation: string
}

export type Stamp = { organizationId: string; principalId: string; now: number }

const calculated = [
  'sequence_number',
  'line_item_type',
  'account_plan_id',
  'pricing_id',
  'service_period_from',
  'service_period_to',
  'is_ahead',
  'body',
  'explanation',
]

const inserted = [
  'organization_id',
  'bill_id',
  'id',
  'version',
  'created_at',
  'created_by',
  'modified_at',
  'modified_by',
  ...calculated,
]

export type NewLines = { add(line: LineRecord): void; insert(writer: Writer): Promise<void> }

/** Lines to be inserted: each is put into the form of the store at once, for there are many. */
export function newLines({ organizationId, principalId, now }: Stamp): NewLines {
  const at = new Date(now).toISOString()
  const rows = new CopyRows('bill_line_item', inserted)
  return {
    add(line): void {
      rows.add([
        organizationId,
        line.billId,
        line.id,
        1,
        at,
        principalId,
        at,
        principalId,
        line.sequenceNumber,
        line.type,
        line.accountPlanId,
        line.pricingId,
        line.from,
        line.to,
        line.isAhead,
        line.body,
        line.explanation,
      ])
    },
    insert: (writer) => rows.write(writer),
  }
}

export async function updateLines(
  writer: Writer,
  { organizationId, principalId, now }: Stamp,
  lines: LineRecord[],
): Promise<void> {
  if (lines.length === 0) return
  const assignments = sql.raw(calculated.map((field) => `${field} = given.${field}`).join(', '))
  // Not through jsonb, which would not keep the texts to the letter.
  await sql`
    update bill_line_item line set version = line.version + 1, modified_at = ${new Date(now)},
      modified_by = ${principalId}, ${assignments}
    from json_populate_recordset(null::bill_line_item, ${jsonOf(lines)}::json) given
    where line.organization_id = ${organizationId} and line.bill_id = given.bill_id
      and line.id = given.id
  `.execute(writer)
}

export async function deleteLines(
  writer: Writer,
  organizationId: string,
  lines: { id: string; bill_id: string }[],
): Promise<void> {
  if (lines.length === 0) return
  await sql`
    delete from bill_line_item line
    using unnest(${lines.map((line) => line.bill_id)}::uuid[],
      ${lines.map(({ id }) => id)}::uuid[]) as gone (bill_id, id)
    where line.organization_id = ${organizationId} and line.bill_id = gone.bill_id
      and line.id = gone.id
  `.execute(writer)
}

function jsonOf(lines: LineRecord[]): string {
  const records = lines.map(({ body, explanation, ...line }) => {
    const own = {
      id: line.id,
      bill_id: line.billId,
      sequence_number: line.sequenceNumber,
      line_item_type: line.type,
      account_plan_id: line.accountPlanId,
      pricing_id: line.pricingId,
      service_period_from: line.from,
      service_period_to: line.to,
      is_ahead: line.isAhead,
    }
    return `${JSON.stringify(own).slice(0, -1)},"body":${body},"explanation":${explanation}}`
  })
  return `[${records.join(',')}]`
}
