/** Events of an organization: changes in PostgreSQL, refused measurements in the event store. */

import { type RawBuilder, sql } from 'kysely'
import type { EventDatabase } from '../../kit/clickhouse/event-database.ts'
import type { Visibility } from '../../kit/permission/evaluate.ts'
import { visibleConditions } from '../../kit/permission/visible.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import { isUuid } from '../../kit/resource/page.ts'
import { toEventTime } from '../measurement/store.ts'

/** A place in the list, newest first. */
export type Cursor = { at: number; id: string }

export type EventFilter = {
  /** Older ones are no longer shown. */
  since: number
  before: Cursor | null
  limit: number
  ids: string[] | null
  names: string[] | null
  type: string | null
  accountId: string | null
  /** Who did it. */
  doer: string | null
  resourceId: string | null
  includeActioned: boolean
  visible: Visibility
}

export type ChangeRow = {
  id: string
  name: string
  occurred_at: Date
  actioned_at: Date | null
  /** Who did it; null for what was done before this was kept. */
  principal_id: string | null
  /** JSON as text: a number in it may have more digits than a double keeps. */
  body: string
}

export async function readChanges(
  reader: Reader,
  organizationId: string,
  filter: EventFilter,
): Promise<ChangeRow[]> {
  const { accountId, before, ids, includeActioned, limit, names, resourceId, type } = filter
  const { rows } = await sql<ChangeRow>`
    select id, name, occurred_at, actioned_at, principal_id, body::text as body from domain_event
    where organization_id = ${organizationId}
      and occurred_at > ${new Date(filter.since)}
      ${ids === null ? sql`` : sql`and id = any(${ids}::uuid[])`}
      and ${sql.join([sql`true`, ...visibleConditions(filter.visible)], sql` and `)}
      ${names === null ? sql`` : sql`and name = any(${names}::text[])`}
      ${type === null ? sql`` : sql`and type = ${type}`}
      ${accountId === null ? sql`` : sql`and ${isAbout(accountId, ['account_id', 'resource_id'])}`}
      ${filter.doer === null ? sql`` : sql`and principal_id = ${filter.doer}`}
      ${resourceId === null ? sql`` : sql`and ${isAbout(resourceId, ['resource_id'])}`}
      ${includeActioned ? sql`` : sql`and actioned_at is null`}
      ${
        before === null
          ? sql``
          : sql`and (occurred_at, id::text) < (${new Date(before.at)}, ${before.id})`
      }
    order by occurred_at desc, id::text desc
    limit ${limit}
  `.execute(reader)
  return rows
}

/** Nothing is about what is no id. */
function isAbout(id: string, columns: string[]): RawBuilder<unknown> {
  if (!isUuid(id)) return sql`false`
  const either = columns.map((column) => sql`${sql.ref(column)} = ${id}::uuid`)
  return sql`(${sql.join(either, sql` or `)})`
}

