/** The five operations of a declared resource as routes. */
import { operationsOf } from '@countinghouse/contract/kit/resource.ts'
import type { ResourceBinding, Route } from '../area.ts'
import type { Call } from '../call.ts'
import { visibleConditions } from '../permission/visible.ts'
import type { Scope } from './hooks.ts'
import { list, read } from './read.ts'
import { create, remove, update } from './write.ts'

export function routesOf(binding: ResourceBinding): Route[] {
  const [listing, creating, reading, updating, deleting] = operationsOf(binding.resource)
  if (!listing || !creating || !reading || !updating || !deleting) {
    throw new Error(`${binding.resource.name} must have five operations`)
  }
  return [
    {
      operation: listing,
      handle: ({ context, organization, query, visible }) =>
        list(context.database.reader, binding, organization.id, query, visibleConditions(visible)),
    },
    {
      operation: creating,
      handle: (call) =>
        call.context.database.transaction((writer) =>
          create(writer, binding, scopeOf(call), bodyOf(call)),
        ),
    },
    {
      operation: reading,
      handle: (call) =>
        read(call.context.database.reader, binding, call.organization.id, idOf(call)),
    },
    {
      operation: updating,
      handle: (call) =>
        call.context.database.transaction((writer) =>
          update(writer, binding, scopeOf(call), idOf(call), bodyOf(call)),
        ),
    },
    {
      operation: deleting,
      handle: (call) =>
        call.context.database.transaction((writer) =>
          remove(writer, binding, scopeOf(call), idOf(call)),
        ),
    },
  ]
}

/** In whose name a call writes. */
export function scopeOf(call: Pick<Call, 'context' | 'principal' | 'organization'>): Scope {
  return {
    organizationId: call.organization.id,
    principalId: call.principal.id,
    now: call.context.clock.now(),
  }
}

function idOf(call: Call): string {
  return (call.params as { id: string }).id
}

function bodyOf(call: Call): Record<string, unknown> {
  return call.body as Record<string, unknown>
}
