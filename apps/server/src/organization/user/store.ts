/** Rows of people and of their memberships. */
import type { User } from '@countinghouse/contract/organization/user.ts'
import { type RawBuilder, sql } from 'kysely'
import { ADMINISTRATOR } from '../../kit/permission/managed-policies.ts'
import type { Statement } from '../../kit/permission/statement.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'

export type Preferences = {
  theme?: 'SYSTEM' | 'LIGHT' | 'DARK'
  isNavCollapsed?: boolean
  timeDisplay?: 'ORGANIZATION' | 'BROWSER'
}

export type PersonRow = {
  id: string
  version: string
  email: string
  first_name: string
  last_name: string
  contact_number: string | null
  is_support: boolean
  terms_first_accepted_at: Date | null
  terms_last_accepted_at: Date | null
  last_signed_in_at: Date | null
  preferences: Preferences
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
}

export type NewPerson = { id: string; email: string; firstName: string; lastName: string }

export async function insertPerson(
  writer: Writer,
  person: NewPerson,
  by: { principalId: string; now: number },
): Promise<void> {
  const at = new Date(by.now)
  await sql`
    insert into person (id, version, email, first_name, last_name, created_at, created_by,
      modified_at, modified_by)
    values (${person.id}, 1, ${person.email}, ${person.firstName}, ${person.lastName}, ${at},
      ${by.principalId}, ${at}, ${by.principalId})
  `.execute(writer)
}

export async function findPerson(reader: Reader, id: string): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`select * from person where id = ${id}`.execute(reader)
  return rows[0] ?? null
}

export async function findPersonByEmail(reader: Reader, email: string): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`
    select * from person where lower(email) = lower(${email})
  `.execute(reader)
  return rows[0] ?? null
}

export async function countPeople(reader: Reader): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from person`.execute(
    reader,
  )
  return Number(rows[0]?.count ?? 0)
}

/** The oldest person who may do everything somewhere. */
export async function firstAdministrator(reader: Reader): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`
    select person.* from person
      join policy_assignment on principal_type = 'USER' and principal_id = person.id
      join permission_policy on permission_policy.id = policy_id
        and permission_policy.organization_id = policy_assignment.organization_id
        and managed = ${ADMINISTRATOR}
    order by person.created_at limit 1
  `.execute(reader)
  return rows[0] ?? null
}

export async function updatePerson(
  writer: Writer,
  person: PersonRow,
  change: {
    firstName: string
    lastName: string
    contactNumber: string | null
    preferences: Preferences
  },
  now: number,
): Promise<void> {
  await sql`
    update person set first_name = ${change.firstName}, last_name = ${change.lastName},
      contact_number = ${change.contactNumber},
      preferences = ${JSON.stringify(change.preferences)}::jsonb, version = version + 1,
      modified_at = ${new Date(now)}, modified_by = ${person.id}
    where id = ${person.id}
  `.execute(writer)
}

export async function markSignedIn(reader: Reader, id: string, now: number): Promise<void> {
  await sql`update person set last_signed_in_at = ${new Date(now)} where id = ${id}`.execute(reader)
}

/** Operators of the instance may read archived organizations of theirs (organization 1). */
export async function setOperator(writer: Writer, id: string, isOperator: boolean): Promise<void> {
  await sql`
    update person set is_support = ${isOperator}, version = version + 1 where id = ${id}
  `.execute(writer)
}

export async function insertMembership(
  writer: Writer,
  scope: Scope,
  userId: string,
): Promise<void> {
  const at = new Date(scope.now)
  await sql`
    insert into membership (organization_id, user_id, version, status, created_at, created_by,
      modified_at, modified_by)
    values (${scope.organizationId}, ${userId}, 1, 'ACTIVE', ${at}, ${scope.principalId}, ${at},
      ${scope.principalId})
    on conflict (organization_id, user_id) do nothing
  `.execute(writer)
}

/** A member as the API shows one: the person, with this organization's membership. */
export type MemberRow = PersonRow & {
  sequence: string
  membership_version: string
  status: 'ACTIVE' | 'INACTIVE'
  access_ends_at: Date | null
  statements: Statement[]
  organizations: string[]
  member_created_at: Date
  member_created_by: string
  member_modified_at: Date
  member_modified_by: string
}

const memberColumns = sql`
  person.*, membership.sequence, membership.version as membership_version, membership.status,
  membership.access_ends_at, membership.statements,
  membership.created_at as member_created_at, membership.created_by as member_created_by,
  membership.modified_at as member_modified_at, membership.modified_by as member_modified_by,
  -- NOTE: only this organization: where else somebody works is nobody's business here.
  array[membership.organization_id::text] as organizations
