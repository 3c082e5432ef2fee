/** Writes calculated bills: new ones, changed ones, and nothing at all for what came out the same. */
import { randomUUIDv7 } from 'node:crypto'
import { bill as billSchema } from '@countinghouse/contract/billing/bill.ts'
import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { BillDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import type { BillIdentity } from '@countinghouse/engine/billing/bill-input.ts'
import { identityText } from '@countinghouse/engine/billing/bills-due.ts'
import type { BillableAccount } from '../../../accounts/service.ts'
import { type DomainEvent, eventDto, recordEvents } from '../../../kit/outbox/outbox.ts'
import type { Writer } from '../../../kit/postgres/database.ts'
import { isSameLine, keyOfRecord, keyOfStored, toLineRecord } from '../../bill-line-item/mapping.ts'
import {
  deleteLines,
  type LineRecord,
  type NewLines,
  newLines,
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
import type { Calculated, CalculatedAccount, CalculatedBill } from './calculate.ts'

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
  refused: Refused[]
}

export type Refused = { account: BillableAccount; refusal: string }

export async function saveBills(
  writer: Writer,
  { identities, accounts, mayCreate }: Calculated,
  options: SaveOptions,
): Promise<Saved> {
  const { stamp, jobId } = options
  const stored = await storedByIdentity(writer, stamp.organizationId, identities)
  const decided = await decide(accounts, stored, { ...options, mayCreate })
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
  await saveLines(writer, stamp, changed, decided.lines)
  const numbers = await numbersFor(writer, options, decided.created.length)
  const inserted = await insertBills(
    writer,
    stamp,
    jobId,
    decided.created.map((record, position) => ({
      ...record,
      sequential_invoice_number: numbers[position] ?? null,
    })),
  )
  await decided.lines.insert(writer)
  const before = new Map(changed.map(({ row }) => [row.id, row]))
  await recordEvents(writer, [
    ...inserted.map((row) => eventOf('created', stamp, row)),
    ...updated.map((row) => eventOf('updated', stamp, row, before.get(row.id))),
  ])
  return {
    created: inserted.length,
    changed: updated.length,
    unchanged: unchanged.length,
    refused: decided.refused,
  }
}

export function eventOf(
  verb: 'created' | 'updated' | 'deleted',
  { organizationId, principalId, now }: Stamp,
  row: NewBillRow,
  before?: NewBillRow,
): DomainEvent {
  const dto = (of: NewBillRow) =>
    eventDto(billSchema, organizationId, toBill(of, { billLockDate: null, withTotal: true }))
  return {
    organizationId,
    name: `billing.bill.${verb}`,
    at: now,
    principalId,
    resourceId: row.id,
    accountId: row.account_id,
    ...(verb === 'deleted' ? { oldDto: dto(row) } : { newDto: dto(row) }),
    ...(before && { oldDto: dto(before) }),
  }
}

type Written = { record: BillRecord; lines: LineRecord[] }
type Candidate = Written & { held: HeldBill }
/** With what is stored: the events tell both sides of a change. */
type Changed = Candidate & { row: BillRow; stored: StoredLine[] }
type Decided = {
  created: BillRecord[]
  /** Those of the bills that are created. */
  lines: NewLines
  /** By their digests; a closer look may find them the same. */
  changed: Candidate[]
  unchanged: string[]
  refused: Refused[]
}

async function storedByIdentity(
  writer: Writer,
  organizationId: string,
  identities: BillIdentity[],
): Promise<Map<string, HeldBill>> {
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

function keyOf(identity: BillIdentity): string {
  return `${identity.accountId} ${identityText(identity)}`
}

async function decide(
  accounts: Iterable<CalculatedAccount>,
  stored: Map<string, HeldBill>,
  options: SaveOptions & Pick<Calculated, 'mayCreate'>,
): Promise<Decided> {
  const lines = newLines(options.stamp)
  const decided: Decided = { created: [], lines, changed: [], unchanged: [], refused: [] }
  const pause = breather()
  for (const { account, bills, refusal } of accounts) {
    const held = bills.map((bill) => ({ bill, row: stored.get(keyOf(bill.identity)) }))
    const open = held.filter((each) => mayBeWritten(each, options))
    // All bills of an account or none: one that cannot be calculated would leave the others alone.
    const reason = refusal ?? open.find(({ bill }) => bill.refusal !== null)?.bill.refusal ?? null
    if (reason !== null) decided.refused.push({ account, refusal: reason })
    else for (const each of open) decideBill(decided, each, account.code, options)
    await pause()
  }
  return decided
}

type Decidable = { bill: CalculatedBill; row: HeldBill | undefined }

/**
 * Locked bills are left alone, and a locked time gets no new ones (billing 2.5, 4.2). A bill that was
 * deleted before it could be calculated again does not come back.
 */
function mayBeWritten(
  { bill, row }: Decidable,
  { billLockDate, mayCreate }: SaveOptions & Pick<Calculated, 'mayCreate'>,
): boolean {
  if (row !== undefined) return !isLocked(row, billLockDate)
  return mayCreate && !isBeforeLockDate(bill.identity.naturalBillDate, billLockDate)
}

function decideBill(
  decided: Decided,
  { bill, row }: Decidable,
  accountCode: string,
  { suppressEmptyBills }: SaveOptions,
): void {
  if (bill.draft === null) return
  const { lines, hasActivePlan } = bill.draft
  const isSuppressed = lines.length === 0 && (suppressEmptyBills || !hasActivePlan)
  if (row === undefined && isSuppressed) return
  const written = toRecords(row?.id ?? randomUUIDv7(), { ...bill, accountCode })
  if (row === undefined) {
    decided.created.push(written.record)
    for (const line of written.lines) decided.lines.add(line)
  } else if (row.digest === written.record.digest && row.status === 'PENDING') {
    decided.unchanged.push(row.id)
  } else decided.changed.push({ ...written, held: row })
}

function toRecords(
  id: string,
  bill: { draft: BillDraft; settings: BillJobBody; accountCode: string },
): Written {
  const lines = bill.draft.lines.map((line) =>
    toLineRecord(line, { id: randomUUIDv7(), billId: id }, bill.draft.endsAt),
  )
  return { record: toBillRecord(id, bill, lines), lines }
}

/** What changed at lines that are stored; new ones join those that are to be inserted. */
async function saveLines(
  writer: Writer,
  stamp: Stamp,
  changed: Changed[],
  added: NewLines,
): Promise<void> {
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
  for (const line of changes.flatMap((change) => change.added)) added.add(line)
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
