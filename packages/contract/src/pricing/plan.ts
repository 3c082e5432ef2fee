/** Plans: a template with the values of its own, ready to be given to accounts (pricing 1.2). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { type AnswerOf, type BodyOf, resource, responseOf } from '../kit/resource.ts'
import { code, customFields, decimal, flag, id, name, oneOf, optional } from '../kit/schema.ts'
import { billFrequencies, chargeProperties, duplicateBody } from './plan-template.ts'

export const plan = resource({
  name: 'plan',
  area: 'pricing',
  path: '/plans',
  table: 'plan',
  title: { one: 'Plan', many: 'Plans' },
  permission: 'config:plan',
  event: 'configuration.plan',
  maxPageSize: 100,
  body: Type.Object({
    name: name({ description: 'What people see in lists and on bills.' }),
    code: code({ description: 'A short key, unique among your plans.' }),
    planTemplateId: id({
      title: 'Plan template',
      description:
        'Where product, currency, frequency and every value left empty here come from. Cannot be changed once the plan has prices or accounts.',
    }),
    standingCharge: optional(
      decimal({
        minimum: 0,
        title: 'Standing charge',
        description:
          'A fixed charge for each billing period. Left empty: that of the template; 0 means none.',
      }),
    ),
    ...chargeProperties,
    standingChargeAccountingProductId: optional(
      id({
        title: 'Accounting product of the standing charge',
        description: 'Books the standing charge under this product. Left empty: the plan’s own.',
      }),
    ),
    minimumSpendAccountingProductId: optional(
      id({
        title: 'Accounting product of the minimum spend',
        description: 'Books the minimum spend under this product. Left empty: the plan’s own.',
      }),
    ),
    bespoke: optional(
      flag({
        title: 'Custom plan',
        description: 'A plan made for one account. Needs an account, and is set with it.',
      }),
    ),
    accountId: optional(
      id({
        title: 'Account',
        description:
          'Makes a custom plan, which only this account can be given. Cannot be changed later.',
      }),
    ),
    customFields: customFields(),
  }),
  computed: Type.Object({
    productId: id({ title: 'Product', description: 'The product of the template.' }),
  }),
  references: [
    { field: 'planTemplateId', resource: 'plan-template' },
    { field: 'accountId', resource: 'account' },
    { field: 'standingChargeAccountingProductId', resource: 'product' },
    { field: 'minimumSpendAccountingProductId', resource: 'product' },
  ],
  filters: [
    { query: 'productId', field: 'productId', kind: 'one', title: 'Only plans of this product.' },
    {
      query: 'accountId',
      field: 'accountId',
      kind: 'many',
      title: 'Only custom plans of these accounts.',
    },
  ],
  uniqueCode: true,
  immutable: ['accountId'],
  sample: {
    name: 'Vector storage, standard',
    code: 'vector_storage_standard',
    planTemplateId: 'ref:plan-template',
    standingCharge: 50,
    minimumSpendBillInAdvance: false,
  },
})

export const valueOrigins = ['PLAN', 'TEMPLATE', 'ORGANIZATION', 'DEFAULT'] as const
export type ValueOrigin = (typeof valueOrigins)[number]

const origin = oneOf([...valueOrigins], {
  title: 'Origin',
  description: 'Who says so: the plan, its template, the organization, or nobody (the default).',
})

const text = Type.Object({ value: Type.String(), origin })
const whole = Type.Object({ value: Type.Integer(), origin })
const truth = Type.Object({ value: Type.Boolean(), origin })
const number = Type.Object({ value: decimal(), origin })

/** What counts when the plan is billed, and where each value comes from; absent: nobody gives one. */
export const effectivePlan = Type.Object({
  planId: id(),
  planTemplateId: id(),
  productId: id(),
  currency: text,
  billFrequency: Type.Object({ value: oneOf([...billFrequencies]), origin }),
  billFrequencyInterval: whole,
  standingCharge: number,
  standingChargeDescription: optional(text),
  standingChargeInterval: whole,
  standingChargeOffset: whole,
  standingChargeBillInAdvance: truth,
  standingChargeAccountingProductId: optional(text),
  minimumSpend: optional(number),
  minimumSpendDescription: optional(text),
  minimumSpendBillInAdvance: truth,
  minimumSpendAccountingProductId: optional(text),
})

const planParams = Type.Object({ id: Type.String({ description: 'Id of the plan.' }) })

export const readEffectivePlan = operation({
  id: 'readEffectivePlan',
  method: 'GET',
  path: '/plans/{id}/effective',
  scope: 'organization',
  area: 'pricing',
  tag: 'Plans',
  summary: 'Read what counts for a plan after inheritance, with the origin of each value',
  permission: { action: 'config:retrieve', resource: 'config:plan' },
  params: planParams,
  response: effectivePlan,
})

export const duplicatePlan = operation({
  id: 'duplicatePlan',
  method: 'POST',
  path: '/plans/{id}/duplicate',
  scope: 'organization',
  area: 'pricing',
  tag: 'Plans',
  summary: 'Copy a plan with its pricings, under the same template',
  item: null,
  permission: { action: 'config:create', resource: 'config:plan' },
  params: planParams,
  body: duplicateBody,
  response: responseOf(plan),
})

export type PlanBody = BodyOf<typeof plan>
export type Plan = AnswerOf<typeof plan>
export type EffectivePlan = Static<typeof effectivePlan>
