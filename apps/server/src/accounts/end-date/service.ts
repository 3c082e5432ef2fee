/** Ending what accounts are billed for, kind by kind (pricing 4.4). */
import {
  account,
  type BillingEntityKind,
  type EndDatedEntities,
} from '@countinghouse/contract/accounts/account.ts'
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { Dated } from '../../kit/active-range.ts'
import type { Writer } from '../../kit/postgres/database.ts'
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
