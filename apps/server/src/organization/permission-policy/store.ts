/** Rows of policies beyond plain reading, and who holds which. */
import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Statement } from '../../kit/permission/statement.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'

/** Who may hold a policy today; the wire knows groups and support users too. */
export type HolderType = 'USER' | 'SERVICEUSER'

export type Holder = { principalType: HolderType; principalId: string }

export type Assignment = Holder & {
  id: string
  version: number
  permissionPolicyId: string
  dtCreated: string
  dtLastModified: string
  createdBy: string
  lastModifiedBy: string
}

type AssignmentRow = {
  id: string
  version: string
  policy_id: string
  principal_type: HolderType
  principal_id: string
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
}

export async function insertManaged(
  writer: Writer,
  scope: Scope,
  policies: { key: string; name: string; statements: Statement[] }[],
): Promise<void> {
  const at = new Date(scope.now)
  for (const { key, name, statements } of policies) {
    const body = JSON.stringify({ name, permissionPolicy: statements })
    await sql`
      insert into permission_policy (organization_id, id, version, created_at, created_by,
        modified_at, modified_by, managed, body)
      values (${scope.organizationId}, ${randomUUID()}, 1, ${at}, ${scope.principalId},
        ${at}, ${scope.principalId}, ${key}, ${body}::jsonb)
    `.execute(writer)
  }
}

export async function findManagedId(
  reader: Reader,
  organizationId: string,
  key: string,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from permission_policy where organization_id = ${organizationId} and managed = ${key}
  `.execute(reader)
  const [row] = rows
  if (row === undefined) throw new Error(`Organization ${organizationId} has no policy ${key}`)
  return row.id
}

/** Keys of the managed ones among these policies. */
export async function managedKeys(
  reader: Reader,
  organizationId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; managed: string }>`
    select id, managed from permission_policy
    where organization_id = ${organizationId} and id = any(${ids}::uuid[]) and managed is not null
  `.execute(reader)
  return new Map(rows.map(({ id, managed }) => [id, managed]))
}

/** Gives a policy; one that is held already stays as it is. */
export async function insertAssignment(
  writer: Writer,
  scope: Scope,
  policyId: string,
  { principalType, principalId }: Holder,
): Promise<Assignment> {
  const at = new Date(scope.now)
  const { rows } = await sql<AssignmentRow>`
    insert into policy_assignment (organization_id, id, version, policy_id, principal_type,
      principal_id, created_at, created_by, modified_at, modified_by)
    values (${scope.organizationId}, ${randomUUID()}, 1, ${policyId}, ${principalType},
      ${principalId}, ${at}, ${scope.principalId}, ${at}, ${scope.principalId})
    on conflict (organization_id, principal_type, principal_id, policy_id)
      do update set version = policy_assignment.version
    returning *
  `.execute(writer)
  const [row] = rows
  if (row === undefined) throw new Error('The assignment was not stored')
  return toAssignment(row)
}

export async function deleteAssignment(
  writer: Writer,
  organizationId: string,
  policyId: string,
  { principalType, principalId }: Holder,
): Promise<Assignment | null> {
  const { rows } = await sql<AssignmentRow>`
    delete from policy_assignment
    where organization_id = ${organizationId} and policy_id = ${policyId}
      and principal_type = ${principalType} and principal_id = ${principalId}
    returning *
  `.execute(writer)
  const [row] = rows
  return row === undefined ? null : toAssignment(row)
}

export async function deleteAssignmentsOf(
  writer: Writer,
  organizationId: string,
  { principalType, principalId }: Holder,
): Promise<void> {
  await sql`
    delete from policy_assignment
    where organization_id = ${organizationId} and principal_type = ${principalType}
      and principal_id = ${principalId}
  `.execute(writer)
}

/** For a list of policies: only those that the principal holds. */
export function isHeldBy(
  organizationId: string,
  { principalType, principalId }: Holder,
): RawBuilder<unknown> {
  return sql`id in (
    select policy_id from policy_assignment
    where organization_id = ${organizationId} and principal_type = ${principalType}
      and principal_id = ${principalId}
  )`
}

export async function holdersOf(
  reader: Reader,
  organizationId: string,
  policyId: string,
): Promise<(Holder & { name: string })[]> {
  const { rows } = await sql<Holder & { name: string }>`
    select principal_type as "principalType", principal_id as "principalId",
      coalesce(person.first_name || ' ' || person.last_name, service_user.body->>'name', '') as name
    from policy_assignment
      left join person on principal_type = 'USER' and person.id = principal_id
      left join service_user on principal_type = 'SERVICEUSER'
        and service_user.organization_id = policy_assignment.organization_id
        and service_user.id = principal_id
    where policy_assignment.organization_id = ${organizationId} and policy_id = ${policyId}
    order by name
  `.execute(reader)
  return rows
}

/** Everything one principal may and may not do: statements of its policies and its own. */
export async function statementsOf(
  reader: Reader,
  organizationId: string,
  { principalType, principalId }: Holder,
): Promise<{ managed: string | null; statements: Statement[] }[]> {
  const { rows } = await sql<{ managed: string | null; statements: Statement[] }>`
    select managed, body->'permissionPolicy' as statements
    from policy_assignment
      join permission_policy on permission_policy.organization_id = ${organizationId}
        and permission_policy.id = policy_id
    where policy_assignment.organization_id = ${organizationId}
      and principal_type = ${principalType} and principal_id = ${principalId}
    union all
    select null, statements from membership
    where organization_id = ${organizationId} and ${principalType} = 'USER'
      and user_id = ${principalId}
  `.execute(reader)
  return rows
}

/** Active people with the policy; service users do not keep an organization open. */
export async function activeUserHolders(
  writer: Writer,
  organizationId: string,
  policyId: string,
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select user_id from membership
      join policy_assignment on policy_assignment.organization_id = ${organizationId}
        and principal_type = 'USER' and principal_id = user_id and policy_id = ${policyId}
    where membership.organization_id = ${organizationId} and status = 'ACTIVE'
      and (access_ends_at is null or access_ends_at > ${new Date(now)})
    for update of membership
  `.execute(writer)
  return rows.map(({ user_id }) => user_id)
}

export async function holderExists(
  reader: Reader,
  organizationId: string,
  { principalType, principalId }: Holder,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${sql.table(principalType === 'USER' ? 'membership' : 'service_user')}
    where organization_id = ${organizationId}
      and ${sql.ref(principalType === 'USER' ? 'user_id' : 'id')} = ${principalId}
  `.execute(reader)
  return rows.length > 0
}

function toAssignment(row: AssignmentRow): Assignment {
  return {
    id: row.id,
    version: Number(row.version),
    permissionPolicyId: row.policy_id,
    principalId: row.principal_id,
    principalType: row.principal_type,
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    createdBy: row.created_by,
    lastModifiedBy: row.modified_by,
  }
}
