/** System alerts: what people of an organization should know without asking (integrations 12). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { auditFields, instant, oneOf, page, text } from '../kit/schema.ts'

export const alertSeverities = ['INFO', 'WARN', 'ERROR'] as const
export const alertStatuses = ['NEW', 'IN_PROGRESS', 'RESOLVED'] as const

const severity = oneOf([...alertSeverities], { title: 'Severity' })
const status = oneOf([...alertStatuses], {
  title: 'Status',
  description: 'New until somebody looks after it; resolved ones are out of the way.',
})
const note = text(1, 2000, { title: 'Note', description: 'What was found out or done about it.' })

export const alert = Type.Object({
  ...auditFields,
  type: Type.String({ title: 'Type', description: 'Where it comes from, such as API_INGEST.' }),
  severity,
  status,
  description: Type.String({ title: 'Description' }),
  count: Type.Integer({
    title: 'Happened',
    description: 'How often within the hour; repeats are counted, not listed.',
  }),
  payload: Type.Record(Type.String(), Type.Unknown(), { title: 'Details' }),
  entityType: Type.Optional(Type.String()),
  entityId: Type.Optional(Type.String()),
  note: Type.Optional(note),
})

export type Alert = Static<typeof alert>

const shared = { scope: 'organization', area: 'notifications', tag: 'Alerts' } as const
const retrieve = { action: 'config:retrieve', resource: 'config:alert' }
const update = { action: 'config:update', resource: 'config:alert' }
const byId = Type.Object({ id: Type.String() })
const many = (description: string) =>
  Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())], { description }))

export const ALERT_PAGE_MAX = 100

export const listAlerts = operation({
  ...shared,
  id: 'listAlerts',
  method: 'GET',
  path: '/alerts',
  summary: 'List alerts, newest first',
  permission: retrieve,
  query: Type.Object({
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: ALERT_PAGE_MAX })),
    nextToken: Type.Optional(Type.String()),
    status: many('Only these statuses, separated by commas.'),
    severity: many('Only these severities, separated by commas.'),
    type: many('Only these types, separated by commas.'),
    dateStart: Type.Optional(instant({ description: 'Changed at this instant or later.' })),
    dateEnd: Type.Optional(instant({ description: 'Changed before this instant.' })),
  }),
  response: page(alert),
})

export const countAlerts = operation({
  ...shared,
  id: 'countAlerts',
  method: 'GET',
  path: '/alerts/counts',
  summary: 'Count unresolved alerts: all, new ones, and by severity',
  permission: retrieve,
  response: Type.Object({
    total: Type.Integer(),
    new: Type.Integer(),
    INFO: Type.Integer(),
    WARN: Type.Integer(),
    ERROR: Type.Integer(),
  }),
})

export const readAlert = operation({
  ...shared,
  id: 'readAlert',
  method: 'GET',
  path: '/alerts/{id}',
  summary: 'Read an alert',
  permission: retrieve,
  params: byId,
  response: alert,
})

export const updateAlertStatus = operation({
  ...shared,
  id: 'updateAlertStatus',
  method: 'PUT',
  path: '/alerts/{id}/status',
  summary: 'Set the status and the note of an alert',
  permission: update,
  params: byId,
  body: Type.Object({
    status,
    note: Type.Optional(note),
    version: Type.Optional(auditFields.version),
  }),
  response: alert,
})

export const updateAlertStatuses = operation({
  ...shared,
  id: 'updateAlertStatuses',
  method: 'PUT',
  path: '/alerts/status',
  summary: 'Set the status of several alerts',
  permission: update,
  body: Type.Object({
    ids: Type.Array(Type.String(), { minItems: 1, maxItems: 200, title: 'Alerts' }),
    status,
  }),
  response: Type.Object({ data: Type.Array(alert) }),
})

export const deleteAlert = operation({
  ...shared,
  id: 'deleteAlert',
  method: 'DELETE',
  path: '/alerts/{id}',
  summary: 'Delete an alert',
  permission: { action: 'config:delete', resource: 'config:alert' },
  params: byId,
  response: alert,
})
