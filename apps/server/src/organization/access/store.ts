/** What the gate asks of memberships. */
import { sql } from 'kysely'
import type { Reader } from '../../kit/postgres/database.ts'

export type MembershipState = {
  status: 'ACTIVE' | 'INACTIVE'
  access_ends_at: Date | null
  /** Of the instance (organization 5.1, `supportUser`). */
  is_operator: boolean
}

export async function findMembership(
  reader: Reader,
  organizationId: string,
  userId: string,
): Promise<MembershipState | null> {
  const { rows } = await sql<MembershipState>`
    select status, access_ends_at, is_support as is_operator
    from membership join person on person.id = user_id
    where organization_id = ${organizationId} and user_id = ${userId}
  `.execute(reader)
  return rows[0] ?? null
}
