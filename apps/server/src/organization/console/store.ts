/** What the Console remembers for a person in an organization. */
import { sql } from 'kysely'
import { ADMINISTRATOR } from '../../kit/permission/managed-policies.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'

export const RECENT_ACCOUNTS = 10

export async function markOpened(
  reader: Reader,
  organizationId: string,
  userId: string,
  now: number,
): Promise<void> {
  await sql`
    update membership set last_opened_at = ${new Date(now)}
    where organization_id = ${organizationId} and user_id = ${userId}
  `.execute(reader)
}

export async function isChecklistDismissed(
  reader: Reader,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  const { rows } = await sql<{ dismissed: boolean }>`
    select is_checklist_dismissed as dismissed from membership
    where organization_id = ${organizationId} and user_id = ${userId}
  `.execute(reader)
  return rows[0]?.dismissed ?? false
}

export async function setChecklistDismissed(
  reader: Reader,
  organizationId: string,
  userId: string,
  isDismissed: boolean,
): Promise<void> {
  await sql`
    update membership set is_checklist_dismissed = ${isDismissed}
    where organization_id = ${organizationId} and user_id = ${userId}
  `.execute(reader)
}

export async function recordVisit(
  writer: Writer,
  organizationId: string,
  userId: string,
  accountId: string,
  now: number,
): Promise<void> {
  await sql`
    insert into account_visit (organization_id, user_id, account_id, visited_at)
    values (${organizationId}, ${userId}, ${accountId}, ${new Date(now)})
    on conflict (organization_id, user_id, account_id) do update set visited_at = excluded.visited_at
  `.execute(writer)
  // A little more than is shown is kept, because deleted accounts drop out.
  await sql`
    delete from account_visit
    where organization_id = ${organizationId} and user_id = ${userId} and account_id not in (
      select account_id from account_visit
      where organization_id = ${organizationId} and user_id = ${userId}
      order by visited_at desc limit ${RECENT_ACCOUNTS * 3})
  `.execute(writer)
}

export async function recentVisits(
  reader: Reader,
  organizationId: string,
  userId: string,
): Promise<{ account_id: string; visited_at: Date }[]> {
  const { rows } = await sql<{ account_id: string; visited_at: Date }>`
    select account_id, visited_at from account_visit
    where organization_id = ${organizationId} and user_id = ${userId}
    order by visited_at desc limit ${RECENT_ACCOUNTS * 3}
  `.execute(reader)
  return rows
}

export type PrincipalName = { id: string; name: string; kind: 'USER' | 'SERVICE_USER' }

/** Names of members and programs of this organization; nobody else's. */
export async function principalNames(
  reader: Reader,
  organizationId: string,
  ids: string[],
): Promise<PrincipalName[]> {
  const { rows } = await sql<PrincipalName>`
    select person.id, first_name || ' ' || last_name as name, 'USER' as kind
    from person join membership on user_id = person.id and organization_id = ${organizationId}
    where person.id = any(${ids}::uuid[])
    union all
    select id, body->>'name', 'SERVICE_USER' from service_user
    where organization_id = ${organizationId} and id = any(${ids}::uuid[])
  `.execute(reader)
  return rows
}

/** Active members who hold the policy Administrator, those who came first first. */
export async function administratorNames(
  reader: Reader,
  organizationId: string,
  now: number,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select person.id, first_name || ' ' || last_name as name
    from policy_assignment assigned
      join permission_policy policy on policy.organization_id = assigned.organization_id
        and policy.id = policy_id and managed = ${ADMINISTRATOR}
      join membership on membership.organization_id = assigned.organization_id
        and user_id = principal_id and status = 'ACTIVE'
        and (access_ends_at is null or access_ends_at > ${new Date(now)})
      join person on person.id = user_id
    where assigned.organization_id = ${organizationId} and principal_type = 'USER'
    order by membership.sequence
  `.execute(reader)
  return rows
}
