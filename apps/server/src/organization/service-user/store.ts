/** Rows of access keys. */
import type { AccessKey } from '@countinghouse/contract/organization/service-user.ts'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'

export type KeyRow = {
  organization_id: string
  id: string
  service_user_id: string
  secret_hash: string
  status: AccessKey['status']
  expires_at: Date | null
  last_used_at: Date | null
  created_at: Date
  created_by: string
}

export async function insertKey(
  writer: Writer,
  scope: Scope,
  key: { id: string; serviceUserId: string; secretHash: string; expiresAt: string | null },
): Promise<AccessKey> {
  const { rows } = await sql<KeyRow>`
    insert into access_key (organization_id, id, service_user_id, secret_hash, status, expires_at,
      created_at, created_by)
    values (${scope.organizationId}, ${key.id}, ${key.serviceUserId}, ${key.secretHash}, 'ACTIVE',
      ${key.expiresAt}, ${new Date(scope.now)}, ${scope.principalId})
    returning *
  `.execute(writer)
  const [row] = rows
  if (row === undefined) throw new Error('The access key was not stored')
  return toAccessKey(row)
}

/** Looked up without an organization: the key itself says which one it belongs to. */
export async function findKey(reader: Reader, keyId: string): Promise<KeyRow | null> {
  const { rows } = await sql<KeyRow>`
    select * from access_key where id = ${keyId}
  `.execute(reader)
  return rows[0] ?? null
}

export async function keysOf(
  reader: Reader,
  organizationId: string,
  serviceUserId: string,
): Promise<AccessKey[]> {
  const { rows } = await sql<KeyRow>`
    select * from access_key
    where organization_id = ${organizationId} and service_user_id = ${serviceUserId}
    order by sequence desc
  `.execute(reader)
  return rows.map(toAccessKey)
}

export async function activeKeyCounts(
  reader: Reader,
  organizationId: string,
  serviceUserIds: string[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ service_user_id: string; count: string }>`
    select service_user_id, count(*) as count from access_key
    where organization_id = ${organizationId} and status = 'ACTIVE'
      and service_user_id = any(${serviceUserIds}::uuid[])
    group by service_user_id
  `.execute(reader)
  return new Map(rows.map((row) => [row.service_user_id, Number(row.count)]))
}

export async function setKeyStatus(
  writer: Writer,
  organizationId: string,
  serviceUserId: string,
  keyId: string,
  status: AccessKey['status'],
): Promise<AccessKey | null> {
  const { rows } = await sql<KeyRow>`
    update access_key set status = ${status}
    where organization_id = ${organizationId} and service_user_id::text = ${serviceUserId}
      and id = ${keyId}
    returning *
  `.execute(writer)
  const [row] = rows
  return row === undefined ? null : toAccessKey(row)
}

export async function deleteKey(
  writer: Writer,
  organizationId: string,
  serviceUserId: string,
  keyId: string,
): Promise<AccessKey | null> {
  const { rows } = await sql<KeyRow>`
    delete from access_key
    where organization_id = ${organizationId} and service_user_id::text = ${serviceUserId}
      and id = ${keyId}
    returning *
  `.execute(writer)
  const [row] = rows
  return row === undefined ? null : toAccessKey(row)
}

export async function markKeyUsed(writer: Writer | Reader, keyId: string, now: number) {
  await sql`
    update access_key set last_used_at = ${new Date(now)} where id = ${keyId}
  `.execute(writer)
}

function toAccessKey(row: KeyRow): AccessKey {
  return {
    accessKeyId: row.id,
    serviceUserId: row.service_user_id,
    status: row.status,
    ...(row.expires_at === null ? {} : { dtExpires: row.expires_at.toISOString() }),
    ...(row.last_used_at === null ? {} : { dtLastUsed: row.last_used_at.toISOString() }),
    dtCreated: row.created_at.toISOString(),
    createdBy: row.created_by,
  }
}