`

export async function listMembers(
  reader: Reader,
  organizationId: string,
  page: {
    after: string | null
    limit: number
    ids: string[] | undefined
    more?: RawBuilder<unknown>[]
  },
): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    select ${memberColumns}
    from membership join person on person.id = user_id
    where organization_id = ${organizationId}
      and (${page.after}::bigint is null or sequence < ${page.after}::bigint)
      and (${page.ids ?? null}::uuid[] is null or user_id = any(${page.ids ?? null}::uuid[]))
      and ${sql.join([sql`true`, ...(page.more ?? [])], sql` and `)}
    order by sequence desc limit ${page.limit}
  `.execute(reader)
  return rows
}

export async function findMember(
  reader: Reader,
  organizationId: string,
  userId: string,
): Promise<MemberRow | null> {
  const [member] = await listMembers(reader, organizationId, {
    after: null,
    limit: 1,
    ids: [userId],
  })
  return member ?? null
}

export async function lockMember(
  writer: Writer,
  organizationId: string,
  userId: string,
): Promise<{ version: number; status: User['status'] } | null> {
  const { rows } = await sql<{ version: string; status: User['status'] }>`
    select version, status from membership
    where organization_id = ${organizationId} and user_id = ${userId} for update
  `.execute(writer)
  const [row] = rows
  return row === undefined ? null : { version: Number(row.version), status: row.status }
}

export async function replaceMembership(
  writer: Writer,
  scope: Scope,
  userId: string,
  change: { statements: Statement[]; endsAt: string | null },
): Promise<void> {
  await sql`
    update membership set statements = ${JSON.stringify(change.statements)}::jsonb,
      access_ends_at = ${change.endsAt}, version = version + 1,
      modified_at = ${new Date(scope.now)}, modified_by = ${scope.principalId}
    where organization_id = ${scope.organizationId} and user_id = ${userId}
  `.execute(writer)
}

export async function setMembershipStatus(
  writer: Writer,
  scope: Scope,
  userId: string,
  status: User['status'],
): Promise<void> {
  await sql`
    update membership set status = ${status}, version = version + 1,
      modified_at = ${new Date(scope.now)}, modified_by = ${scope.principalId}
    where organization_id = ${scope.organizationId} and user_id = ${userId}
  `.execute(writer)
}

export type OwnOrganizationRow = {
  id: string
  name: string
  short_name: string | null
  type: 'PRODUCTION' | 'SANDBOX'
  status: 'ACTIVE' | 'ARCHIVED'
  last_opened_at: Date | null
}

/** Where a person may go, by name: to archived ones operators only. */
export async function organizationsOf(
  reader: Reader,
  userId: string,
  now: number,
): Promise<OwnOrganizationRow[]> {
  const { rows } = await sql<OwnOrganizationRow>`
    select organization.id, name, short_name, type, organization.status, last_opened_at
    from membership
      join organization on organization.id = organization_id
      join person on person.id = user_id
    where user_id = ${userId} and membership.status = 'ACTIVE'
      and (organization.status = 'ACTIVE' or is_support)
      and (access_ends_at is null or access_ends_at > ${new Date(now)})
    order by lower(name), organization.id
  `.execute(reader)
  return rows
}
