import type { Bill, BillStatus } from '@countinghouse/contract/billing/bill.ts'
import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import { type RawBuilder, sql } from 'kysely'
import { CopyRows, type CopyValue } from '../../kit/postgres/bulk-rows.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Stamp } from '../bill-line-item/store.ts'

export type BillRow = {
  id: string
  version: string
  sequence: string
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
  account_id: string
  account_code: string
  natural_bill_date: string
  key_frequency: string
  key_interval: number
  frequency: Bill['billingFrequency']
  bill_interval: number
  start_date: string
  end_date: string
  starts_at: Date
  ends_at: Date
  bill_date: string
  due_date: string
  external_invoice_date: string
  timezone: string
  currency: string
  conversions: { from: string; to: string; multiplier: string }[]
  total: string
  purchase_order_number: string | null
  external_invoice_reference: string | null
  sequential_invoice_number: string | null
  status: BillStatus
  /** Locked by hand; the lock date of the organization may lock it too. */
  locked: boolean
  approved_at: Date | null
  approved_by: string | null
  locked_at: Date | null
  locked_by: string | null
  bill_job_id: string
  last_calculated_at: Date
  settings: BillJobBody
  digest: string
}

/** As it is when it has just been made. */
export type NewBillRow = Omit<BillRow, 'sequence'>

/** `bill` must be the table's name in the query. */
export type BillCondition = RawBuilder<unknown>

export async function selectBills(
  reader: Reader,
  organizationId: string,
  conditions: BillCondition[],
  tail: RawBuilder<unknown> = sql`order by sequence desc`,
): Promise<BillRow[]> {
  const all = [sql`bill.organization_id = ${organizationId}`, ...conditions]
  const { rows } = await sql<BillRow>`
    select * from bill where ${sql.join(all, sql` and `)} ${tail}
  `.execute(reader)
  return rows
}

export async function lockBillRow(
  writer: Writer,
  organizationId: string,
  id: string,
): Promise<BillRow | null> {
  const [row] = await selectBills(
    writer,
    organizationId,
    [sql`bill.id = ${id}`],
    sql`for no key update`,
  )
  return row ?? null
}

/**
 * Tells PostgreSQL of the bills that a run has added. By itself it looks within a minute, which is
 * later than the end of most runs: until then it takes the organization for one without bills and
 * reads all of them by its first index, and connections keep plans made while the table was new.
 */
export async function analyzeBills(reader: Reader): Promise<void> {
  await sql`
    analyze bill (organization_id, account_id), bill_line_item (organization_id, bill_id)
  `.execute(reader)
}

/** What decides about writing a bill again. */
export type HeldBill = Pick<
  BillRow,
  | 'id'
  | 'account_id'
  | 'natural_bill_date'
  | 'key_frequency'
  | 'key_interval'
  | 'end_date'
  | 'status'
  | 'locked'
  | 'digest'
>

/** Bills of these accounts and dates, held until the transaction ends. */
export async function lockBillsOf(
  writer: Writer,
  organizationId: string,
  accountIds: string[],
  naturalBillDates: string[],
): Promise<HeldBill[]> {
  if (accountIds.length === 0) return []
  const { rows } = await sql<HeldBill>`
    select id, account_id, natural_bill_date, key_frequency, key_interval, end_date, status, locked,
      digest
    from bill
    where organization_id = ${organizationId} and account_id = any(${accountIds}::uuid[])
      and natural_bill_date = any(${naturalBillDates}::date[])
    order by id for no key update
  `.execute(writer)
  return rows
}

/** A bill whose period meets the time that is asked for. */
export type MeetingBill = Pick<
  BillRow,
  | 'id'
  | 'sequence'
  | 'account_id'
  | 'natural_bill_date'
  | 'key_frequency'
  | 'key_interval'
  | 'starts_at'
  | 'ends_at'
  | 'end_date'
  | 'locked'
>

