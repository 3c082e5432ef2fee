/** Questions about usage: the data explorer, and the value of one aggregation (metering 12). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { decimal, id, instant, oneOf, optional } from '../kit/schema.ts'

export const usageFunctions = ['SUM', 'MIN', 'MAX', 'COUNT', 'LATEST', 'MEAN', 'UNIQUE'] as const
export type UsageFunction = (typeof usageFunctions)[number]

export const usageFrequencies = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'QUARTER'] as const
export type UsageFrequency = (typeof usageFrequencies)[number]

export const USAGE_ROWS_MAX = 20_000

/** The event store reads no question of any length. One account's page asks for every measure. */
const USAGE_AGGREGATIONS_MAX = 1000
const USAGE_GROUPS_MAX = 200
const USAGE_FILTERS_MAX = 200

const meterField = {
  meterId: Type.String({
    minLength: 1,
    title: 'Meter',
    description: 'The meter whose field is meant.',
  }),
  fieldCode: Type.String({
    minLength: 1,
    title: 'Field',
    description: 'Code of one of its data or derived fields.',
  }),
}

export const dimensionFilter = Type.Object({
  ...meterField,
  values: Type.Array(Type.String(), {
    minItems: 1,
    title: 'Values',
    description: 'Keeps the rows of this meter that have one of these values.',
  }),
})

export const usageAggregation = Type.Object({
  ...meterField,
  fieldType: oneOf(['DIMENSION', 'MEASURE'], {
    title: 'Field type',
    description: 'Measures hold numbers, dimensions hold text.',
  }),
  function: oneOf([...usageFunctions], {
    title: 'Function',
    description:
      'Measures take SUM, MIN, MAX, COUNT, LATEST and MEAN; dimensions take COUNT and UNIQUE.',
  }),
})

/** One shape for the three kinds, so that a problem names the field and not the union. */
export const usageGroup = Type.Object({
  groupType: oneOf(['ACCOUNT', 'TIME', 'DIMENSION'], {
    title: 'Group by',
    description: 'One row for each account, each step of time, or each value of a dimension.',
  }),
  frequency: optional(
    oneOf([...usageFrequencies], {
      title: 'Frequency',
      description: 'Length of a step, in UTC. Weeks begin on Monday. Needed with TIME.',
    }),
  ),
  meterId: optional(Type.String({ minLength: 1, title: 'Meter', description: 'With DIMENSION.' })),
  fieldCode: optional(
    Type.String({ minLength: 1, title: 'Field', description: 'With DIMENSION.' }),
  ),
})

const question = {
  meterIds: optional(
    Type.Array(Type.String(), { title: 'Meters', description: 'Left empty: all meters.' }),
  ),
  accountIds: optional(
    Type.Array(Type.String(), { title: 'Accounts', description: 'Left empty: all accounts.' }),
  ),
  dimensionFilters: optional(
    Type.Array(dimensionFilter, {
      maxItems: USAGE_FILTERS_MAX,
      title: 'Filters',
      description: 'All filters of a meter must hold; other meters are not touched by them.',
    }),
  ),
  aggregations: optional(
    Type.Array(usageAggregation, {
      maxItems: USAGE_AGGREGATIONS_MAX,
      title: 'Aggregations',
      description: 'What is worked out. Left empty, the measurements themselves are returned.',
    }),
  ),
  groups: optional(
    Type.Array(usageGroup, {
      maxItems: USAGE_GROUPS_MAX,
      title: 'Groups',
      description: 'Only together with aggregations.',
    }),
  ),
  limit: optional(
    Type.Integer({
      minimum: 1,
      maximum: USAGE_ROWS_MAX,
      title: 'Limit',
      description: 'Most rows to return, the most recent first; at most 20,000.',
    }),
  ),
}

const startDate = instant({ title: 'From', description: 'Usage from this instant on.' })
const endDate = instant({ title: 'To', description: 'Usage before this instant.' })

export const usageQuery = Type.Object({ startDate, endDate, ...question })
export type UsageQuery = Static<typeof usageQuery>

export const usageTimePeriods = [
  'TODAY',
  'YESTERDAY',
  'WEEK_TO_DATE',
  'MONTH_TO_DATE',
  'YEAR_TO_DATE',
  'PREVIOUS_WEEK',
  'PREVIOUS_MONTH',
  'PREVIOUS_QUARTER',
  'PREVIOUS_YEAR',
  'LAST_12_HOURS',
  'LAST_7_DAYS',
  'LAST_30_DAYS',
  'LAST_35_DAYS',
  'LAST_90_DAYS',
  'LAST_120_DAYS',
  'LAST_YEAR',
] as const

/** A saved question moves with the clock when it names a period instead of two dates. */
export const movingUsageQuery = Type.Object({
  timePeriod: optional(
    oneOf([...usageTimePeriods], {
      title: 'Time period',
      description: 'Worked out in UTC whenever the query runs; it wins over the two dates.',
    }),
  ),
  startDate: optional(startDate),
  endDate: optional(endDate),
  ...question,
})
export type MovingUsageQuery = Static<typeof movingUsageQuery>

const shared = { scope: 'organization', area: 'metering', tag: 'Usage' } as const
const permission = { action: 'analytics:query', resource: 'analytics:usage' }

export const queryUsage = operation({
  ...shared,
  id: 'queryUsage',
  method: 'POST',
  path: '/usage/query',
  summary: 'Ask for measurements, or for what they add up to',
  description:
    'With aggregations a row holds the groups it belongs to and one value for each aggregation, named `meter.field.FUNCTION`. Without, a row is a measurement. Rows come newest first.',
  permission,
  body: movingUsageQuery,
  response: Type.Object({
    data: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    hasMoreData: Type.Boolean({ description: 'More rows exist than were returned.' }),
  }),
  limit: 'explorer',
})

export const listUsageFieldValues = operation({
  ...shared,
  id: 'listUsageFieldValues',
  method: 'GET',
  path: '/usage/fieldvalues',
  summary: 'Values that a dimension has had lately, the most frequent first',
  permission,
  query: Type.Object({
    meterId: id(),
    fieldCode: Type.String({ minLength: 1 }),
    search: optional(Type.String({ maxLength: 200, description: 'Part of the value.' })),
    limit: optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  response: Type.Object({
    data: Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() })),
  }),
})

const aggregationValue = Type.Object({
  segment: optional(Type.Record(Type.String(), Type.String())),
  quantity: Type.Union([decimal(), Type.Null()], { description: 'Null without any usage.' }),
  units: Type.Union([decimal(), Type.Null()]),
})

const valueQuery = Type.Object({ startDate, endDate, accountCode: Type.String({ minLength: 1 }) })
const valueAnswer = Type.Object({ values: Type.Array(aggregationValue) })

export const readAggregationValue = operation({
  ...shared,
  id: 'readAggregationValue',
  method: 'GET',
  path: '/measurements/aggregations/{aggregationId}',
  summary: 'What an aggregation gives for one account, without a bill',
  permission,
  params: Type.Object({ aggregationId: id() }),
  query: valueQuery,
  response: valueAnswer,
})

export const readCompoundAggregationValue = operation({
  ...shared,
  id: 'readCompoundAggregationValue',
  method: 'GET',
  path: '/measurements/compoundaggregations/{aggregationId}',
  summary: 'What a compound aggregation gives for one account, without a bill',
  permission,
  params: Type.Object({ aggregationId: id() }),
  query: valueQuery,
  response: valueAnswer,
})

export const usageOperations = [
  queryUsage,
  listUsageFieldValues,
  readAggregationValue,
  readCompoundAggregationValue,
]
