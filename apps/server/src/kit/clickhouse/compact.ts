/**
 * Keeps parts few where nothing arrives any more: a question that reads little pays mostly for each
 * part it looks into. While rows arrive the engine merges by itself, but it leaves about ten parts
 * of a month behind, and takes a day to bring them down.
 */
import type { EventDatabase } from './event-database.ts'

export type Partition = {
  table: string
  partition: string
  parts: number
  bytes: number
  /** Bytes of its largest part. */
  largest: number
  /** Seconds since a part of it was written last. */
  idle: number
}

/** A larger one takes minutes to write anew, and its questions are long beside what parts cost. */
const BYTES_MAX = 1024 ** 3
/** With less that is new, writing the rest again is not worth it … */
const NEW_SHARE = 1 / 8
/** … unless it has been idle for long: so the disk never writes more than this for it. */
const BYTES_PER_IDLE_SECOND = 4 * 1024 ** 2

/** Makes one part of each partition that has been idle for so many seconds and is worth it. */
export async function compactIdle(
  events: EventDatabase,
  tables: string[],
  idleSeconds: number,
): Promise<Partition[]> {
  const partitions = (await readPartitions(events, tables)).filter((partition) =>
    isWorthCompacting(partition, idleSeconds),
  )
  for (const { table, partition } of partitions) {
    await events.command(`optimize table ${table} partition id '${partition}' final`)
  }
  return partitions
}

export function isWorthCompacting(partition: Partition, idleSeconds: number): boolean {
  const { parts, bytes, largest, idle } = partition
  if (parts === 1 || idle < idleSeconds || bytes > BYTES_MAX) return false
  return bytes - largest >= bytes * NEW_SHARE || bytes <= idle * BYTES_PER_IDLE_SECOND
}

async function readPartitions(events: EventDatabase, tables: string[]): Promise<Partition[]> {
  const rows = await events.query<Record<keyof Partition, string>>(
    `select table, partition_id as partition, count() as parts, sum(bytes_on_disk) as bytes,
       max(bytes_on_disk) as largest, dateDiff('second', max(modification_time), now()) as idle
     from system.parts
     where database = currentDatabase() and active and table in {tables:Array(String)}
     group by table, partition_id
     order by table, partition_id`,
    { tables },
  )
  return rows.map(({ table, partition, parts, bytes, largest, idle }) => ({
    table,
    partition,
    parts: Number(parts),
    bytes: Number(bytes),
    largest: Number(largest),
    idle: Number(idle),
  }))
}
