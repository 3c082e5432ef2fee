/** Rows of organizations. */
import type {
  OrganizationBody,
  OrganizationDetails,
} from '@countinghouse/contract/organization/organization.ts'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { OrganizationRef } from '../../kit/principal.ts'
import type { Scope } from '../../kit/resource/hooks.ts'

export type OrganizationStatus = OrganizationDetails['status']

export async function insertOrganization(
  writer: Writer,
  scope: Scope,
  details: { name: string; shortName: string | undefined; type: OrganizationDetails['type'] },
): Promise<OrganizationRef> {
  const at = new Date(scope.now)
  const { rows } = await sql<OrganizationRef>`
    insert into organization
      (id, name, short_name, type, created_at, created_by, modified_at, modified_by)
    values (${scope.organizationId}, ${details.name}, ${details.shortName ?? null}, ${details.type},
      ${at}, ${scope.principalId}, ${at}, ${scope.principalId})
    returning id, number, name
  `.execute(writer)
  const [row] = rows
  if (row === undefined) throw new Error('The organization was not stored')
  return row
}

export async function findOrganization(
  reader: Reader,
  id: string,
): Promise<(OrganizationRef & { status: OrganizationStatus }) | null> {
  const { rows } = await sql<OrganizationRef & { status: OrganizationStatus }>`
    select id, number, name, status from organization where id = ${id}
  `.execute(reader)
  return rows[0] ?? null
}

type Row = {
  id: string
  version: string
  name: string
  short_name: string | null
  type: OrganizationDetails['type']
  status: OrganizationStatus
  customer_id: string | null
  body: Omit<OrganizationBody, 'organizationName' | 'shortName'>
  created_at: Date
  created_by: string | null
  modified_at: Date
  modified_by: string | null
}

export async function readDetails(reader: Reader, id: string): Promise<OrganizationDetails> {
  const { rows } = await sql<Row>`select * from organization where id = ${id}`.execute(reader)
  const [row] = rows
  if (row === undefined) throw new Error(`There is no organization ${id}`)
  return {
    ...row.body,
    id: row.id,
    orgId: row.id,
    version: Number(row.version),
    organizationName: row.name,
    ...(row.short_name === null ? {} : { shortName: row.short_name }),
    ...(row.customer_id === null ? {} : { customerId: row.customer_id }),
    type: row.type,
    status: row.status,
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    ...(row.modified_by === null ? {} : { lastModifiedBy: row.modified_by }),
  }
}

export async function lockOrganization(writer: Writer, id: string): Promise<{ version: number }> {
  const { rows } = await sql<{ version: string }>`
    select version from organization where id = ${id} for update
  `.execute(writer)
  return { version: Number(rows[0]?.version) }
}

export async function replaceDetails(
  writer: Writer,
  scope: Scope,
  body: OrganizationBody,
): Promise<void> {
  const { organizationName, shortName, ...rest } = body
  await sql`
    update organization set name = ${organizationName}, short_name = ${shortName ?? null},
      body = ${JSON.stringify(rest)}::jsonb, version = version + 1,
      modified_at = ${new Date(scope.now)}, modified_by = ${scope.principalId}
    where id = ${scope.organizationId}
  `.execute(writer)
}

export async function replaceStatus(
  writer: Writer,
  scope: Scope,
  status: OrganizationStatus,
): Promise<void> {
  await sql`
    update organization set status = ${status}, version = version + 1,
      modified_at = ${new Date(scope.now)}, modified_by = ${scope.principalId}
    where id = ${scope.organizationId}
  `.execute(writer)
}

/** Every organization of the instance, by age. */
export async function allOrganizations(
  reader: Reader,
): Promise<(OrganizationRef & { status: OrganizationStatus })[]> {
  const { rows } = await sql<OrganizationRef & { status: OrganizationStatus }>`
    select id, number, name, status from organization order by number
  `.execute(reader)
  return rows
}
