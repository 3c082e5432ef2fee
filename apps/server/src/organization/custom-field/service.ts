/** Names and default values of custom fields, for this area and those above (organization 3). */
import {
  type CustomFieldDefaults,
  type CustomFieldKind,
  type CustomFieldValues,
  customFieldKinds,
  readCustomFields,
} from '@countinghouse/contract/organization/custom-fields.ts'
import { InvalidInputError, type Problem } from '../../kit/errors.ts'
import { eventDto, recordEvent } from '../../kit/outbox/outbox.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { singletonStore } from '../../kit/resource/singleton.ts'

export type CustomFieldMaps = Record<CustomFieldKind, CustomFieldValues>

/** A field about to be taken out: `plan` and `tier`. */
export type CustomFieldName = { kind: CustomFieldKind; name: string }

/**
 * Which calculations use one of the fields: supplied by the areas that have calculations. Each
 * answer is a sentence part such as `compound aggregation Cost (7f…)`.
 */
export type FindCustomFieldUsers = (
  writer: Writer,
  organizationId: string,
  fields: CustomFieldName[],
) => Promise<(CustomFieldName & { user: string })[]>

const store = singletonStore<CustomFieldMaps>('custom_field_defaults', 'custom fields')

export async function createCustomFieldDefaults(writer: Writer, scope: Scope): Promise<void> {
  await store.insert(writer, scope, complete({}))
}

export async function readCustomFieldDefaults(
  reader: Reader,
  organizationId: string,
): Promise<CustomFieldDefaults> {
  return store.read(reader, organizationId)
}

export async function replaceCustomFieldDefaults(
  writer: Writer,
  scope: Scope,
  sent: Partial<CustomFieldMaps> & { version: number },
  findUsers: FindCustomFieldUsers,
): Promise<CustomFieldDefaults> {
  const before = await store.lock(writer, scope, sent.version)
  const after = complete(sent)
  const removed = customFieldKinds.flatMap((kind) =>
    Object.keys(before[kind])
      .filter((name) => !(name in after[kind]))
      .map((name) => ({ kind, name })),
  )
  const users = removed.length === 0 ? [] : await findUsers(writer, scope.organizationId, removed)
  if (users.length > 0) throw stillUsed(users)
  const replaced = await store.replace(writer, scope, after)
  const dto = (value: unknown) => eventDto(readCustomFields.response, scope.organizationId, value)
  await recordEvent(writer, {
    organizationId: scope.organizationId,
    name: 'configuration.customfield.updated',
    at: scope.now,
    principalId: scope.principalId,
    resourceId: replaced.id,
    oldDto: dto(before),
    newDto: dto(replaced),
  })
  return replaced
}

function stillUsed(users: (CustomFieldName & { user: string })[]): InvalidInputError {
  const problems: Problem[] = users.map(({ kind, name, user }) => ({
    field: `${kind}.${name}`,
    message: `is used by ${user}. Change the calculation first.`,
  }))
  const list = users.map(({ kind, name, user }) => `${kind}.${name} by ${user}`).join('; ')
  return new InvalidInputError(
    `Custom fields that calculations use cannot be taken out: ${list}.`,
    problems,
    'STILL_REFERENCED',
  )
}

function complete(sent: Partial<CustomFieldMaps>): CustomFieldMaps {
  const of = (kind: CustomFieldKind) => sent[kind] ?? {}
  return {
    organization: of('organization'),
    product: of('product'),
    meter: of('meter'),
    planTemplate: of('planTemplate'),
    plan: of('plan'),
    account: of('account'),
    accountPlan: of('accountPlan'),
    aggregation: of('aggregation'),
    compoundAggregation: of('compoundAggregation'),
    contract: of('contract'),
  }
}
