/** Writes calculated bills: new ones, changed ones, and nothing at all for what came out the same. */
import { randomUUIDv7 } from 'node:crypto'
import { bill as billSchema } from '@countinghouse/contract/billing/bill.ts'
import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { BillDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import { identityText } from '@countinghouse/engine/billing/bills-due.ts'
import { type DomainEvent, eventDto, recordEvents } from '../../../kit/outbox/outbox.ts'
import type { Writer } from '../../../kit/postgres/database.ts'
import { isSameLine, keyOfRecord, keyOfStored, toLineRecord } from '../../bill-line-item/mapping.ts'
import {
  deleteLines,
  insertLines,
  type LineRecord,
  readStoredLines,
  type Stamp,
  type StoredLine,
  updateLines,
} from '../../bill-line-item/store.ts'
import { findBills } from '../../bill-search/store.ts'
import {
  identityOf,
  isBeforeLockDate,
  isLocked,
  isSameBill,
  toBill,
  toBillRecord,
} from '../mapping.ts'
import {
  type BillRecord,
  type BillRow,
  type HeldBill,
  insertBills,
  lockBillsOf,
  type NewBillRow,
  setDigests,
  takeNumbers,
  touchBills,
  updateBills,
} from '../store.ts'
import { breather } from './breather.ts'
import type { CalculatedAccount } from './calculate.ts'

export type SaveOptions = {
  stamp: Stamp
  jobId: string
  billLockDate: string | null
  suppressEmptyBills: boolean
  /** Null: bills get no consecutive numbers. */
  numbering: { prefix: string; start: number } | null
}

export type Saved = {
  created: number
  changed: number
  unchanged: number
}

export async function saveBills(
  writer: Writer,
  accounts: readonly CalculatedAccount[],
  options: SaveOptions,
): Promise<Saved> {
  const { stamp, jobId } = options
  const bills = accounts.flatMap(({ account, bills }) =>
    bills.map((bill) => ({ ...bill, accountCode: account.code })),
  )
  const stored = await storedByIdentity(writer, stamp.organizationId, bills)
  const decided = await decide(bills, stored, options)
  const { changed, same } = await lookCloser(writer, stamp.organizationId, decided.changed)
  await setDigests(writer, stamp.organizationId, same)
  const unchanged = [...decided.unchanged, ...same.map(({ id }) => id)]
  await touchBills(writer, stamp, jobId, unchanged)
  const updated = await updateBills(
    writer,
    stamp,
    jobId,
    changed.map(({ record }) => record),
  )
  await saveLines(writer, stamp, changed)
  const numbers = await numbersFor(writer, options, decided.created.length)
  const inserted = await insertBills(
    writer,
    stamp,
    jobId,
    decided.created.map(({ record }, position) => ({
      ...record,
      sequential_invoice_number: numbers[position] ?? null,
    })),
  )
  await insertLines(
    writer,
    stamp,
    decided.created.flatMap(({ lines }) => lines),
  )
  const before = new Map(changed.map(({ row }) => [row.id, row]))
  await recordEvents(writer, [
    ...inserted.map((row) => eventOf('created', stamp, row)),
    ...updated.map((row) => eventOf('updated', stamp, row, before.get(row.id))),
  ])
  return {
    created: inserted.length,
    changed: updated.length,
    unchanged: unchanged.length,
  }
}

export function eventOf(
  verb: 'created' | 'updated' | 'deleted',
  { organizationId, now }: Stamp,
  row: NewBillRow,
  before?: NewBillRow,
): DomainEvent {
  const dto = (of: NewBillRow) =>
    eventDto(billSchema, organizationId, toBill(of, { billLockDate: null, withTotal: true }))
  return {
    organizationId,
    name: `billing.bill.${verb}`,
    at: now,
    resourceId: row.id,
    accountId: row.account_id,
    ...(verb === 'deleted' ? { oldDto: dto(row) } : { newDto: dto(row) }),
    ...(before && { oldDto: dto(before) }),
  }
}

type Calculated = { draft: BillDraft; settings: BillJobBody; accountCode: string }
type Created = { record: BillRecord; lines: LineRecord[] }
type Candidate = Created & { held: HeldBill }
/** With what is stored: the events tell both sides of a change. */
type Changed = Candidate & { row: BillRow; stored: StoredLine[] }
type Decided = {
  created: Created[]
  /** By their digests; a closer look may find them the same. */
  changed: Candidate[]
  unchanged: string[]
}

async function storedByIdentity(
  writer: Writer,
  organizationId: string,
  bills: Calculated[],
): Promise<Map<string, HeldBill>> {
  const identities = bills.map(({ draft }) => draft.identity)
  const rows = await lockBillsOf(
    writer,
    organizationId,
    [...new Set(identities.map(({ accountId }) => accountId))],
    [...new Set(identities.map(({ naturalBillDate }) => naturalBillDate))],
  )
  return new Map(rows.map((row) => [keyOf(identityOf(row)), row]))
}

/** A digest differs also where another version of the program wrote it; what is stored decides. */
async function lookCloser(
  writer: Writer,
  organizationId: string,
  candidates: Candidate[],
): Promise<{ changed: Changed[]; same: BillRecord[] }> {
  const ids = candidates.map(({ held }) => held.id)
  const rows = ids.length === 0 ? [] : await findBills(writer, organizationId, { ids })
  const lines = await readStoredLines(writer, organizationId, ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const changed: Changed[] = []
  const same: BillRecord[] = []
  for (const candidate of candidates) {
    const row = byId.get(candidate.held.id)
    if (row === undefined) throw new Error(`Bill ${candidate.held.id} is held and not there`)
    const stored = lines.get(row.id) ?? []
    const found = { ...candidate, row, stored }
    if (isSame(found)) same.push(candidate.record)
    else changed.push(found)
  }
  return { changed, same }
}

function isSame({ row, record, stored, lines }: Changed): boolean {
  if (row.status !== 'PENDING' || !isSameBill(row, record)) return false
  const { gone, altered, added } = changesOf(stored, lines)
  return gone.length + altered.length + added.length === 0
}

function keyOf(identity: BillDraft['identity']): string {
  return `${identity.accountId} ${identityText(identity)}`
}

/** Locked bills are left alone, and a locked time gets no new ones (billing 2.5, 4.2, 4.5). */
async function decide(
  bills: Calculated[],
  stored: Map<string, HeldBill>,
  { billLockDate, suppressEmptyBills }: SaveOptions,
): Promise<Decided> {
  const decided: Decided = { created: [], changed: [], unchanged: [] }
  const pause = breather()
  for (const bill of bills) {
    const { draft } = bill
    const row = stored.get(keyOf(draft.identity))
    if (row === undefined) {
      const isEmpty = draft.lines.length === 0
      if (isEmpty && (suppressEmptyBills || !draft.hasActivePlan)) continue
      if (isBeforeLockDate(draft.endDate, billLockDate)) continue
    } else if (isLocked(row, billLockDate)) continue
    const written = toRecords(row?.id ?? randomUUIDv7(), bill)
    if (row === undefined) decided.created.push(written)
    else if (row.digest === written.record.digest && row.status === 'PENDING') {
      decided.unchanged.push(row.id)
    } else decided.changed.push({ ...written, held: row })
    await pause()
  }
  return decided
}

function toRecords(id: string, bill: Calculated): Created {
  const lines = bill.draft.lines.map((line) =>
    toLineRecord(line, { id: randomUUIDv7(), billId: id }, bill.draft.endsAt),
  )
  return { record: toBillRecord(id, bill, lines), lines }
}

async function saveLines(writer: Writer, stamp: Stamp, changed: Changed[]): Promise<void> {
  const changes = changed.map(({ stored, lines }) => changesOf(stored, lines))
  await deleteLines(
    writer,
    stamp.organizationId,
    changes.flatMap(({ gone }) => gone),
  )
  await updateLines(
    writer,
    stamp,
    changes.flatMap(({ altered }) => altered),
  )
  await insertLines(
    writer,
    stamp,
    changes.flatMap(({ added }) => added),
  )
}

/** A line that comes out the same keeps its id and its stamps. */
function changesOf(
  stored: readonly StoredLine[],
  lines: readonly LineRecord[],
): { gone: StoredLine[]; altered: LineRecord[]; added: LineRecord[] } {
  const byKey = new Map(stored.map((line) => [keyOfStored(line), line]))
  const added: LineRecord[] = []
  const altered: LineRecord[] = []
  for (const line of lines) {
    const key = keyOfRecord(line)
    const before = byKey.get(key)
    byKey.delete(key)
    if (before === undefined) added.push(line)
    else if (!isSameLine(before, line)) altered.push({ ...line, id: before.id })
  }
  return { gone: [...byKey.values()], altered, added }
}

async function numbersFor(
  writer: Writer,
  { stamp, numbering }: SaveOptions,
  count: number,
): Promise<string[]> {
  if (numbering === null || count === 0) return []
  const last = await takeNumbers(writer, stamp.organizationId, { count, start: numbering.start })
  return Array.from({ length: count }, (_, position) => `${numbering.prefix}${last + position + 1}`)
}
