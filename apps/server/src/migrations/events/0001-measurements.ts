/**
 * Measurements and the refused ones. The row of an event is at once the claim on its uid: the
 * projection lies in the same part as the rows, and a part appears in one step
 * (docs/decisions/0001-exactly-once-ingest.md).
 */
import type { EventMigration } from '../../kit/clickhouse/migrate.ts'

/** Partitions follow the arrival: the event's own time may be any year, and a block touches few. */
const event = `
  create table event (
    org UInt32,
    meter UInt32,
    account UInt32,
    ts DateTime64(3, 'UTC'),
    ets Nullable(DateTime64(3, 'UTC')),
    received_at DateTime64(3, 'UTC'),
    arrival UInt64,
    uid String,
    uid_key UInt64,
    content UInt32,
    texts Array(Nullable(String)),
    numbers Array(Nullable(Decimal(38, 18))),
    projection by_uid (
      select org, uid_key, received_at, uid, content order by org, uid_key
    )
  )
  engine = {engine}
  partition by toYYYYMM(received_at)
  order by (org, meter, account, ts)
  settings non_replicated_deduplication_window = 1000, fsync_after_insert = 1,
    fsync_part_directory = 1`

const refusal = `
  create table refusal (
    org UInt32,
    received_at DateTime64(3, 'UTC'),
    id UUID,
    type LowCardinality(String),
    message String,
    meter String,
    account String,
    account_id String,
    uid String,
    ts DateTime64(3, 'UTC'),
    field String,
    repeats UInt32,
    uids Array(String),
    content_differs UInt8,
    raw String
  )
  engine = {engine}
  partition by toYYYYMM(received_at)
  order by (org, received_at, id)
  settings non_replicated_deduplication_window = 1000, fsync_after_insert = 1,
    fsync_part_directory = 1`

const refusalMark = `
  create table refusal_mark (
    org UInt32,
    id UUID,
    marked_at DateTime64(3, 'UTC'),
    is_actioned UInt8,
    marked_by String
  )
  engine = {engine}
  order by (org, id)
  settings non_replicated_deduplication_window = 1000, fsync_after_insert = 1,
    fsync_part_directory = 1`

export const measurements: EventMigration = {
  name: '0001-measurements',
  statements: [event, refusal, refusalMark],
}
