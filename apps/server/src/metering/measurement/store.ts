/** SQL of measurements in the event store. Every statement filters by organization first. */
import { randomUUID } from 'node:crypto'
import type { EventDatabase } from '../../kit/clickhouse/event-database.ts'
import { EVENT_COLUMNS, REFUSAL_COLUMNS } from './mapping.ts'
import { uidKey } from './service/uid-key.ts'

export type StoredUid = { uid: string; receivedAt: number; content: number }

/** Longer lists in one statement take more memory and gain nothing. */
const KEYS_PER_QUESTION = 10_000

/** Which of these uids the organization has had since then; the latest copy of each. */
export async function findUids(
  events: EventDatabase,
  organization: number,
  uids: string[],
  since: number,
): Promise<Map<string, StoredUid>> {
  const wanted = new Set(uids)
  const found = new Map<string, StoredUid>()
  for (let at = 0; at < uids.length; at += KEYS_PER_QUESTION) {
    const keys = uids.slice(at, at + KEYS_PER_QUESTION).map((uid) => uidKey(organization, uid))
    // The key only finds candidates; the whole uid decides. `force_optimize_projection` is set in
    // the test, to be sure that the index by uid is used.
    const rows = await events.query<{ uid: string; at: string; content: number }>(FIND_UIDS, {
      org: organization,
      since: toEventTime(since),
      keys,
    })
    for (const row of rows) {
      const receivedAt = Number(row.at)
      const before = found.get(row.uid)
      if (wanted.has(row.uid) && (before === undefined || before.receivedAt < receivedAt)) {
        found.set(row.uid, { uid: row.uid, receivedAt, content: row.content })
      }
    }
  }
  return found
}

export const FIND_UIDS = `
  select uid, toUnixTimestamp64Milli(received_at) as at, content
  from event
  where org = {org:UInt32}
    and received_at > {since:DateTime64(3, 'UTC')}
    and uid_key in {keys:Array(UInt64)}`

/** How many inserts of measurements the store is working on, also for a sender that is gone. */
export async function countRunningInserts(events: EventDatabase): Promise<number> {
  const [row] = await events.query<{ running: string }>(
    `select count() as running from system.processes where query ilike 'insert into event (%'`,
  )
  return Number(row?.running ?? 0)
}

/** Whether anything was measured for the account, on whatever meter. */
export async function hasMeasurements(
  events: EventDatabase,
  organization: number,
  account: number,
): Promise<boolean> {
  const rows = await events.query(
    'select 1 as found from event where org = {org:UInt32} and account = {account:UInt32} limit 1',
    { org: organization, account },
  )
  return rows.length > 0
}

/**
 * When something last arrived for each of the meters, since then. Other organizations and meters are
 * passed over by the sort key; the first instant of a month passes over whole partitions.
 */
export function readLastArrivals(
  events: EventDatabase,
  organization: number,
  asked: { meters: number[]; since: number },
): Promise<{ meter: number; at: string }[]> {
  return events.query<{ meter: number; at: string }>(
    `select meter, toUnixTimestamp64Milli(max(event.received_at)) as at from event
     where org = {org:UInt32} and meter in {meters:Array(UInt32)}
       and event.received_at >= {since:DateTime64(3, 'UTC')}
     group by meter`,
    { org: organization, meters: asked.meters, since: toEventTime(asked.since) },
  )
}

export type Week = { start: number; keys: number[] }

const WEEK_MS = 604_800_000
const KEYS_PER_SLICE = 250_000
const KEY_END = 2 ** 52

/** The keys of all uids since then, in slices that fit into memory, for filling the filter. */
export async function* readUidKeys(events: EventDatabase, since: number): AsyncGenerator<Week> {
  const organizations = await events.query<{ org: number; total: string }>(
    `select org, count() as total from event
     where received_at > {since:DateTime64(3, 'UTC')} group by org`,
    { since: toEventTime(since) },
  )
  for (const { org, total } of organizations) {
    const slices = Math.ceil(Number(total) / KEYS_PER_SLICE)
    const width = Math.ceil(KEY_END / slices)
    for (let slice = 0; slice < slices; slice += 1) {
      const rows = await events.query<{ week: string; keys: string[] }>(SLICE_OF_KEYS, {
        org,
        since: toEventTime(since),
        from: slice * width,
        to: (slice + 1) * width,
      })
      for (const { week, keys } of rows) {
        yield { start: Number(week) * WEEK_MS, keys: keys.map(Number) }
      }
    }
  }
}

const SLICE_OF_KEYS = `
  select intDiv(toUnixTimestamp64Milli(received_at), ${WEEK_MS}) as week, groupArray(uid_key) as keys
  from event
  where org = {org:UInt32}
    and received_at > {since:DateTime64(3, 'UTC')}
    and uid_key >= {from:UInt64} and uid_key < {to:UInt64}
  group by week`

export function newToken(): string {
  return randomUUID()
}

/** One insert is one part: all of it appears in one step, with its uids, or none of it. */
export async function insertEvents(
  events: EventDatabase,
  lines: string,
  token: string,
): Promise<void> {
  await events.insertText('event', EVENT_COLUMNS, lines, token)
}

export async function insertRefusals(
  events: EventDatabase,
  lines: string,
  token: string,
): Promise<void> {
  await events.insertText('refusal', REFUSAL_COLUMNS, lines, token)
}

/** `2024-06-01 00:00:00.000`, as ClickHouse reads it from a parameter. */
export function toEventTime(instant: number): string {
  return new Date(instant).toISOString().slice(0, 23).replace('T', ' ')
}
