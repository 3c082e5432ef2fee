/** Making organizations, complete from the first moment (organization 1). */
import { randomUUID } from 'node:crypto'
import type {
  OrganizationBody,
  OrganizationDetails,
} from '@countinghouse/contract/organization/organization.ts'
import {
  organizationBody,
  organizationDetails,
} from '@countinghouse/contract/organization/organization.ts'
import { Value } from 'typebox/value'
import { InvalidInputError } from '../../kit/errors.ts'
import { eventDto, recordEvent } from '../../kit/outbox/outbox.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { OrganizationRef } from '../../kit/principal.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { checkVersion, create } from '../../kit/resource/write.ts'
import { findOpenTask } from '../../kit/task/task.ts'
import { createConfiguration } from '../configuration/service.ts'
import { createCustomFieldDefaults } from '../custom-field/service.ts'
import { createManagedPolicies } from '../permission-policy/service.ts'
import { currencyBinding } from '../picklist/currency.ts'
import {
  findOrganization,
  insertOrganization,
  lockOrganization,
  readDetails,
  replaceDetails,
  replaceStatus,
} from './store.ts'

export type NewOrganization = {
  name: string
  shortName?: string
  type?: OrganizationDetails['type']
}

/** With configuration, the currency USD and the managed policies; nobody may enter it yet. */
export async function createOrganization(
  writer: Writer,
  details: NewOrganization,
  by: { principalId: string; now: number },
): Promise<OrganizationRef> {
  const scope: Scope = { ...by, organizationId: randomUUID() }
  const organization = await insertOrganization(writer, scope, {
    name: details.name,
    shortName: details.shortName,
    type: details.type ?? 'PRODUCTION',
  })
  await create(writer, currencyBinding, scope, {
    name: 'US dollar',
    code: 'USD',
    maxDecimalPlaces: 2,
    roundingMode: 'HALF_UP',
    archived: false,
  })
  await createConfiguration(writer, scope)
  await createCustomFieldDefaults(writer, scope)
  await createManagedPolicies(writer, scope)
  return organization
}

export async function replaceOrganization(
  writer: Writer,
  scope: Scope,
  sent: OrganizationBody & { version: number },
): Promise<OrganizationDetails> {
  checkVersion(
    { title: { one: 'organization' } },
    await lockOrganization(writer, scope.organizationId),
    sent.version,
  )
  const before = await readDetails(writer, scope.organizationId)
  const body = Value.Clean(organizationBody, structuredClone(sent)) as OrganizationBody
  await replaceDetails(writer, scope, body)
  return tellUpdate(writer, scope, before)
}

/** Archives an organization, or brings it back (organization 1); one that is so already stays as it is. */
export async function changeOrganizationStatus(
  writer: Writer,
  scope: Scope,
  status: OrganizationDetails['status'],
): Promise<OrganizationDetails> {
  await lockOrganization(writer, scope.organizationId)
  const before = await readDetails(writer, scope.organizationId)
  if (before.status === status) return before
  if (status === 'ARCHIVED') await refuseRunningWork(writer, scope)
  await replaceStatus(writer, scope, status)
  return tellUpdate(writer, scope, before)
}

/** Nothing may change in an archived organization, so nothing may be about to. */
async function refuseRunningWork(writer: Writer, scope: Scope): Promise<void> {
  const running = await findOpenTask(writer, scope.organizationId)
  if (running === null) return
  throw new InvalidInputError(
    `"${running.title}" is still running there. Wait for its end or cancel it, then archive.`,
    undefined,
    'STILL_RUNNING',
  )
}

async function tellUpdate(
  writer: Writer,
  scope: Scope,
  before: OrganizationDetails,
): Promise<OrganizationDetails> {
  const after = await readDetails(writer, scope.organizationId)
  const dto = (value: unknown) => eventDto(organizationDetails, scope.organizationId, value)
  await recordEvent(writer, {
    organizationId: scope.organizationId,
    name: 'configuration.organization.updated',
    at: scope.now,
    principalId: scope.principalId,
    resourceId: after.id,
    oldDto: dto(before),
    newDto: dto(after),
  })
  return after
}

/** Name and short number of an organization, for jobs that know only its id. */
export async function organizationRef(
  reader: Reader,
  organizationId: string,
): Promise<OrganizationRef> {
  const found = await findOrganization(reader, organizationId)
  if (found === null) throw new Error(`There is no organization ${organizationId}`)
  return { id: found.id, number: found.number, name: found.name }
}
