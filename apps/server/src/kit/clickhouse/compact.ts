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
/** Less is not worth writing the rest again: so a row is written eight times more, at most. */
const NEW_SHARE = 1 / 8

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
  const isOften = bytes - largest < bytes * NEW_SHARE
  return parts > 1 && idle >= idleSeconds && bytes <= BYTES_MAX && !isOften
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
