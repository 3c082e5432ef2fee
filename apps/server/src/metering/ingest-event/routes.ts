/** Calls about events and the originals of refused measurements. */
import { eventFields, eventNames } from '@countinghouse/contract/events.ts'
import {
  listEventFields,
  listEvents as listEventsOperation,
  listEventTypes,
  markEvent,
  markEvents as markEventsOperation,
  readEvent as readEventOperation,
} from '@countinghouse/contract/metering/ingest-event.ts'
import {
  downloadFailedIngest,
  readFailedIngestUrl,
} from '@countinghouse/contract/metering/measurement.ts'
import { type Route, route } from '../../kit/area.ts'
import { NotFoundError } from '../../kit/errors.ts'
import { refuseHidden } from '../../kit/permission/visible.ts'
import { checkLink, makeLink } from './service/link.ts'
import { listEvents, markEvents, readEvent, readFailedIngest } from './service.ts'

const updateRight = { action: 'config:update', resource: 'config:event' }

export const ingestEventRoutes: Route[] = [
  route(listEventsOperation, ({ context, organization, query, visible }) =>
    listEvents(context, organization, query, visible),
  ),
  route(listEventTypes, async () => ({ events: eventNames })),
  route(listEventFields, async ({ query }) => ({ events: fieldsOf(query.eventName) })),
  route(readEventOperation, ({ context, organization, params }) =>
    readEvent(context, organization, params.id),
  ),
  route(markEvent, async ({ context, organization, principal, params, body }) => {
    const { actioned } = body
    const marked = await markEvents(context, organization, principal.id, {
      actioned,
      ids: [params.id],
    })
    if (marked === 0) throw new NotFoundError(`There is no event ${params.id}.`)
    return readEvent(context, organization, params.id)
  }),
  route(markEventsOperation, async ({ context, organization, principal, body, visible }) => {
    refuseHidden(visible, updateRight, body.ids)
    return { marked: await markEvents(context, organization, principal.id, body) }
  }),
  route(readFailedIngestUrl, async ({ context, organization, query }) => {
    await readFailedIngest(context, organization.number, query.file)
    return { url: await makeLink(context, organization.number, query.file) }
  }),
  route(downloadFailedIngest, async ({ context, params, reply }) => {
    const { organization, id } = await checkLink(context, params.token)
    reply.header('content-disposition', `attachment; filename="failed-ingest-${id}.json"`)
    reply.header('cache-control', 'private, no-store')
    return readFailedIngest(context, organization, id)
  }),
]

/** Of one event, none if it is unknown, or of all. */
function fieldsOf(eventName: string | undefined): typeof eventFields {
  if (eventName === undefined || eventName === '') return eventFields
  const fields = Object.hasOwn(eventFields, eventName) ? eventFields[eventName] : undefined
  return fields === undefined ? {} : { [eventName]: fields }
}
