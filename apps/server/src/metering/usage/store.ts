/** Reads usage from the event store. Every statement filters by organization first. */
import type { EventDatabase } from '../../kit/clickhouse/event-database.ts'
import { toEventTime } from '../measurement/store.ts'
import { aggregateSql, type QuestionGroup, type Row } from './service/aggregate-sql.ts'
import { segmentSql } from './service/segment-sql.ts'
import type { ExplorerQuestion } from './service/usage-query.ts'
import type { AggregationQuestion } from './service/usage-question.ts'
import { groupedSql, rowsSql } from './service/usage-sql.ts'
import { wholeNumber } from './service/value-sql.ts'

export async function readAggregates(
  events: EventDatabase,
  organization: number,
  group: QuestionGroup,
): Promise<Row[]> {
  const { sql, parameters } = aggregateSql(organization, group)
  return events.query<Row>(sql, parameters)
}

/** The measurements behind one value. */
export type BehindQuestion = {
  aggregation: AggregationQuestion
  account: number
  segment?: number
  from: number
  to: number
  /** Only what had come in by then, the instant included. */
  receivedUntil: number
}

export type BehindRow = {
  uid: string
  ts: string
  ets: string | null
  received_at: string
  arrival: string
  value: string | null
}

export async function countBehind(
  events: EventDatabase,
  organization: number,
  question: BehindQuestion,
): Promise<{ total: string; since: string }> {
  const { condition, parameters } = behind(organization, question)
  const [row] = await events.query<{ total: string; since: string }>(
    `select countIf(${RECEIVED_BY_THEN}) as total, countIf(not ${RECEIVED_BY_THEN}) as since
     from event where ${condition}`,
    parameters,
  )
  return row ?? { total: '0', since: '0' }
}

const RECEIVED_BY_THEN = `(event.received_at <= {until:DateTime64(3, 'UTC')})`

/** Newest first; equal times by receipt, then arrival, as LATEST ranks them. */
export async function readBehind(
  events: EventDatabase,
  organization: number,
  question: BehindQuestion,
  page: { limit: number; after: { ts: number; receivedAt: number; arrival: string } | null },
): Promise<BehindRow[]> {
  const { condition, parameters, value } = behind(organization, question)
  const { after, limit } = page
  const next =
    after === null
      ? ''
      : `and (toUnixTimestamp64Milli(ts), toUnixTimestamp64Milli(event.received_at), arrival)
          < ({after_ts:Int64}, {after_received:Int64}, {after_arrival:UInt64})`
  return events.query<BehindRow>(
    `select uid, toUnixTimestamp64Milli(ts) as ts, toUnixTimestamp64Milli(ets) as ets,
       toUnixTimestamp64Milli(received_at) as received_at, arrival, ${value} as value
     from (select * from event where ${condition} and ${RECEIVED_BY_THEN} ${next}
       order by event.ts desc, event.received_at desc, arrival desc limit {limit:UInt32})`,
    {
      ...parameters,
      limit,
      ...(after && {
        after_ts: after.ts,
        after_received: after.receivedAt,
        after_arrival: after.arrival,
      }),
    },
  )
}

function behind(organization: number, question: BehindQuestion) {
  const { aggregation, account, segment, from, to, receivedUntil } = question
  const { target, segmentation, meter } = aggregation
  const value = `${target.kind === 'text' ? 'texts' : 'numbers'}[${wholeNumber(target.slot)}]`
  const parameters: Record<string, unknown> = {
    org: organization,
    meter,
    account,
    from: toEventTime(from),
    to: toEventTime(to),
    until: toEventTime(receivedUntil),
  }
  const inSegment =
    segmentation === null || segment === undefined
      ? ''
      : ` and ${segmentSql(segmentation, parameters)} = ${wholeNumber(segment)}`
  const condition = `org = {org:UInt32} and meter = {meter:UInt32} and account = {account:UInt32}
    and ts >= {from:DateTime64(3, 'UTC')} and ts < {to:DateTime64(3, 'UTC')}
    and isNotNull(${value})${inSegment}`
  return { condition, parameters, value }
}

export type EventRow = {
  uid: string
  meter: number
  account: number
  ts: string
  ets: string | null
  received_at: string
  texts: (string | null)[]
  numbers: (string | null)[]
}

export function readEvents(
  events: EventDatabase,
  organization: number,
  question: ExplorerQuestion,
): Promise<EventRow[]> {
  const { sql, parameters } = rowsSql(organization, question)
  return events.query<EventRow>(sql, parameters)
}

export type GroupedRow = Record<string, string | number | null>

export function readGroups(
  events: EventDatabase,
  organization: number,
  question: ExplorerQuestion,
): Promise<GroupedRow[]> {
  const { sql, parameters } = groupedSql(organization, question)
  return events.query<GroupedRow>(sql, parameters)
}

/** Values of a text field since then, the most frequent first. */
export async function readFieldValues(
  events: EventDatabase,
  organization: number,
  field: { meter: number; slot: number; since: number; search: string; limit: number },
): Promise<{ value: string; count: number }[]> {
  const text = `texts[${wholeNumber(field.slot)}]`
  const rows = await events.query<{ value: string; total: string }>(
    `select assumeNotNull(${text}) as value, count() as total from event
     where org = {org:UInt32} and meter = {meter:UInt32}
       and ts >= {since:DateTime64(3, 'UTC')} and isNotNull(${text})
       and positionCaseInsensitiveUTF8(assumeNotNull(${text}), {search:String}) > 0
     group by value order by total desc, value limit {limit:UInt32}`,
    {
      org: organization,
      meter: field.meter,
      since: toEventTime(field.since),
      search: field.search,
      limit: field.limit,
    },
  )
  return rows.map(({ value, total }) => ({ value, count: Number(total) }))
}

/** What of a meter arrived last. */
export function readRecent(
  events: EventDatabase,
  organization: number,
  recent: { meter: number; since: number; limit: number },
): Promise<EventRow[]> {
  return events.query<EventRow>(
    `select uid, meter, account, toUnixTimestamp64Milli(ts) as ts,
       toUnixTimestamp64Milli(ets) as ets, toUnixTimestamp64Milli(received_at) as received_at,
       texts, numbers
     from (
       select * from event
       where org = {org:UInt32} and meter = {meter:UInt32}
         and event.received_at >= {since:DateTime64(3, 'UTC')}
       order by event.received_at desc, arrival desc limit {limit:UInt32})`,
    {
      org: organization,
      meter: recent.meter,
      since: toEventTime(recent.since),
      limit: recent.limit,
    },
  )
}