/** How many of them there are; marks them or takes the mark away. */
export async function markChanges(
  writer: Writer,
  organizationId: string,
  ids: string[],
  mark: { actionedAt: Date | null; by: string },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update domain_event
    set actioned_at = ${mark.actionedAt}, actioned_by = ${mark.actionedAt === null ? null : mark.by}
    where organization_id = ${organizationId} and id = any(${ids}::uuid[])
    returning id
  `.execute(writer)
  return rows.map(({ id }) => id)
}

export type RefusalEvent = {
  id: string
  first_at: string
  last_at: string
  actioned_at: string | null
  type: string
  message: string
  meter: string
  account: string
  account_id: string
  uid: string
  ts: string
  field: string
  count: string
  uids: string[]
  content_differs: number
}

/** One event for all occurrences of one refusal, dated by the first. */
export function readRefusals(
  events: EventDatabase,
  organization: number,
  filter: EventFilter,
): Promise<RefusalEvent[]> {
  const { accountId, before, ids, includeActioned, limit, since, visible } = filter
  const isDone = 'marks.is_actioned = 1 and marks.marked_at >= refusals.last_seen'
  return events.query<RefusalEvent>(
    `select toString(refusals.id) as id, toUnixTimestamp64Milli(first_seen) as first_at,
       toUnixTimestamp64Milli(last_seen) as last_at,
       if(${isDone}, toUnixTimestamp64Milli(marks.marked_at), null) as actioned_at,
       type, message, meter, account, account_id, uid, toUnixTimestamp64Milli(ts) as ts, field,
       count, uids, content_differs
     from (
       select id, min(received_at) as first_seen, max(received_at) as last_seen,
         any(refusal.type) as type, argMax(refusal.message, received_at) as message,
         any(refusal.meter) as meter, argMax(refusal.account, received_at) as account,
         argMax(refusal.account_id, received_at) as account_id, any(refusal.uid) as uid,
         argMax(refusal.ts, received_at) as ts, any(refusal.field) as field,
         sum(refusal.repeats) as count, argMax(refusal.uids, received_at) as uids,
         max(refusal.content_differs) as content_differs
       from refusal
       where org = {org:UInt32} and received_at > {since:DateTime64(3, 'UTC')}
         ${ids === null ? '' : 'and id in {ids:Array(UUID)}'}
         ${visible.only === null ? '' : 'and id in {only:Array(UUID)}'}
         ${visible.except.length === 0 ? '' : 'and id not in {except:Array(UUID)}'}
         ${accountId === null ? '' : 'and refusal.account_id = {account:String}'}
       group by id
     ) as refusals
     left join (
       select id, argMax(refusal_mark.is_actioned, refusal_mark.marked_at) as is_actioned,
         max(refusal_mark.marked_at) as marked_at
       from refusal_mark where org = {org:UInt32} group by id
     ) as marks on marks.id = refusals.id
     where ${includeActioned ? 'true' : `not (${isDone})`}
       ${before === null ? '' : 'and (toUnixTimestamp64Milli(first_seen), toString(refusals.id)) < ({before_at:Int64}, {before_id:String})'}
     order by first_seen desc, toString(refusals.id) desc
     limit {limit:UInt32}`,
    {
      org: organization,
      since: toEventTime(since),
      limit,
      ...(ids !== null && { ids }),
      ...(visible.only !== null && { only: visible.only.filter(isUuid) }),
      ...(visible.except.length > 0 && { except: visible.except.filter(isUuid) }),
      ...(accountId !== null && { account: accountId }),
      ...(before !== null && { before_at: before.at, before_id: before.id }),
    },
  )
}

export async function markRefusals(
  events: EventDatabase,
  organization: number,
  ids: string[],
  mark: { at: number; isActioned: boolean; by: string; token: string },
): Promise<void> {
  const at = toEventTime(mark.at)
  const lines = ids.map(
    (id) => `${organization}\t${id}\t${at}\t${mark.isActioned ? 1 : 0}\t${mark.by}\n`,
  )
  await events.insertText(
    'refusal_mark',
    ['org', 'id', 'marked_at', 'is_actioned', 'marked_by'],
    lines.join(''),
    mark.token,
  )
}

export type Original = {
  type: string
  message: string
  field: string
  received_at: string
  raw: string
}

/** The measurement of the latest occurrence, as it was sent. */
export async function readOriginal(
  events: EventDatabase,
  organization: number,
  id: string,
): Promise<Original | undefined> {
  const [found] = await events.query<Original>(
    `select type, message, field, toUnixTimestamp64Milli(refusal.received_at) as received_at, raw
     from refusal where org = {org:UInt32} and id = {id:UUID}
     order by refusal.received_at desc limit 1`,
    { org: organization, id },
  )
  return found
}

/** Takes away what is too old to be shown. */
export async function purge(
  database: { transaction<T>(work: (writer: Writer) => Promise<T>): Promise<T> },
  events: EventDatabase,
  before: number,
): Promise<void> {
  await events.command(
    "alter table refusal delete where received_at <= {before:DateTime64(3, 'UTC')} settings mutations_sync=1",
    { before: toEventTime(before) },
  )
  await events.command(
    "alter table refusal_mark delete where marked_at <= {before:DateTime64(3, 'UTC')} settings mutations_sync=1",
    { before: toEventTime(before) },
  )
  await database.transaction((writer) =>
    sql`delete from domain_event where occurred_at <= ${new Date(before)}`.execute(writer),
  )
}
