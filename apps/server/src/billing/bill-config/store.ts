import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { singletonStore } from '../../kit/resource/singleton.ts'

export type BillConfigBody = { billLockDate?: string }

export const billConfigStore = singletonStore<BillConfigBody>(
  'bill_configuration',
  'bill configuration',
)

/** Every organization has one; it is made when it is first asked for. */
export async function ensureBillConfig(writer: Writer, scope: Scope): Promise<void> {
  const at = new Date(scope.now)
  await sql`
    insert into bill_configuration (organization_id, id, version, created_at, created_by,
      modified_at, modified_by, body)
    values (${scope.organizationId}, ${randomUUID()}, 1, ${at}, ${scope.principalId}, ${at},
      ${scope.principalId}, '{}')
    on conflict (organization_id) do nothing
  `.execute(writer)
}

export async function selectLockDate(
  reader: Reader,
  organizationId: string,
): Promise<string | null> {
  const { rows } = await sql<{ date: string | null }>`
    select body ->> 'billLockDate' as date from bill_configuration
    where organization_id = ${organizationId}
  `.execute(reader)
  return rows[0]?.date ?? null
}

/** The same, and it cannot change before the transaction ends; a row that is missing could appear. */
export async function holdLockDate(writer: Writer, scope: Scope): Promise<string | null> {
  await ensureBillConfig(writer, scope)
  const { rows } = await sql<{ date: string | null }>`
    select body ->> 'billLockDate' as date from bill_configuration
    where organization_id = ${scope.organizationId} for share
  `.execute(writer)
  return rows[0]?.date ?? null
}

export async function countPendingUpTo(
  writer: Writer,
  organizationId: string,
  lastDay: string,
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from bill
    where organization_id = ${organizationId} and status = 'PENDING' and end_date <= ${lastDay}::date + 1
  `.execute(writer)
  return Number(rows[0]?.count ?? 0)
}
