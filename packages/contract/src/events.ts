/** The events that changes are told by, and what each holds (integrations 8.3, 8.4). */
import Type, { type TObject, type TSchema } from 'typebox'
import { bill } from './billing/bill.ts'
import { billConfig } from './billing/bill-config.ts'
import { billJob } from './billing/bill-job.ts'
import { accountReference, type Resource, responseOf } from './kit/resource.ts'
import { INGEST_FAILURE_EVENT, ingestFailure } from './metering/ingest-event.ts'
import { alert } from './notifications/alert.ts'
import { resources } from './operations.ts'
import { readOrganizationConfiguration } from './organization/configuration.ts'
import { readCustomFields } from './organization/custom-fields.ts'
import { organizationDetails } from './organization/organization.ts'

type Verb = 'created' | 'updated' | 'deleted'

/** What `oldDto` and `newDto` hold. Lines of bills and ids of a job's bills are too many for that. */
type Subject = { entity: string; verbs: Verb[]; dto: TObject }

const all: Verb[] = ['created', 'updated', 'deleted']

const subjects: Subject[] = [
  ...resources.flatMap((resource) =>
    resource.event === null ? [] : [{ entity: resource.event, verbs: all, dto: dtoOf(resource) }],
  ),
  { entity: 'configuration.alert', verbs: all, dto: alert },
  { entity: 'configuration.customfield', verbs: ['updated'], dto: readCustomFields.response },
  { entity: 'configuration.organization', verbs: ['updated'], dto: organizationDetails },
  {
    entity: 'configuration.organizationconfig',
    verbs: ['updated'],
    dto: readOrganizationConfiguration.response as TObject,
  },
  { entity: 'billing.bill', verbs: all, dto: Type.Omit(bill, ['lineItems']) },
  { entity: 'billing.billconfig', verbs: ['updated'], dto: billConfig },
  {
    entity: 'billing.billjob',
    verbs: ['created', 'updated'],
    dto: Type.Omit(billJob, ['billIds']),
  },
]

/** As the API answers it; of what belongs to an account also the account's code (8.1). */
function dtoOf(resource: Resource): TObject {
  const { properties } = responseOf(resource) as TObject
  if (accountReference(resource) === undefined) return Type.Object(properties)
  return Type.Object({ ...properties, accountCode: Type.String() })
}

/** Fields of each event by its name, as calculations call them: `new.name`, `old.name`. */
export const eventFields: Record<string, Record<string, string>> = Object.fromEntries([
  ...subjects.flatMap(({ entity, verbs, dto }) =>
    verbs.map((verb) => [
      `${entity}.${verb}`,
      {
        ...(verb === 'created' ? {} : fieldsOf(dto, 'old')),
        ...(verb === 'deleted' ? {} : fieldsOf(dto, 'new')),
      },
    ]),
  ),
  [INGEST_FAILURE_EVENT, fieldsOf(ingestFailure, 'new')],
])

export const eventNames: string[] = Object.keys(eventFields).sort()

function fieldsOf(dto: TObject, side: 'old' | 'new'): Record<string, string> {
  const fields = { ...dto.properties, orgId: Type.String() }
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [`${side}.${name}`, wordFor(name, schema)]),
  )
}

type Described = TSchema & { type?: string; anyOf?: TSchema[]; enum?: unknown[] }

/** Versions count for ever, other whole numbers are small; dates and most choices are text. */
function wordFor(name: string, schema: TSchema): string {
  const { type, anyOf, enum: choices } = schema as Described
  const [first] = anyOf ?? []
  if (first !== undefined) return wordFor(name, first)
  if (typeof choices?.[0] === 'number') return 'double'
  switch (type) {
    case 'number':
      return 'double'
    case 'integer':
      return name === 'version' ? 'long' : 'int'
    case 'boolean':
    case 'array':
      return type
    case 'object':
      return 'map'
    default:
      return 'string'
  }
}
