/** System alerts: what people of an organization should know without asking (integrations 12). */
import { randomUUID } from 'node:crypto'
import { type Alert, alert as alertSchema } from '@countinghouse/contract/notifications/alert.ts'
import { sql } from 'kysely'
import { eventDto, recordEvent } from '../outbox/outbox.ts'
import type { Writer } from '../postgres/database.ts'
import { SYSTEM_PRINCIPAL } from '../principal.ts'

export type AlertType =
  | 'API_INGEST'
  | 'FILE_INGEST'
  | 'BILLING'
  | 'STATEMENT'
  | 'AGGREGATION'
  | 'NOTIFICATION'
  | 'SYSTEM'

/** What is raised. */
export type NewAlert = {
  organizationId: string
  type: AlertType
  severity: 'INFO' | 'WARN' | 'ERROR'
  /** What happened and what to do about it, one or two sentences. */
  description: string
  /** The clock's instant, epoch milliseconds. */
  at: number
  /** Alerts of one type and key within an hour are counted on one row. Default: the description. */
  key?: string
  payload?: Record<string, unknown>
  /** What the alert is about, so that it can link there. */
  entity?: { type: string; id: string }
}

export type AlertRow = {
  id: string
  version: string
  sequence: string
  type: string
  severity: Alert['severity']
  status: Alert['status']
  description: string
  payload: Record<string, unknown>
  entity_type: string | null
  entity_id: string | null
  note: string | null
  count: string
  created_at: Date
  created_by: string | null
  modified_at: Date
  modified_by: string | null
}

const HOUR_MS = 3_600_000

export async function raiseAlert(writer: Writer, alert: NewAlert): Promise<void> {
  const { organizationId, type, severity, description, at, entity } = alert
  const now = new Date(at)
  const hour = new Date(at - (at % HOUR_MS))
  const { rows } = await sql<AlertRow & { is_new: boolean }>`
    insert into alert (organization_id, id, type, severity, description, payload, entity_type,
      entity_id, repeat_key, repeat_hour, created_at, created_by, modified_at, modified_by)
    values (${organizationId}, ${randomUUID()}, ${type}, ${severity}, ${description},
      ${JSON.stringify(alert.payload ?? {})}, ${entity?.type ?? null}, ${entity?.id ?? null},
      ${(alert.key ?? description).slice(0, 500)}, ${hour}, ${now}, ${SYSTEM_PRINCIPAL.id}, ${now},
      ${SYSTEM_PRINCIPAL.id})
    on conflict (organization_id, type, repeat_key, repeat_hour) do update set
      count = alert.count + 1, version = alert.version + 1, description = excluded.description,
      payload = excluded.payload, modified_at = excluded.modified_at
    returning alert.*, xmax = 0 as is_new
  `.execute(writer)
  const [raised] = rows
  // Repeats are counted, not told: a storm of them must not drown the events.
  const scope = { organizationId, principalId: SYSTEM_PRINCIPAL.id, now: at }
  if (raised?.is_new) await announceAlert(writer, scope, { after: raised })
}

/** Tells of a change of an alert: raised, looked after, deleted. */
export async function announceAlert(
  writer: Writer,
  {
    organizationId,
    principalId,
    now,
  }: { organizationId: string; principalId: string; now: number },
  { before, after }: { before?: AlertRow; after?: AlertRow },
): Promise<void> {
  const dto = (row: AlertRow) => eventDto(alertSchema, organizationId, toAlert(row))
  const verb = before === undefined ? 'created' : after === undefined ? 'deleted' : 'updated'
  const changed = after ?? before
  await recordEvent(writer, {
    organizationId,
    name: `configuration.alert.${verb}`,
    at: now,
    principalId,
    ...(changed && { resourceId: changed.id }),
    ...(changed && accountOf(changed)),
    ...(before && { oldDto: dto(before) }),
    ...(after && { newDto: dto(after) }),
  })
}

function accountOf({ entity_type, entity_id }: AlertRow): { accountId?: string } {
  const isOfAccount = entity_type?.toLowerCase() === 'account' && entity_id !== null
  return isOfAccount ? { accountId: entity_id } : {}
}

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    version: Number(row.version),
    type: row.type,
    severity: row.severity,
    status: row.status,
    description: row.description,
    count: Number(row.count),
    payload: row.payload,
    ...(row.entity_type === null ? {} : { entityType: row.entity_type }),
    ...(row.entity_id === null ? {} : { entityId: row.entity_id }),
    ...(row.note === null ? {} : { note: row.note }),
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    ...(row.modified_by === null ? {} : { lastModifiedBy: row.modified_by }),
  }
}
