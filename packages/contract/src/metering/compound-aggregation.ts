/** Compound aggregations: a calculation over the values of aggregations (metering 8). */
import Type from 'typebox'
import { type AnswerOf, type BodyOf, resource } from '../kit/resource.ts'
import { customFields, flag, id, optional, text } from '../kit/schema.ts'
import { quantityProperties, segment } from './aggregation.ts'

export const compoundAggregation = resource({
  name: 'compound-aggregation',
  area: 'metering',
  path: '/compoundaggregations',
  table: 'compound_aggregation',
  title: { one: 'Compound aggregation', many: 'Compound aggregations' },
  permission: 'config:compoundAggregation',
  event: 'configuration.compoundaggregation',
  maxPageSize: 100,
  body: Type.Object({
    ...quantityProperties,
    productId: optional(
      id({
        title: 'Product',
        description:
          'The product whose plans it can price. Leave it empty for a global one, for plans of any product.',
      }),
    ),
    calculation: text(1, 5000, {
      title: 'Calculation',
      description:
        'Made of aggregation.code, custom fields, numbers and functions. Each aggregation enters with its quantity, before its own quantity per unit and rounding.',
    }),
    evaluateNullAggregations: optional(
      flag({
        title: 'Calculate without usage',
        description:
          'On: calculates even when an aggregation has no value in the period. Off: there is then no value and no line on the bill.',
      }),
    ),
    customFields: customFields(),
  }),
  computed: Type.Object({
    segments: optional(
      Type.Array(segment, {
        title: 'Segments',
        description:
          'The segments that all the segmented aggregations in the calculation have in common.',
      }),
    ),
  }),
  references: [
    { field: 'productId', resource: 'product' },
    { field: 'accountingProductId', resource: 'product' },
  ],
  filters: [
    {
      query: 'productId',
      field: 'productId',
      kind: 'many',
      title: 'Only compound aggregations of these products; global ones are left out.',
    },
    {
      query: 'codes',
      field: 'code',
      kind: 'many',
      title: 'Only compound aggregations with these codes.',
    },
  ],
  uniqueCode: true,
  sample: {
    name: 'Stored gigabytes above the allowance',
    code: 'gigabytes_above_allowance',
    productId: 'ref:product',
    calculation: 'Math.max(7 - 2, 0)',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'GB',
  },
})

export type CompoundAggregationBody = BodyOf<typeof compoundAggregation>
export type CompoundAggregation = AnswerOf<typeof compoundAggregation>
