/** Plan templates: what plans of a product have in common, prices included (pricing 1.1). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { type AnswerOf, type BodyOf, resource, responseOf } from '../kit/resource.ts'
import {
  code,
  customFields,
  decimal,
  flag,
  id,
  name,
  oneOf,
  optional,
  text,
  wholeNumber,
} from '../kit/schema.ts'

export const billFrequencies = [
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'ANNUALLY',
  'AD_HOC',
  'MIXED',
] as const

export type BillFrequency = (typeof billFrequencies)[number]

/** What a plan may say differently from its template. */
export const chargeProperties = {
  standingChargeDescription: optional(
    text(0, 200, {
      title: 'Standing charge description',
      description: 'Text of the standing charge on the bill.',
    }),
  ),
  standingChargeBillInAdvance: optional(
    flag({
      title: 'Standing charge in advance',
      description: 'On: billed where its period starts. Off: billed where its period ends.',
    }),
  ),
  minimumSpend: optional(
    decimal({
      minimum: 0,
      title: 'Minimum spend',
      description:
        'The least that usage costs in a billing period. What is missing is charged; parts of a period count by days.',
    }),
  ),
  minimumSpendDescription: optional(
    text(0, 200, {
      title: 'Minimum spend description',
      description: 'Text of the minimum spend on the bill.',
    }),
  ),
  minimumSpendBillInAdvance: optional(
    flag({
      title: 'Minimum spend in advance',
      description:
        'On: the whole minimum is billed where the period starts and usage is set off against it at the end. Off: only the missing part is billed at the end.',
    }),
  ),
  ordinal: optional(
    wholeNumber(0, Number.MAX_SAFE_INTEGER, {
      title: 'Ordinal',
      description: 'Kept for older clients; has no effect.',
    }),
  ),
}

export const planTemplate = resource({
  name: 'plan-template',
  area: 'pricing',
  path: '/plantemplates',
  table: 'plan_template',
  title: { one: 'Plan template', many: 'Plan templates' },
  permission: 'config:planTemplate',
  event: 'configuration.plantemplate',
  maxPageSize: 100,
  body: Type.Object({
    name: name({ description: 'What people see in lists and when they make a plan from it.' }),
    code: optional(
      code({ description: 'A short key, unique among your plan templates. May be left empty.' }),
    ),
    productId: id({
      title: 'Product',
      description: 'What its plans price. Cannot be changed once the template has plans or prices.',
    }),
    currency: text(3, 3, {
      title: 'Currency',
      description:
        'In which the prices of all its plans are written: the code of one of your currencies, three characters.',
    }),
    billFrequency: oneOf([...billFrequencies], {
      title: 'Bill frequency',
      description:
        'How often its plans are billed. AD_HOC has no billing periods, so nothing of such a plan is billed; a MIXED plan cannot be given to an account.',
    }),
    billFrequencyInterval: optional(
      wholeNumber(1, 365, {
        title: 'Bill frequency interval',
        description: 'Monthly with 3 makes a bill every three months. Left empty: 1.',
      }),
    ),
    standingCharge: decimal({
      minimum: 0,
      title: 'Standing charge',
      description: 'A fixed charge for each billing period; parts of a period count by days.',
    }),
    standingChargeInterval: optional(
      wholeNumber(1, 365, {
        title: 'Standing charge interval',
        description: 'With 3, charged on every third bill only. Left empty: 1, on each.',
      }),
    ),
    standingChargeOffset: optional(
      wholeNumber(0, 364, {
        title: 'Standing charge offset',
        description: 'How many bills pass before the first one with the charge. Left empty: 0.',
      }),
    ),
    ...chargeProperties,
    customFields: customFields(),
  }),
  computed: Type.Object({}),
  references: [
    { field: 'productId', resource: 'product' },
    { field: 'currency', resource: 'currency', by: 'code' },
  ],
  filters: [
    {
      query: 'productId',
      field: 'productId',
      kind: 'one',
      title: 'Only templates of this product.',
    },
  ],
  uniqueCode: true,
  sample: {
    name: 'Vector storage, monthly',
    code: 'vector_storage_monthly',
    productId: 'ref:product',
    currency: 'USD',
    billFrequency: 'MONTHLY',
    billFrequencyInterval: 1,
    standingCharge: 62,
    standingChargeDescription: 'Platform fee',
    minimumSpend: 100,
  },
})

export const duplicateBody = Type.Object({
  name: name({ description: 'Name of the copy; it must differ from the original.' }),
  code: code({ description: 'Code of the copy; it must be unique.' }),
})

export const duplicatePlanTemplate = operation({
  id: 'duplicatePlanTemplate',
  method: 'POST',
  path: '/plantemplates/{id}/duplicate',
  scope: 'organization',
  area: 'pricing',
  tag: 'Plan templates',
  summary: 'Copy a plan template with its pricings, but without its plans',
  item: null,
  permission: { action: 'config:create', resource: 'config:planTemplate' },
  params: Type.Object({ id: Type.String({ description: 'Id of the plan template.' }) }),
  body: duplicateBody,
  response: responseOf(planTemplate),
})

export type PlanTemplateBody = BodyOf<typeof planTemplate>
export type PlanTemplate = AnswerOf<typeof planTemplate>
export type DuplicateBody = Static<typeof duplicateBody>
