/** The list of events (metering 6, integrations 8.2): what changed, and what ingest refused. */
import { randomUUID } from 'node:crypto'
import { type Event, INGEST_FAILURE_EVENT } from '@countinghouse/contract/metering/ingest-event.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { Context } from '../../context.ts'
import { InvalidInputError, NotFoundError } from '../../kit/errors.ts'
import { exactDocument } from '../../kit/exact.ts'
import { everythingVisible, type Visibility } from '../../kit/permission/evaluate.ts'
import type { OrganizationRef } from '../../kit/principal.ts'
import { isUuid, manyOf, type Page, pageSizeOf } from '../../kit/resource/page.ts'
import {
  type ChangeRow,
  type Cursor,
  type EventFilter,
  markChanges,
  markRefusals,
  purge,
  type RefusalEvent,
  readChanges,
  readOriginal,
  readRefusals,
} from './store.ts'

export type EventQuery = {
  pageSize?: number
  nextToken?: string
  ids?: string
  eventName?: string
  eventType?: string
  accountId?: string
  createdBy?: string
  resourceId?: string
  notificationId?: string
  notificationCode?: string
  includeActioned?: boolean
}

const KEPT_MS = 28 * 86_400_000
const PAGE_SIZE_MAX = 100
const REFUSAL_TYPE = 'IngestValidationFailure'

export async function listEvents(
  context: Context,
  organization: OrganizationRef,
  query: EventQuery,
  visible: Visibility,
): Promise<Page<Event>> {
  const pageSize = pageSizeOf(query.pageSize, PAGE_SIZE_MAX)
  const filter = { ...toFilter(query, context.clock.now(), pageSize + 1), visible }
  // Events of notification rules do not exist in this version, so nothing has such an id.
  const found =
    query.notificationId === undefined && query.notificationCode === undefined
      ? await readBoth(context, organization, filter)
      : []
  const shown = found.slice(0, pageSize)
  const last = shown.at(-1)
  const data = shown.map(({ event }) => event)
  return found.length > pageSize && last !== undefined
    ? { data, nextToken: toToken(last) }
    : { data }
}

export async function readEvent(
  context: Context,
  organization: OrganizationRef,
  id: string,
): Promise<Event> {
  const filter = toFilter({ ids: id, includeActioned: true }, context.clock.now(), 1)
  const [found] = await readBoth(context, organization, filter)
  if (found === undefined) throw new NotFoundError(`There is no event ${id}.`)
  return found.event
}

/** Gives the number of events that were marked; ids that do not exist are passed over. */
export async function markEvents(
  context: Context,
  organization: OrganizationRef,
  by: string,
  { actioned, ids }: { actioned: boolean; ids: string[] },
): Promise<number> {
  const now = context.clock.now()
  const changes = await context.database.transaction((writer) =>
    markChanges(writer, organization.id, ids, { actionedAt: actioned ? new Date(now) : null, by }),
  )
  const others = ids.filter((id) => !changes.includes(id))
  if (others.length === 0) return changes.length
  const filter = toFilter({ includeActioned: true }, now, others.length)
  const refusals = await readRefusals(context.events, organization.number, {
    ...filter,
    ids: others,
  })
  await markRefusals(
    context.events,
    organization.number,
    refusals.map(({ id }) => id),
    { at: now, isActioned: actioned, by, token: randomUUID() },
  )
  return changes.length + refusals.length
}

/** What the log file of a refused measurement holds (metering 6.3). */
export async function readFailedIngest(
  { events }: Pick<Context, 'events'>,
  organization: number,
  id: string,
) {
  const found = isUuid(id) ? await readOriginal(events, organization, id) : undefined
  if (found === undefined) {
    throw new NotFoundError('There is no such file, or it is older than 28 days.')
  }
  return {
    errorType: found.type,
    errorMessage: found.message,
    ...(found.field !== '' && { fieldCode: found.field }),
    receivedAt: formatInstant(Number(found.received_at)),
    measurement: JSON.parse(found.raw) as unknown,
  }
}

/** Events are kept for 28 days (metering 6.2). */
export function purgeEvents({ clock, database, events }: Context): Promise<void> {
  return purge(database, events, clock.now() - KEPT_MS)
}

