/** Ending what accounts are billed for, kind by kind (pricing 4.4). */
import {
  account,
  type BillingEntityKind,
  type EndDatedAccount,
  type EndDatedEntities,
} from '@countinghouse/contract/accounts/account.ts'
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { Dated } from '../../kit/active-range.ts'
import { RequestError } from '../../kit/errors.ts'
import type { Database, Writer } from '../../kit/postgres/database.ts'
import type { Scope, Stamps } from '../../kit/resource/hooks.ts'
import { readBy } from '../../kit/resource/read.ts'
import { lock, update } from '../../kit/resource/write.ts'
import { customPlanPricings, endPricing } from '../../pricing/service.ts'
import { accountPlanBinding } from '../account-plan/service.ts'
import { outcomeOf } from './rules.ts'

export type EndDating = { at: number; kinds: BillingEntityKind[]; applyToChildren: boolean }

export async function endDateBillingEntities(
  writer: Writer,
  scope: Scope,
  accountId: string,
  { at, kinds, applyToChildren }: EndDating,
): Promise<EndDatedEntities> {
  const { id } = await lock(writer, account, scope, accountId)
  const children = applyToChildren
    ? await readBy(writer, account, scope.organizationId, 'parentAccountId', [id])
    : []
  const accountIds = [id, ...children.map((child) => child.id)]
  const ended: EndDatedEntities = { statusMessage: '', updatedEntities: {}, failedEntities: {} }
  for (const kind of new Set(kinds)) {
    await endAll(ended, kind, at, await endableOf(writer, scope, kind, accountIds, at))
  }
  return { ...ended, statusMessage: messageOf(ended, at) }
}

type Transactions = Pick<Database, 'transaction'>

/** Each account by itself, so that one that is refused keeps no other from being ended. */
export async function endDateAccounts(
  database: Transactions,
  scope: Scope,
  accountIds: string[],
  how: EndDating & { isPreview: boolean },
): Promise<EndDatedAccount[]> {
  const accounts: EndDatedAccount[] = []
  for (const accountId of new Set(accountIds)) {
    try {
      const { updatedEntities, failedEntities } = await endDateOne(database, scope, accountId, how)
      accounts.push({ accountId, updatedEntities, failedEntities })
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      accounts.push({
        accountId,
        updatedEntities: {},
        failedEntities: {},
        refusal: error.message,
      })
    }
  }
  return accounts
}

class TakenBack extends Error {
  readonly ended: EndDatedEntities

  constructor(ended: EndDatedEntities) {
    super('This was only a preview.')
    this.ended = ended
  }
}

/** A preview does it all and takes it back, so that what it says is what will be. */
async function endDateOne(
  database: Transactions,
  scope: Scope,
  accountId: string,
  { isPreview, ...how }: EndDating & { isPreview: boolean },
): Promise<EndDatedEntities> {
  try {
    return await database.transaction(async (writer) => {
      const ended = await endDateBillingEntities(writer, scope, accountId, how)
      if (isPreview) throw new TakenBack(ended)
      return ended
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.ended
    throw error
  }
}

type Endable = { item: Stamps & Dated; end(): Promise<unknown> }

/** Contracts, prepayments and counter pricings do not exist in this version, so none is found. */
async function endableOf(
  writer: Writer,
  scope: Scope,
  kind: BillingEntityKind,
  accountIds: string[],
  at: number,
): Promise<Endable[]> {
  const { organizationId } = scope
  if (kind === 'ACCOUNTPLAN') {
    const items = await readBy(writer, accountPlan, organizationId, 'accountId', accountIds)
    return items.map((item) => ({
      item,
      end: () =>
        update(writer, accountPlanBinding, scope, item.id, { ...item, endDate: formatInstant(at) }),
    }))
  }
  if (kind === 'PRICINGS') {
    const items = await customPlanPricings(writer, organizationId, accountIds)
    return items.map((item) => ({ item, end: () => endPricing(writer, scope, item, at) }))
  }
  return []
}

async function endAll(
  ended: EndDatedEntities,
  kind: BillingEntityKind,
  at: number,
  endable: Endable[],
): Promise<void> {
  for (const { item, end } of endable) {
    const outcome = outcomeOf(item, at)
    if (outcome === 'leave') continue
    const list = outcome === 'end' ? ended.updatedEntities : ended.failedEntities
    if (outcome === 'end') await end()
    list[kind] = [...(list[kind] ?? []), item.id]
  }
}

function messageOf({ updatedEntities, failedEntities }: EndDatedEntities, at: number): string {
  const updated = Object.values(updatedEntities).flat().length
  const failed = Object.values(failedEntities).flat().length
  const failure = failed === 0 ? '' : ` ${failed} start at that time or later and were left alone.`
  return `${updated} ended at ${formatInstant(at)}.${failure}`
}
