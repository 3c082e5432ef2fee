/**
 * Meters: the shape of the usage data that one source sends. Data fields come with every
 * measurement, derived fields are calculated when it arrives (metering 4).
 */
import Type, { type Static } from 'typebox'
import { type AnswerOf, type BodyOf, resource } from '../kit/resource.ts'
import { code, customFields, fieldCode, id, name, oneOf, optional, text } from '../kit/schema.ts'

export const dataFieldCategories = [
  'WHO',
  'WHERE',
  'WHAT',
  'OTHER',
  'METADATA',
  'MEASURE',
  'INCOME',
  'COST',
] as const

export type DataFieldCategory = (typeof dataFieldCategories)[number]

/** Categories that hold numbers; the Console calls their fields measures, all others dimensions. */
export const numericCategories = [
  'MEASURE',
  'INCOME',
  'COST',
] as const satisfies DataFieldCategory[]

/** Categories whose fields an aggregation may be segmented by (metering 4.2). */
export const segmentableCategories = [
  'WHO',
  'WHERE',
  'WHAT',
  'OTHER',
] as const satisfies DataFieldCategory[]

const fieldProperties = {
  category: oneOf([...dataFieldCategories], {
    title: 'Category',
    description:
      'Measure, income and cost hold numbers and need a unit. Who, what, where and other hold text that usage can be split by. Metadata holds text of up to 256 characters that it cannot be split by.',
  }),
  code: fieldCode({
    description:
      'The name of the field in measurements and calculations; unique within the meter. Letters, digits, _ and $, not starting with a digit.',
  }),
  name: name({ description: 'What people see for this field in tables, filters and charts.' }),
  unit: optional(
    text(1, 50, {
      title: 'Unit',
      description:
        'What one stands for, best as a UCUM unit such as GBy or s. Needed for measure, income and cost.',
    }),
  ),
}

export const dataField = Type.Object(fieldProperties)

export const derivedField = Type.Object({
  ...fieldProperties,
  calculation: text(1, 5000, {
    title: 'Calculation',
    description:
      'Worked out once, when a measurement arrives, from its data fields, timestamps and custom fields. A change acts on later measurements only.',
  }),
})

export type DataField = Static<typeof dataField>
export type DerivedField = Static<typeof derivedField>

export const meter = resource({
  name: 'meter',
  area: 'metering',
  path: '/meters',
  table: 'meter',
  title: { one: 'Meter', many: 'Meters' },
  permission: 'config:meter',
  event: 'configuration.meter',
  maxPageSize: 100,
  body: Type.Object({
    productId: optional(
      id({
        title: 'Product',
        description:
          'The product this meter feeds. Leave it empty for a global meter, whose aggregations can price plans of any product.',
      }),
    ),
    groupId: optional(
      id({ title: 'Meter group', description: 'Gathers meters in lists and analytics. Optional.' }),
    ),
    name: name({
      description: 'What people see for this meter in lists and in the data explorer.',
    }),
    code: code({
      description:
        'Measurements name the meter by this code, so it is unique over all products. After a change new measurements must use the new code; earlier usage stays.',
    }),
    dataFields: Type.Array(dataField, {
      minItems: 1,
      maxItems: 15,
      title: 'Data fields',
      description: 'What every measurement must carry: 1 to 15 fields, all of them required.',
    }),
    derivedFields: Type.Array(derivedField, {
      maxItems: 15,
      title: 'Derived fields',
      description: 'Up to 15 fields calculated from the data fields; an empty list for none.',
    }),
    customFields: customFields(),
  }),
  computed: Type.Object({}),
  references: [
    { field: 'productId', resource: 'product' },
    { field: 'groupId', resource: 'meter-group' },
  ],
  filters: [
    {
      query: 'productId',
      field: 'productId',
      kind: 'many',
      title: 'Only meters of these products.',
    },
    {
      query: 'groupId',
      field: 'groupId',
      kind: 'many',
      title: 'Only meters of these groups.',
    },
    { query: 'codes', field: 'code', kind: 'many', title: 'Only meters with these codes.' },
  ],
  uniqueCode: true,
  sample: {
    productId: 'ref:product',
    groupId: 'ref:meter-group',
    name: 'Storage',
    code: 'storage',
    dataFields: [
      { category: 'MEASURE', code: 'gigabytes', name: 'Stored', unit: 'GBy' },
      { category: 'WHERE', code: 'region', name: 'Region' },
      { category: 'METADATA', code: 'index_name', name: 'Index' },
    ],
    derivedFields: [
      {
        category: 'MEASURE',
        code: 'megabytes',
        name: 'Stored in megabytes',
        unit: 'MBy',
        calculation: 'gigabytes * 1000',
      },
    ],
  },
})

export type MeterBody = BodyOf<typeof meter>
export type Meter = AnswerOf<typeof meter>