/**
 * Looked up account by account (`offset 0`), each from the first day on that can matter; the
 * organization comes with what is asked, for the reason that `readCarried` gives.
 */
export async function selectMeetingBills(
  reader: Reader,
  organizationId: string,
  asked: { accountId: string; from: number; to: number }[],
): Promise<MeetingBill[]> {
  if (asked.length === 0) return []
  const instants = (of: 'from' | 'to') => asked.map((each) => new Date(each[of]).toISOString())
  const { rows } = await sql<MeetingBill>`
    select bill.id, bill.sequence, bill.account_id, bill.natural_bill_date, bill.key_frequency,
      bill.key_interval, bill.starts_at, bill.ends_at, bill.end_date, bill.locked
    from (select ${organizationId}::uuid as organization_id,
      unnest(${asked.map(({ accountId }) => accountId)}::uuid[]) as id,
      unnest(${instants('from')}::timestamptz[]) as since,
      unnest(${instants('to')}::timestamptz[]) as until offset 0) asked
    cross join lateral (
      select * from bill
      where organization_id = asked.organization_id and account_id = asked.id
        -- Two days: what lies between the midnights of the farthest time zones.
        and natural_bill_date >= (asked.since at time zone 'UTC')::date - 2
        and ends_at > asked.since and starts_at < asked.until
      offset 0) bill
  `.execute(reader)
  return rows
}

const billFields = [
  'account_id',
  'account_code',
  'natural_bill_date',
  'key_frequency',
  'key_interval',
  'frequency',
  'bill_interval',
  'start_date',
  'end_date',
  'starts_at',
  'ends_at',
  'bill_date',
  'due_date',
  'external_invoice_date',
  'timezone',
  'currency',
  'conversions',
  'total',
  'purchase_order_number',
  'settings',
] as const satisfies (keyof BillRow)[]

/** The calculated part of a bill. */
export type BillFields = Pick<BillRow, (typeof billFields)[number]>
export type BillRecord = BillFields & { id: string; digest: string }

const inserted = [
  'organization_id',
  'id',
  'version',
  'created_at',
  'created_by',
  'modified_at',
  'modified_by',
  'status',
  'bill_job_id',
  'last_calculated_at',
  'sequential_invoice_number',
  'digest',
  ...billFields,
]

/** Answers the rows as they are stored now; only the store knows their sequence. */
export async function insertBills(
  writer: Writer,
  stamp: Stamp,
  jobId: string,
  bills: (BillRecord & { sequential_invoice_number: string | null })[],
): Promise<NewBillRow[]> {
  const at = new Date(stamp.now)
  const instant = at.toISOString()
  const rows = new CopyRows('bill', inserted)
  for (const bill of bills) {
    rows.add([
      stamp.organizationId,
      bill.id,
      1,
      instant,
      stamp.principalId,
      instant,
      stamp.principalId,
      'PENDING',
      jobId,
      instant,
      bill.sequential_invoice_number,
      bill.digest,
      ...billFields.map((field) => storedValue(bill[field])),
    ])
  }
  await rows.write(writer)
  return bills.map((bill) => ({ ...newBill(stamp, jobId, at), ...bill }))
}

