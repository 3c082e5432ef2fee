/**
 * Measurements carry the number of their organization, and every configuration store counts its
 * organizations from one: those of two instances in one event store could not be told apart.
 */
import { createHash } from 'node:crypto'
import type { EventDatabase } from './event-database.ts'
import { EventStoreError } from './open.ts'

/**
 * Makes the event store the instance's own if it is nobody's yet; refuses it when it is another's.
 * The secret is what all processes of an instance, and its backups, have in common.
 */
export async function claimEvents(events: EventDatabase, instanceSecret: string): Promise<void> {
  const instance = createHash('sha256')
    .update(`owner of measurements ${instanceSecret}`)
    .digest('hex')
  // A row could be written by two at once; a table is made by one, and says by whom.
  await events.command(
    `create table if not exists owner (nothing UInt8) engine = Null comment '${instance}'`,
  )
  const [owner] = await events.query<{ comment: string }>(
    "select comment from system.tables where database = currentDatabase() and name = 'owner'",
  )
  if (owner?.comment === instance) return
  throw new EventStoreError(
    'The measurements in this event store belong to another configuration store, whose organizations have the same numbers. Set DATABASE_URL and DATA_DIR to those they came with, or CLICKHOUSE_URL to a database of its own for this instance.',
  )
}
