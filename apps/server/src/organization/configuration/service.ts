/** The configuration of an organization, for this area and those above. */
import {
  type OrganizationConfiguration,
  type OrganizationConfigurationBody,
  organizationConfigurationBody,
  readOrganizationConfiguration,
} from '@countinghouse/contract/organization/configuration.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import { Value } from 'typebox/value'
import { refuseProblems } from '../../kit/errors.ts'
import { eventDto, recordEvent } from '../../kit/outbox/outbox.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { readAll } from '../../kit/resource/read.ts'
import { singletonStore } from '../../kit/resource/singleton.ts'
import { initialConfiguration, withDefaults } from './defaults.ts'
import { configurationProblems } from './rules.ts'

const store = singletonStore<OrganizationConfigurationBody>(
  'organization_configuration',
  'configuration',
)

export async function createConfiguration(writer: Writer, scope: Scope): Promise<void> {
  await store.insert(writer, scope, initialConfiguration)
}

export async function readConfiguration(
  reader: Reader,
  organizationId: string,
): Promise<OrganizationConfiguration> {
  return store.read(reader, organizationId)
}

export async function replaceConfiguration(
  writer: Writer,
  scope: Scope,
  sent: OrganizationConfigurationBody & { version: number },
): Promise<OrganizationConfiguration> {
  const before = await store.lock(writer, scope, sent.version)
  const body = Value.Clean(
    organizationConfigurationBody,
    structuredClone(sent),
  ) as OrganizationConfigurationBody
  const currencies = await readAll(writer, currency, scope.organizationId)
  refuseProblems(
    configurationProblems(
      body,
      currencies.map(({ code = '', archived = false }) => ({ code, archived })),
      before,
    ),
  )
  const after = await store.replace(writer, scope, withDefaults(body))
  const dto = (value: unknown) =>
    eventDto(readOrganizationConfiguration.response, scope.organizationId, value)
  await recordEvent(writer, {
    organizationId: scope.organizationId,
    name: 'configuration.organizationconfig.updated',
    at: scope.now,
    principalId: scope.principalId,
    resourceId: after.id,
    oldDto: dto(before),
    newDto: dto(after),
  })
  return after
}
