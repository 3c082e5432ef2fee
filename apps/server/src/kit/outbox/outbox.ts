/**
 * The outbox of domain events: written in the transaction that changes something, so that an
 * event exists exactly when the change does. It also serves `GET /events` (integrations 8).
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { TSchema } from 'typebox'
import { toWire } from '../exact.ts'
import type { Writer } from '../postgres/database.ts'

export type DomainEvent = {
  organizationId: string
  /** `configuration.product.created`. */
  name: string
  /** The clock's instant, epoch milliseconds. */
  at: number
  /** Category for the event list; absent for plain changes. */
  type?: 'Notification' | 'IntegrationEvent' | 'IngestValidationFailure' | 'DataExportJobFailure'
  /** The entity the event is about. */
  resourceId?: string
  accountId?: string
  newDto?: unknown
  oldDto?: unknown
}

/** What an event says of an entity: the entity as the API answers it, and its organization. */
export function eventDto(schema: TSchema, organizationId: string, value: unknown): object {
  return { ...(toWire(schema, value) as object), orgId: organizationId }
}

export async function recordEvent(writer: Writer, event: DomainEvent): Promise<void> {
  await recordEvents(writer, [event])
}

/** Many at once, for jobs that change thousands of things. */
export async function recordEvents(writer: Writer, events: DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({
    organization_id: event.organizationId,
    id: randomUUIDv7(),
    name: event.name,
    type: event.type ?? null,
    resource_id: event.resourceId ?? null,
    account_id: event.accountId ?? null,
    body: {
      ...(event.newDto === undefined ? {} : { newDto: event.newDto }),
      ...(event.oldDto === undefined ? {} : { oldDto: event.oldDto }),
    },
    occurred_at: new Date(event.at).toISOString(),
  }))
  await sql`
    insert into domain_event (organization_id, id, name, type, resource_id, account_id, body,
      occurred_at)
    select organization_id, id, name, type, resource_id, account_id, body, occurred_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      organization_id uuid, id uuid, name text, type text, resource_id uuid, account_id uuid,
      body jsonb, occurred_at timestamptz)
  `.execute(writer)
}
