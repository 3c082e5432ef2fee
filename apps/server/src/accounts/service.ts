/** Accounts and their plans as higher areas need them: many at once, dates ready to calculate with. */
import type { Day } from '@countinghouse/engine/time/calendar.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { Reader } from '../kit/postgres/database.ts'
import { type AccountRow, selectAccounts, selectAccountsAfter } from './account/store.ts'
import { type AccountPlanRow, selectAccountPlans } from './account-plan/store.ts'

export {
  accountDirectory,
  createSkeletonAccounts,
  findAccountsByCodes,
} from './account/directory.ts'

/** What billing needs of an account; null where the organization's setting counts. */
export type BillableAccount = {
  id: string
  /** Short id in the event store. */
  number: number
  code: string
  name: string
  currency: string | null
  billEpoch: Day | null
  daysBeforeBillDue: number | null
  purchaseOrderNumber: string | null
}

export type BillableAccountPlan = {
  id: string
  /** Grows with each creation. */
  sequence: number
  accountId: string
  planId: string
  startsAt: number
  endsAt: number | null
  billEpoch: Day | null
}

/** Accounts by id, in the order of their creation; unknown ids are left out. */
export async function readAccounts(
  reader: Reader,
  organizationId: string,
  accountIds: string[],
): Promise<BillableAccount[]> {
  return (await selectAccounts(reader, organizationId, 'id', accountIds)).map(toBillable)
}

/**
 * All accounts of the organization, `limit` at a time in the order of their creation; pass `next`
 * back as `after` until it is null.
 */
export async function readAccountsAfter(
  reader: Reader,
  organizationId: string,
  after: string | null,
  limit: number,
): Promise<{ accounts: BillableAccount[]; next: string | null }> {
  const rows = await selectAccountsAfter(reader, organizationId, after, limit)
  const next = rows.length < limit ? null : (rows.at(-1)?.sequence ?? null)
  return { accounts: rows.map(toBillable), next }
}

/**
 * The plans of these accounts, or of all with null, in the order in which they were attached. One
 * that cannot be read fails the call, or goes into `unreadable` by its account.
 */
export async function readAccountPlans(
  reader: Reader,
  organizationId: string,
  accountIds: string[] | null,
  unreadable?: Map<string, unknown>,
): Promise<Map<string, BillableAccountPlan[]>> {
  const rows = await selectAccountPlans(reader, organizationId, accountIds)
  const read = rows.flatMap((row) => {
    try {
      return [toBillablePlan(row)]
    } catch (error) {
      if (unreadable === undefined) throw error
      unreadable.set(row.account_id, error)
      return []
    }
  })
  return Map.groupBy(read, ({ accountId }) => accountId)
}

function toBillable({ id, number, code, body }: AccountRow): BillableAccount {
  return {
    id,
    number,
    code,
    name: body.name,
    currency: body.currency ?? null,
    billEpoch: body.billEpoch ?? null,
    daysBeforeBillDue: body.daysBeforeBillDue ?? null,
    purchaseOrderNumber: body.purchaseOrderNumber ?? null,
  }
}

function toBillablePlan(row: AccountPlanRow): BillableAccountPlan {
  const { startDate, endDate, billEpoch = null } = row.body
  return {
    id: row.id,
    sequence: Number(row.sequence),
    accountId: row.account_id,
    planId: row.plan_id,
    startsAt: parseInstant(startDate),
    endsAt: endDate === undefined ? null : parseInstant(endDate),
    billEpoch,
  }
}
