/** Pricings: what the units of an aggregation cost under a plan or template, and when (pricing 2). */
import Type, { type Static } from 'typebox'
import { type AnswerOf, type BodyOf, resource } from '../kit/resource.ts'
import { code, decimal, flag, id, instant, oneOf, optional, text } from '../kit/schema.ts'
import { segment } from '../metering/aggregation.ts'

export const pricingTypes = ['DEBIT', 'PRODUCT_CREDIT', 'GLOBAL_CREDIT'] as const
export type PricingType = (typeof pricingTypes)[number]

export const pricingBand = Type.Object({
  id: optional(
    Type.String({
      minLength: 1,
      maxLength: 36,
      title: 'ID',
      description: 'Given by the server. Send it back to keep it when you change a pricing.',
    }),
  ),
  lowerLimit: decimal({
    minimum: 0,
    title: 'Lower limit',
    description: 'The band starts above this many units; exactly this many still belong below.',
  }),
  fixedPrice: decimal({
    title: 'Fixed price',
    description: 'Charged once when the band is reached.',
  }),
  unitPrice: decimal({ title: 'Unit price', description: 'Charged for each unit.' }),
  creditTypeId: optional(
    Type.String({ title: 'Credit type', description: 'Kept for older clients; has no effect.' }),
  ),
})

const band = { title: 'Bands', minItems: 1, maxItems: 1000 }

export const pricing = resource({
  name: 'pricing',
  area: 'pricing',
  path: '/pricings',
  table: 'pricing',
  title: { one: 'Pricing', many: 'Pricings' },
  permission: 'config:pricing',
  event: 'configuration.pricing',
  maxPageSize: 100,
  body: Type.Object({
    planId: optional(
      id({ title: 'Plan', description: 'The plan that is priced. Give this or a template.' }),
    ),
    planTemplateId: optional(
      id({
        title: 'Plan template',
        description: 'Prices all plans of the template that have no price of their own.',
      }),
    ),
    aggregationId: optional(
      id({
        title: 'Aggregation',
        description: 'Whose units are priced. Give this or a compound aggregation.',
      }),
    ),
    compoundAggregationId: optional(
      id({ title: 'Compound aggregation', description: 'Whose units are priced.' }),
    ),
    segment: optional(segment),
    type: optional(
      oneOf([...pricingTypes], {
        title: 'Type',
        description:
          'DEBIT charges. PRODUCT_CREDIT and GLOBAL_CREDIT give money back, at most what the other lines of the product or of the bill come to. Left empty: DEBIT.',
      }),
    ),
    code: optional(
      code({ description: 'A short key, unique among your pricings. May be left empty.' }),
    ),
    description: optional(
      text(0, 200, {
        title: 'Description',
        description: 'Text of the line on the bill. Left empty: the name of the aggregation.',
      }),
    ),
    startDate: instant({ title: 'Start', description: 'From when the price counts.' }),
    endDate: optional(
      instant({
        title: 'End',
        description: 'Until when it counts, this instant not included. Left empty: without end.',
      }),
    ),
    cumulative: optional(
      flag({
        title: 'Cumulative',
        description:
          'On: each slice of units has the price of its own band. Off: all units have the price of the band reached. Left empty: off.',
      }),
    ),
    tiersSpanPlan: optional(
      flag({
        title: 'Bands over the whole plan',
        description:
          'On: units add up over all billing periods of the account plan. Off: each period starts at the first band. Left empty: off.',
      }),
    ),
    pricingBands: Type.Array(pricingBand, {
      ...band,
      description: 'At least one. They are kept in the order of their lower limits.',
    }),
    overagePricingBands: optional(
      Type.Array(pricingBand, {
        title: 'Overage bands',
        maxItems: 1000,
        description:
          'Price what prepaid credit no longer covers. Only for cumulative pricings without bands over the whole plan.',
      }),
    ),
    minimumSpend: optional(
      decimal({
        minimum: 0,
        title: 'Minimum spend',
        description: 'The least that this usage costs in a billing period. Left empty: 0.',
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
          'On: billed where the period starts. Off: the missing part is billed at the end. Left empty: off, whatever the organization says.',
      }),
    ),
    accountingProductId: optional(
      id({
        title: 'Accounting product',
        description: 'Books its lines under this product. Left empty: the product of the plan.',
      }),
    ),
  }),
  computed: Type.Object({
    aggregationType: oneOf(['SIMPLE', 'COMPOUND'], { title: 'Kind of aggregation' }),
    segmentString: optional(
      Type.String({
        title: 'Segment',
        description: 'The values of the segment in the order of the segmented fields.',
      }),
    ),
  }),
  references: [
    { field: 'planId', resource: 'plan', onDelete: 'cascade' },
    { field: 'planTemplateId', resource: 'plan-template', onDelete: 'cascade' },
    { field: 'aggregationId', resource: 'aggregation' },
    { field: 'compoundAggregationId', resource: 'compound-aggregation' },
    { field: 'accountingProductId', resource: 'product' },
  ],
  filters: [
    { query: 'planId', field: 'planId', kind: 'one', title: 'Only pricings of this plan.' },
    {
      query: 'planTemplateId',
      field: 'planTemplateId',
      kind: 'one',
      title: 'Only pricings of this template.',
    },
    {
      query: 'aggregationId',
      field: 'aggregationId',
      kind: 'one',
      title: 'Only pricings of this aggregation.',
    },
    {
      query: 'date',
      field: 'date',
      kind: 'one',
      title: 'Only pricings that count on this day (2024-06-01) or at this instant.',
    },
  ],
  uniqueCode: true,
  sample: {
    planTemplateId: 'ref:plan-template',
    aggregationId: 'ref:aggregation',
    segment: { region: 'EU' },
    startDate: '2024-01-01T00:00:00Z',
    code: 'vector_storage_europe',
    description: 'Stored gigabytes in Europe',
    cumulative: true,
    pricingBands: [
      { lowerLimit: 0, fixedPrice: 0, unitPrice: 0.15 },
      { lowerLimit: 500, fixedPrice: 0, unitPrice: 0.1 },
    ],
  },
})

export type PricingBody = BodyOf<typeof pricing>
export type Pricing = AnswerOf<typeof pricing>
export type PricingBand = Static<typeof pricingBand>
