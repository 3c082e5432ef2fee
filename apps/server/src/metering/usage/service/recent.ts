/** What people look at while they set a meter up: its last measurements, and values to filter by. */
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { Context } from '../../../context.ts'
import { InvalidInputError, NotFoundError } from '../../../kit/errors.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import type { MeterSchema } from '../../measurement/service/meter-schema.ts'
import { directoriesOf } from '../../measurement/service.ts'
import { readFieldValues, readRecent } from '../store.ts'
import { fieldValues } from './field-values.ts'

const DAY_MS = 86_400_000
const RECENT_DAYS = 35
const FIELD_VALUE_DAYS = 90
const RECENT_LIMIT = 50
const FIELD_VALUE_LIMIT = 100

export async function recentMeasurements(
  context: Context,
  organization: OrganizationRef,
  meterId: string,
  limit = RECENT_LIMIT,
) {
  const schema = await meterOf(context, organization, meterId)
  const rows = await readRecent(context.events, organization.number, {
    meter: schema.number,
    since: context.clock.now() - RECENT_DAYS * DAY_MS,
    limit,
  })
  const numbers = [...new Set(rows.map(({ account }) => account))]
  const found = await directoriesOf(context).accounts.byNumbers(organization.id, numbers)
  const accounts = new Map(found.map((account) => [account.number, account]))
  return rows.map((row) => {
    const account = accounts.get(row.account)
    return {
      uid: row.uid,
      accountId: account?.id ?? '',
      accountCode: account?.code ?? '',
      accountName: account?.name ?? '',
      timestamp: formatInstant(Number(row.ts)),
      ...(row.ets !== null && { endTimestamp: formatInstant(Number(row.ets)) }),
      receivedAt: formatInstant(Number(row.received_at)),
      values: fieldValues(schema, row),
    }
  })
}

export async function usageFieldValues(
  context: Context,
  organization: OrganizationRef,
  query: { meterId: string; fieldCode: string; search?: string; limit?: number },
) {
  const schema = await meterOf(context, organization, query.meterId)
  const fields = [...schema.dataFields, ...schema.derivedFields]
  const field = fields.find(({ code, kind }) => code === query.fieldCode && kind === 'text')
  if (field === undefined) {
    const message = `The meter ${schema.code} has no text field ${query.fieldCode}.`
    throw new InvalidInputError(message, [{ field: 'fieldCode', message }])
  }
  return readFieldValues(context.events, organization.number, {
    meter: schema.number,
    slot: field.slot,
    since: context.clock.now() - FIELD_VALUE_DAYS * DAY_MS,
    search: query.search ?? '',
    limit: query.limit ?? FIELD_VALUE_LIMIT,
  })
}

async function meterOf(
  context: Context,
  organization: OrganizationRef,
  id: string,
): Promise<MeterSchema> {
  const [schema] = await directoriesOf(context).meters.byIds(organization.id, [id])
  if (schema === undefined) throw new NotFoundError(`There is no meter ${id}.`)
  return schema
}
