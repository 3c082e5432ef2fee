/** The lock date: the end of the time in which bills cannot change any more (billing 10.2). */
import { type BillConfig, billConfig } from '@countinghouse/contract/billing/bill-config.ts'
import { InvalidInputError } from '../../kit/errors.ts'
import { eventDto, recordEvent } from '../../kit/outbox/outbox.ts'
import type { Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { billConfigStore, countPendingUpTo, ensureBillConfig } from './store.ts'

export async function readBillConfig(writer: Writer, scope: Scope): Promise<BillConfig> {
  await ensureBillConfig(writer, scope)
  return billConfigStore.read(writer, scope.organizationId)
}

export async function updateBillConfig(
  writer: Writer,
  scope: Scope,
  sent: { version: number; billLockDate?: string },
): Promise<BillConfig> {
  await ensureBillConfig(writer, scope)
  const before = await billConfigStore.lock(writer, scope, sent.version)
  const { billLockDate } = sent
  if (billLockDate !== undefined) await refusePending(writer, scope, billLockDate)
  const after = await billConfigStore.replace(
    writer,
    scope,
    billLockDate === undefined ? {} : { billLockDate },
  )
  const dto = (value: unknown) => eventDto(billConfig, scope.organizationId, value)
  await recordEvent(writer, {
    organizationId: scope.organizationId,
    name: 'billing.billconfig.updated',
    at: scope.now,
    principalId: scope.principalId,
    resourceId: after.id,
    oldDto: dto(before),
    newDto: dto(after),
  })
  return after
}

async function refusePending(writer: Writer, scope: Scope, lockDate: string): Promise<void> {
  const pending = await countPendingUpTo(writer, scope.organizationId, lockDate)
  if (pending === 0) return
  const bills = pending === 1 ? '1 bill is' : `${pending} bills are`
  const message = `${bills} still pending in the time up to ${lockDate}. Approve or delete them first.`
  throw new InvalidInputError(`billLockDate: ${message}`, [{ field: 'billLockDate', message }])
}