function storedValue(value: BillFields[keyof BillFields]): CopyValue {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** What every bill starts with. */
function newBill({ principalId }: Stamp, jobId: string, at: Date) {
  return {
    version: '1',
    created_at: at,
    created_by: principalId,
    modified_at: at,
    modified_by: principalId,
    external_invoice_reference: null,
    status: 'PENDING' as const,
    locked: false,
    approved_at: null,
    approved_by: null,
    locked_at: null,
    locked_by: null,
    bill_job_id: jobId,
    last_calculated_at: at,
  }
}

/** Replaces what was calculated; a bill that was approved is pending again (billing 2.5). */
export async function updateBills(
  writer: Writer,
  { organizationId, principalId, now }: Stamp,
  jobId: string,
  bills: BillRecord[],
): Promise<BillRow[]> {
  if (bills.length === 0) return []
  const at = new Date(now)
  const assignments = sql.raw(billFields.map((field) => `${field} = given.${field}`).join(', '))
  const { rows } = await sql<BillRow>`
    update bill set version = bill.version + 1, modified_at = ${at}, modified_by = ${principalId},
      digest = given.digest, status = 'PENDING', approved_at = null, approved_by = null,
      bill_job_id = ${jobId}::uuid, last_calculated_at = ${at}, ${assignments}
    from jsonb_populate_recordset(null::bill, ${JSON.stringify(bills)}::jsonb) given
    where bill.organization_id = ${organizationId} and bill.id = given.id
    returning bill.*
  `.execute(writer)
  return rows
}

/** Bills that came out the same: only who calculated them last, and when. */
export async function touchBills(
  writer: Writer,
  { organizationId, now }: Stamp,
  jobId: string,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  await sql`
    update bill set bill_job_id = ${jobId}::uuid, last_calculated_at = ${new Date(now)}
    where organization_id = ${organizationId} and id = any(${ids}::uuid[])
  `.execute(writer)
}

/** For bills whose digest an earlier version of the program wrote. */
export async function setDigests(
  writer: Writer,
  organizationId: string,
  bills: { id: string; digest: string }[],
): Promise<void> {
  if (bills.length === 0) return
  await sql`
    update bill set digest = given.digest
    from unnest(${bills.map(({ id }) => id)}::uuid[],
      ${bills.map(({ digest }) => digest)}::text[]) as given (id, digest)
    where organization_id = ${organizationId} and bill.id = given.id
  `.execute(writer)
}

export async function setStatus(
  writer: Writer,
  { organizationId, principalId, now }: Stamp,
  ids: string[],
  to: { status: BillStatus; by: string | null },
): Promise<BillRow[]> {
  if (ids.length === 0) return []
  const at = new Date(now)
  const approvedAt = to.status === 'APPROVED' ? at : null
  const approvedBy = to.status === 'APPROVED' ? to.by : null
  const { rows } = await sql<BillRow>`
    update bill set version = version + 1, modified_at = ${at}, modified_by = ${principalId},
      status = ${to.status}, approved_at = ${approvedAt}::timestamptz, approved_by = ${approvedBy}
    where organization_id = ${organizationId} and id = any(${ids}::uuid[])
    returning *
  `.execute(writer)
  return rows
}

export async function setLocked(
  writer: Writer,
  { organizationId, principalId, now }: Stamp,
  id: string,
): Promise<BillRow[]> {
  const at = new Date(now)
  const { rows } = await sql<BillRow>`
    update bill set version = version + 1, modified_at = ${at}, modified_by = ${principalId},
      locked = true, locked_at = ${at}, locked_by = ${principalId}
    where organization_id = ${organizationId} and id = ${id}
    returning *
  `.execute(writer)
  return rows
}

/** With its lines. */
export async function deleteBillRow(
  writer: Writer,
  organizationId: string,
  id: string,
): Promise<void> {
  await sql`
    with gone as (
      delete from bill where organization_id = ${organizationId} and id = ${id} returning id)
    delete from bill_line_item
    where organization_id = ${organizationId} and bill_id in (select id from gone)
  `.execute(writer)
}

/**
 * Takes the next numbers; answers the last one before them. The row stays locked until the
 * transaction ends, which keeps numbers gapless, so this is the last step before bills are written.
 */
export async function takeNumbers(
  writer: Writer,
  organizationId: string,
  options: { count: number; start: number },
): Promise<number> {
  const { rows } = await sql<{ last: string }>`
    insert into bill_number as counter (organization_id, last)
    values (${organizationId}, ${options.start + options.count})
    on conflict (organization_id) do update
      set last = greatest(counter.last, ${options.start}::bigint) + ${options.count}::bigint
    returning last
  `.execute(writer)
  return Number(rows[0]?.last ?? 0) - options.count
}
