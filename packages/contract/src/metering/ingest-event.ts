/** Events of an organization, refused measurements among them (metering 6, integrations 8.2). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { id, instant, oneOf, optional, page } from '../kit/schema.ts'

export const INGEST_FAILURE_EVENT = 'ingest.validation.failure'

/** Why a measurement was not counted, or not wholly (metering 6.1). */
export const refusalTypes = [
  'UndefinedMeter',
  'MissingField',
  'DuplicateUid',
  'DuplicateField',
  'InvalidAccountCode',
  'CalculationError',
] as const

export type RefusalType = (typeof refusalTypes)[number]

export const eventTypes = [
  'Notification',
  'IntegrationEvent',
  'IngestValidationFailure',
  'DataExportJobFailure',
] as const

/** What `m3terEvent.eventData.newDto` of an ingest failure holds (metering 6.2). */
export const ingestFailure = Type.Object({
  id: id(),
  type: oneOf([...refusalTypes]),
  message: Type.String(),
  meterCode: Type.String(),
  accountCode: Type.String(),
  accountId: Type.Union([Type.String(), Type.Null()]),
  uid: Type.String(),
  ts: instant(),
  receivedAt: instant(),
  fieldCode: optional(Type.String()),
  getDownloadUrl: Type.String(),
  count: Type.Integer({ description: 'How often it happened; repeats of one uid are one event.' }),
  lastReceivedAt: instant({ description: 'When it happened last.' }),
  contentDiffers: optional(
    Type.Boolean({
      description: 'A repeated uid came with other content; the first copy is the one that counts.',
    }),
  ),
  uids: optional(
    Type.Array(Type.String(), {
      description: 'The first uids of a batch that was repeated unchanged as a whole.',
    }),
  ),
})

export type IngestFailure = Static<typeof ingestFailure>

export const event = Type.Object({
  id: id(),
  eventName: Type.String(),
  eventTime: instant(),
  m3terEvent: Type.Unknown(),
  createdBy: optional(
    Type.String({
      description: 'Who did it. Absent for refused measurements, which nobody does.',
    }),
  ),
  dtActioned: Type.Union([instant(), Type.Null()]),
})

export type Event = Static<typeof event>

const shared = { scope: 'organization', area: 'metering', tag: 'Events' } as const
const idParam = Type.Object({ id: id({ description: 'Id of the event.' }) })

export const listEvents = operation({
  ...shared,
  id: 'listEvents',
  method: 'GET',
  path: '/events',
  summary: 'List events, newest first',
  permission: { action: 'config:retrieve', resource: 'config:event' },
  query: Type.Object({
    pageSize: optional(Type.Integer({ minimum: 1, maximum: 100 })),
    nextToken: optional(Type.String()),
    ids: optional(Type.String({ description: 'Only these, separated by commas; alone only.' })),
    eventName: optional(
      Type.String({ description: 'Only events of this name, or of several, separated by commas.' }),
    ),
    eventType: optional(oneOf([...eventTypes])),
    accountId: optional(
      Type.String({ description: 'Only what happened to this account and to what it owns.' }),
    ),
    createdBy: optional(Type.String({ description: 'Only what this user or service user did.' })),
    resourceId: optional(Type.String()),
    notificationId: optional(Type.String()),
    notificationCode: optional(Type.String()),
    includeActioned: optional(
      Type.Boolean({ description: 'Also those marked as actioned. Default false.' }),
    ),
  }),
  response: page(event),
})

export const listEventTypes = operation({
  ...shared,
  id: 'listEventTypes',
  method: 'GET',
  path: '/events/types',
  summary: 'List the names of the events there are',
  permission: { action: 'config:retrieve', resource: 'config:event' },
  response: Type.Object({ events: Type.Array(Type.String()) }),
})

export const listEventFields = operation({
  ...shared,
  id: 'listEventFields',
  method: 'GET',
  path: '/events/fields',
  summary: 'List the fields of an event and their types, or those of all events',
  permission: { action: 'config:retrieve', resource: 'config:event' },
  query: Type.Object({
    eventName: optional(
      Type.String({ description: 'Only this event, such as configuration.plan.updated.' }),
    ),
  }),
  response: Type.Object({
    events: Type.Record(Type.String(), Type.Record(Type.String(), Type.String()), {
      description:
        'By name of the event: new.name is a field after the change, old.name before it; types are string, double, int, long, boolean, array and map.',
    }),
  }),
})

export const readEvent = operation({
  ...shared,
  id: 'readEvent',
  method: 'GET',
  path: '/events/{id}',
  summary: 'Read an event',
  permission: { action: 'config:retrieve', resource: 'config:event' },
  params: idParam,
  response: event,
})

const mark = {
  actioned: Type.Boolean({
    title: 'Actioned',
    description: 'True takes the event off the list of what is still to do; false puts it back.',
  }),
}

export const markEvent = operation({
  ...shared,
  id: 'markEvent',
  method: 'PUT',
  path: '/events/{id}/actioned',
  summary: 'Mark an event as actioned, or take the mark away',
  permission: { action: 'config:update', resource: 'config:event' },
  params: idParam,
  body: Type.Object(mark),
  response: event,
})

export const markEvents = operation({
  ...shared,
  id: 'markEvents',
  method: 'PUT',
  path: '/events/actioned',
  summary: 'Mark many events as actioned, or take their marks away',
  permission: { action: 'config:update', resource: 'config:event' },
  body: Type.Object({ ...mark, ids: Type.Array(id(), { minItems: 1, maxItems: 1000 }) }),
  response: Type.Object({ marked: Type.Integer() }),
})

export const ingestEventOperations = [
  listEvents,
  listEventTypes,
  listEventFields,
  readEvent,
  markEvent,
  markEvents,
]
