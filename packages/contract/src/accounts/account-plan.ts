/** Account plans: which plan an account has, and from when until when (pricing 5). */
import Type from 'typebox'
import { operation } from '../kit/operation.ts'
import { type AnswerOf, type BodyOf, resource, responseOf } from '../kit/resource.ts'
import { code, customFields, day, id, instant, oneOf, optional } from '../kit/schema.ts'

export const childBillingModes = ['PARENT_SUMMARY', 'PARENT_BREAKDOWN', 'CHILD'] as const

export const accountPlan = resource({
  name: 'account-plan',
  area: 'accounts',
  path: '/accountplans',
  table: 'account_plan',
  title: { one: 'Account plan', many: 'Account plans' },
  permission: 'config:accountPlan',
  event: 'configuration.accountplan',
  maxPageSize: 100,
  body: Type.Object({
    accountId: id({
      title: 'Account',
      description: 'Who gets the plan. Cannot be changed later.',
    }),
    planId: optional(
      id({
        title: 'Plan',
        description:
          'At any time an account has at most one plan of a product, unless the organization allows overlapping plans.',
      }),
    ),
    planGroupId: optional(
      id({
        title: 'Plan group',
        description: 'Leave it empty: plan groups are not available in this version.',
      }),
    ),
    startDate: instant({ title: 'Start', description: 'From when usage is charged.' }),
    endDate: optional(
      instant({
        title: 'End',
        description: 'Until when, this instant not included. Left empty: without end.',
      }),
    ),
    code: optional(
      code({ description: 'A short key, unique among your account plans. May be left empty.' }),
    ),
    billEpoch: optional(
      day({
        title: 'First bill date',
        description:
          'The first day this plan is billed; later bills follow from it. Left empty: that of the account.',
      }),
    ),
    contractId: optional(
      id({
        title: 'Contract',
        description: 'Leave it empty: contracts are not available in this version.',
      }),
    ),
    childBillingMode: optional(
      oneOf([...childBillingModes], {
        title: 'Child billing mode',
        description:
          'Where usage of child accounts is billed. Left empty: PARENT_BREAKDOWN. Without child accounts all are the same.',
      }),
    ),
    customFields: customFields(),
  }),
  computed: Type.Object({
    productId: optional(id({ title: 'Product', description: 'The product of the plan.' })),
  }),
  references: [
    { field: 'accountId', resource: 'account' },
    { field: 'planId', resource: 'plan' },
  ],
  filters: [
    {
      query: 'account',
      field: 'accountId',
      kind: 'one',
      title: 'Only plans of this account; alone it gives the active ones.',
    },
    {
      query: 'plan',
      field: 'planId',
      kind: 'one',
      title: 'Only accounts with this plan; alone it gives the active ones.',
    },
    {
      query: 'product',
      field: 'productId',
      kind: 'one',
      title: 'Only plans of this product; together with account.',
    },
    {
      query: 'contract',
      field: 'contract',
      kind: 'one',
      title: 'Contracts are not available in this version.',
    },
    {
      query: 'date',
      field: 'date',
      kind: 'one',
      title: 'Only what was active on this day (2024-06-01) or at this instant.',
    },
    {
      query: 'includeall',
      field: 'includeall',
      kind: 'one',
      title: 'true adds inactive ones; together with account or plan.',
    },
  ],
  uniqueCode: true,
  immutable: ['accountId'],
  sample: {
    accountId: 'ref:account',
    planId: 'ref:plan',
    startDate: '2024-01-01T00:00:00Z',
    endDate: '2025-01-01T00:00:00Z',
    code: 'nimbus_2024',
  },
})

export const replaceAccountPlan = operation({
  id: 'replaceAccountPlan',
  method: 'POST',
  path: '/accountplans/{id}/replace',
  scope: 'organization',
  area: 'accounts',
  tag: 'Account plans',
  summary: 'End an account plan and start another where it ends, both or neither',
  permission: { action: 'config:update', resource: 'config:accountPlan' },
  params: Type.Object({ id: Type.String({ description: 'Id of the account plan to end.' }) }),
  body: accountPlan.body,
  response: Type.Object({
    originalAccountPlan: responseOf(accountPlan),
    newAccountPlan: responseOf(accountPlan),
  }),
})

export type AccountPlanBody = BodyOf<typeof accountPlan>
export type AccountPlan = AnswerOf<typeof accountPlan>
