import { sql } from 'kysely'
import type { Writer } from '../../kit/postgres/database.ts'

/**
 * Until the transaction ends nobody else saves a calculation of this organization or takes away a
 * name that one may read: what a check saw still holds when its result is stored.
 */
export async function lockCalculations(writer: Writer, organizationId: string): Promise<void> {
  const key = `calculations:${organizationId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(writer)
}
