/** Custom fields of the organization: names and default values for each kind of entity (organization 3). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { auditFields, namedValues } from '../kit/schema.ts'

export const customFieldKinds = [
  'organization',
  'product',
  'meter',
  'planTemplate',
  'plan',
  'account',
  'accountPlan',
  'aggregation',
  'compoundAggregation',
  'contract',
] as const

export type CustomFieldKind = (typeof customFieldKinds)[number]

const MAX_PER_KIND = 25

const values = (title: string) =>
  namedValues(MAX_PER_KIND, {
    title,
    description: `Names and default values, at most ${MAX_PER_KIND}. An entity that sets a field of the same name wins; calculations may use only names that stand here.`,
  })

const kinds = {
  organization: values('Organization'),
  product: values('Product'),
  meter: values('Meter'),
  planTemplate: values('Plan template'),
  plan: values('Plan'),
  account: values('Account'),
  accountPlan: values('Account plan'),
  aggregation: values('Aggregation'),
  compoundAggregation: values('Compound aggregation'),
  contract: values('Contract'),
}

const response = Type.Object({ ...auditFields, ...kinds })

export type CustomFieldDefaults = Static<typeof response>
export type CustomFieldValues = Record<string, string | number>

const shared = {
  scope: 'organization',
  area: 'organization',
  tag: 'Custom fields',
  path: '/customfields',
} as const

export const readCustomFields = operation({
  ...shared,
  id: 'readCustomFields',
  method: 'GET',
  summary: 'Read the custom fields of every kind of entity',
  permission: { action: 'config:retrieve', resource: 'config:customField' },
  response,
})

export const updateCustomFields = operation({
  ...shared,
  id: 'updateCustomFields',
  method: 'PUT',
  summary: 'Replace the custom fields; kinds left out are cleared',
  description:
    'A field that a calculation uses cannot be taken out: the answer names the calculations.',
  permission: { action: 'config:update', resource: 'config:customField' },
  body: Type.Evaluate(
    Type.Intersect([
      Type.Partial(Type.Object(kinds)),
      Type.Object({ version: auditFields.version }),
    ]),
  ),
  response,
})
