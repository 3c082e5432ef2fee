/** System alerts: what people of an organization should know without asking (integrations 12). */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
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

export type Alert = {
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

const HOUR_MS = 3_600_000

export async function raiseAlert(writer: Writer, alert: Alert): Promise<void> {
  const { organizationId, type, severity, description, at, entity } = alert
  const now = new Date(at)
  const hour = new Date(at - (at % HOUR_MS))
  await sql`
    insert into alert (organization_id, id, type, severity, description, payload, entity_type,
      entity_id, repeat_key, repeat_hour, created_at, created_by, modified_at, modified_by)
    values (${organizationId}, ${randomUUID()}, ${type}, ${severity}, ${description},
      ${JSON.stringify(alert.payload ?? {})}, ${entity?.type ?? null}, ${entity?.id ?? null},
      ${(alert.key ?? description).slice(0, 500)}, ${hour}, ${now}, ${SYSTEM_PRINCIPAL.id}, ${now},
      ${SYSTEM_PRINCIPAL.id})
    on conflict (organization_id, type, repeat_key, repeat_hour) do update set
      count = alert.count + 1, version = alert.version + 1, description = excluded.description,
      payload = excluded.payload, modified_at = excluded.modified_at
  `.execute(writer)
}
