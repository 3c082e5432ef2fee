/** Aggregations: one number out of the usage of an account in a period (metering 7). */
import Type, { type Static } from 'typebox'
import { type AnswerOf, type BodyOf, resource } from '../kit/resource.ts'
import { customFields, decimal, fieldCode, id, name, oneOf, optional, text } from '../kit/schema.ts'

export const aggregationMethods = [
  'SUM',
  'MIN',
  'MAX',
  'COUNT',
  'LATEST',
  'MEAN',
  'UNIQUE',
  'CUSTOM_SQL',
] as const

export const unitRoundings = ['UP', 'DOWN', 'NEAREST', 'NONE'] as const

export type AggregationMethod = (typeof aggregationMethods)[number]
export type UnitRounding = (typeof unitRoundings)[number]

/** What aggregations and compound aggregations share (metering 7.1, 8.1). */
export const quantityProperties = {
  name: name({ description: 'Shown in lists and as the text of the line on a bill.' }),
  code: optional(
    fieldCode({
      description:
        'Letters, digits, _ and $, not starting with a digit; unique. Needed before a compound aggregation can refer to it as aggregation.code.',
    }),
  ),
  rounding: oneOf([...unitRoundings], {
    title: 'Rounding',
    description:
      'What becomes of a part of a unit after dividing by the quantity per unit: up, down, to the nearest whole (halves away from zero), or left as it is.',
  }),
  quantityPerUnit: decimal({
    exclusiveMinimum: 0,
    title: 'Quantity per unit',
    description:
      'How much makes one priced unit; above 0. With 1000, a quantity of 2500 is 2.5 units before rounding.',
  }),
  unit: text(1, 50, {
    title: 'Unit',
    description: 'What one unit is called on bills, in your own words or as a UCUM unit.',
  }),
  accountingProductId: optional(
    id({
      title: 'Accounting product',
      description:
        'Books its lines under this product. Left empty, the product of the plan is used.',
    }),
  ),
}

/** One value for each segmented field; `*` stands for every value not listed. */
export const segment = Type.Record(Type.String(), Type.String(), {
  title: 'Segment',
  description:
    'A value for each segmented field. The value * takes all that no other segment took.',
})

export type Segment = Static<typeof segment>

export const aggregation = resource({
  name: 'aggregation',
  area: 'metering',
  path: '/aggregations',
  table: 'aggregation',
  title: { one: 'Aggregation', many: 'Aggregations' },
  permission: 'config:aggregation',
  event: 'configuration.aggregation',
  maxPageSize: 100,
  body: Type.Object({
    ...quantityProperties,
    meterId: id({
      title: 'Meter',
      description:
        'Whose usage is counted. The aggregation belongs to the product of this meter; with a global meter it is global.',
    }),
    targetField: text(1, 80, {
      title: 'Target field',
      description: 'Code of the data or derived field of the meter that is counted.',
    }),
    aggregation: oneOf([...aggregationMethods], {
      title: 'Method',
      description:
        'How many values become one. Unique counts different texts; all others need a numeric target field. CUSTOM_SQL is not available in this version.',
    }),
    segmentedFields: optional(
      Type.Array(text(1, 80), {
        maxItems: 5,
        title: 'Segmented fields',
        description:
          'Codes of up to 5 text fields of the meter. Usage is then split by their values, and each segment has its own price.',
      }),
    ),
    segments: optional(
      Type.Array(segment, {
        maxItems: 1000,
        title: 'Segments',
        description:
          'Up to 1000 combinations of values, each with exactly the segmented fields. Usage that fits none is not charged.',
      }),
    ),
    defaultValue: optional(
      decimal({
        minimum: 0,
        title: 'Default value',
        description:
          'The quantity of a period without any usage; 0 or more. Left empty, such a period has no value and no line on the bill.',
      }),
    ),
    customSql: optional(
      text(0, 2048, {
        title: 'Custom SQL',
        description: 'Query of the method CUSTOM_SQL, which is not available in this version.',
      }),
    ),
    customFields: customFields(),
  }),
  computed: Type.Object({
    productId: optional(
      id({ title: 'Product', description: 'The product of its meter; absent for a global one.' }),
    ),
  }),
  references: [
    { field: 'meterId', resource: 'meter' },
    { field: 'accountingProductId', resource: 'product' },
  ],
  filters: [
    {
      query: 'productId',
      field: 'productId',
      kind: 'many',
      title: 'Only aggregations whose meter belongs to these products; global ones are left out.',
    },
    { query: 'codes', field: 'code', kind: 'many', title: 'Only aggregations with these codes.' },
  ],
  uniqueCode: true,
  sample: {
    name: 'Stored gigabytes',
    code: 'stored_gigabytes',
    meterId: 'ref:meter',
    targetField: 'gigabytes',
    aggregation: 'SUM',
    rounding: 'UP',
    quantityPerUnit: 10,
    unit: '10 GB',
    segmentedFields: ['region'],
    segments: [{ region: 'EU' }, { region: '*' }],
    defaultValue: 0,
  },
})

export type AggregationBody = BodyOf<typeof aggregation>
export type Aggregation = AnswerOf<typeof aggregation>