function toFilter(query: EventQuery, now: number, limit: number): EventFilter {
  const { accountId, createdBy, eventName, eventType, resourceId } = query
  const ids = manyOf(query.ids) ?? null
  const others = [accountId, createdBy, eventName, eventType, resourceId, query.notificationId]
  if (ids !== null && others.some((value) => value !== undefined)) {
    const message = 'cannot be combined with other filters. Ask for ids alone.'
    throw new InvalidInputError(`ids ${message}`, [{ field: 'ids', message }])
  }
  return {
    since: now - KEPT_MS,
    before: fromToken(query.nextToken),
    limit,
    ids: ids?.filter(isUuid) ?? null,
    names: manyOf(eventName) ?? null,
    type: eventType ?? null,
    accountId: accountId ?? null,
    doer: createdBy ?? null,
    resourceId: resourceId ?? null,
    includeActioned: query.includeActioned ?? ids !== null,
    visible: everythingVisible,
  }
}

type Listed = Cursor & { event: Event }

/** Both stores give their newest; of the two together the newest are the page. */
async function readBoth(
  context: Context,
  organization: OrganizationRef,
  filter: EventFilter,
): Promise<Listed[]> {
  const wantsRefusals =
    (filter.names === null || filter.names.includes(INGEST_FAILURE_EVENT)) &&
    (filter.type === null || filter.type === REFUSAL_TYPE) &&
    filter.resourceId === null &&
    // Nobody refuses a measurement.
    filter.doer === null
  const [changes, refusals] = await Promise.all([
    readChanges(context.database.reader, organization.id, filter),
    wantsRefusals ? readRefusals(context.events, organization.number, filter) : [],
  ])
  const url = `${context.config.baseUrl}/organizations/${organization.id}/measurements/failedIngest/getDownloadUrl?file=`
  const listed = [
    ...changes.map(toChangeEvent),
    ...refusals.map((refusal) => toFailureEvent(refusal, url)),
  ]
  listed.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
  return listed.slice(0, filter.limit)
}

function toChangeEvent({
  id,
  name,
  occurred_at,
  actioned_at,
  principal_id,
  body,
}: ChangeRow): Listed {
  return {
    at: occurred_at.getTime(),
    id,
    event: {
      id,
      eventName: name,
      eventTime: formatInstant(occurred_at.getTime()),
      m3terEvent: { eventData: exactDocument(body) },
      ...(principal_id !== null && { createdBy: principal_id }),
      dtActioned: actioned_at === null ? null : formatInstant(actioned_at.getTime()),
    },
  }
}

function toFailureEvent(refusal: RefusalEvent, url: string): Listed {
  const at = Number(refusal.first_at)
  const newDto = {
    id: refusal.id,
    type: refusal.type,
    message: refusal.message,
    meterCode: refusal.meter,
    accountCode: refusal.account,
    accountId: refusal.account_id === '' ? null : refusal.account_id,
    uid: refusal.uid,
    ts: formatInstant(Number(refusal.ts)),
    receivedAt: formatInstant(at),
    ...(refusal.field !== '' && { fieldCode: refusal.field }),
    getDownloadUrl: `${url}${refusal.id}`,
    count: Number(refusal.count),
    lastReceivedAt: formatInstant(Number(refusal.last_at)),
    ...(refusal.type === 'DuplicateUid' && { contentDiffers: refusal.content_differs === 1 }),
    ...(refusal.uids.length > 0 && { uids: refusal.uids }),
  }
  return {
    at,
    id: refusal.id,
    event: {
      id: refusal.id,
      eventName: INGEST_FAILURE_EVENT,
      eventTime: formatInstant(at),
      m3terEvent: { eventData: { newDto } },
      dtActioned: refusal.actioned_at === null ? null : formatInstant(Number(refusal.actioned_at)),
    },
  }
}

function toToken({ at, id }: Cursor): string {
  return Buffer.from(`${at}:${id}`).toString('base64url')
}

function fromToken(token: string | undefined): Cursor | null {
  if (token === undefined || token === '') return null
  const found = /^(\d{1,15}):([0-9a-f-]{36})$/.exec(
    Buffer.from(token, 'base64url').toString('utf8'),
  )
  if (found !== null) return { at: Number(found[1]), id: found[2] ?? '' }
  const message = 'This is no token of an earlier page. Leave it out to start from the newest.'
  throw new InvalidInputError(`nextToken: ${message}`, [{ field: 'nextToken', message }])
}
