/**
 * The outbox of domain events: written in the transaction that changes something, so that an
 * event exists exactly when the change does. It also serves `GET /events` (integrations 8).
 */
import { randomUUIDv7 } from 'node:crypto'
import type { TSchema } from 'typebox'
import { toWire } from '../exact.ts'
import { CopyRows } from '../postgres/bulk-rows.ts'
import type { Writer } from '../postgres/database.ts'

export type DomainEvent = {
  organizationId: string
  /** `configuration.product.created`. */
  name: string
  /** The clock's instant, epoch milliseconds. */
  at: number
  /** Who did it: a person, a program, or the system. */
  principalId: string
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

const columns = [
  'organization_id',
  'id',
  'name',
  'type',
  'resource_id',
  'account_id',
  'principal_id',
  'body',
  'occurred_at',
]

/** Many at once, for jobs that change thousands of things. */
export async function recordEvents(writer: Writer, events: DomainEvent[]): Promise<void> {
  const rows = new CopyRows('domain_event', columns)
  for (const event of events) {
    rows.add([
      event.organizationId,
      randomUUIDv7(),
      event.name,
      event.type ?? null,
      event.resourceId ?? null,
      event.accountId ?? null,
      event.principalId,
      JSON.stringify({ newDto: event.newDto, oldDto: event.oldDto }),
      new Date(event.at).toISOString(),
    ])
  }
  await rows.write(writer)
}
