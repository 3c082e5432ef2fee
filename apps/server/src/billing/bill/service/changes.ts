/** What people and the clock do with bills after they are calculated (billing 10). */
import type { Bill, BillStatus } from '@countinghouse/contract/billing/bill.ts'
import { InvalidInputError } from '../../../kit/errors.ts'
import { recordEvents } from '../../../kit/outbox/outbox.ts'
import type { Writer } from '../../../kit/postgres/database.ts'
import type { Scope } from '../../../kit/resource/hooks.ts'
import { isUuid } from '../../../kit/resource/page.ts'
import { holdLockDate, selectLockDate } from '../../bill-config/store.ts'
import { type BillFilter, findBills } from '../../bill-search/store.ts'
import {
  type ApprovalQuery,
  approvalFilter,
  type PeriodInPath,
  upToPeriodFilter,
} from '../filters.ts'
import { isLocked } from '../mapping.ts'
import { noBill, readBill, wholeBills } from '../service.ts'
import {
  type BillCondition,
  type BillRow,
  deleteBillRow,
  lockBillRow,
  setLocked,
  setStatus,
} from '../store.ts'
import { eventOf } from './save-bills.ts'

export async function deleteBill(writer: Writer, scope: Scope, id: string): Promise<Bill> {
  const row = await lockOpenBill(writer, scope, id, 'deleted')
  const [deleted] = await wholeBills(writer, scope.organizationId, [row])
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
  query: ApprovalQuery,
  more: BillCondition[],
): Promise<{ message: string }> {
  const filter = approvalFilter(query)
  if (filter === null) {
    throw new InvalidInputError(
      'Name the bills to approve: billIds in the body, or accounts or invoice dates in the query.',
    )
  }
  return approve(writer, scope, filter, { more })
}

export async function approveBillsOfPeriod(
  writer: Writer,
  scope: Scope,
  period: PeriodInPath,
  more: BillCondition[],
): Promise<{ message: string }> {
  return approve(writer, scope, upToPeriodFilter(period), { more })
}

/**
 * Approves those of the bills that are pending and may still change; `by` null: by itself, `more`:
 * which of them the caller may change.
 */
export async function approve(
  writer: Writer,
  scope: Scope,
  filter: BillFilter,
  { by = scope.principalId, more = [] }: { by?: string | null; more?: BillCondition[] } = {},
): Promise<{ message: string }> {
  const billLockDate = await selectLockDate(writer, scope.organizationId)
  const rows = await findBills(
    writer,
    scope.organizationId,
    { ...filter, status: 'PENDING', openAfter: { billLockDate } },
    { order: 'held', more },
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
