/** Lines of bills: what is charged, and why it is that much (billing 5, 6). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { auditFields, decimal, id, instant, oneOf, optional, page } from '../kit/schema.ts'

export const lineItemTypes = [
  'STANDING_CHARGE',
  'USAGE',
  'COUNTER_RUNNING_TOTAL_CHARGE',
  'COUNTER_ADJUSTMENT_DEBIT',
  'COUNTER_ADJUSTMENT_CREDIT',
  'USAGE_CREDIT',
  'MINIMUM_SPEND',
  'MINIMUM_SPEND_REFUND',
  'CREDIT_DEDUCTION',
  'MANUAL_ADJUSTMENT',
  'CREDIT_MEMO',
  'DEBIT_MEMO',
  'COMMITMENT_CONSUMED',
  'COMMITMENT_FEE',
  'OVERAGE_SURCHARGE',
  'OVERAGE_USAGE',
  'BALANCE_CONSUMED',
  'BALANCE_FEE',
  'AD_HOC',
] as const

export type LineItemType = (typeof lineItemTypes)[number]

const text = (title: string, description?: string) =>
  Type.String({ title, ...(description !== undefined && { description }) })

export const bandUsage = Type.Object({
  pricingBandId: optional(text('Band')),
  lowerLimit: decimal({ title: 'From', description: 'The band begins above this many units.' }),
  fixedPrice: decimal({ title: 'Fixed price' }),
  unitPrice: decimal({ title: 'Unit price' }),
  bandQuantity: decimal({ title: 'Quantity', description: 'Usage in this band.' }),
  bandUnits: decimal({ title: 'Units', description: 'Rated units in this band.' }),
  unitSubtotal: decimal({ title: 'Units × price' }),
  bandSubtotal: decimal({ title: 'Amount', description: 'Not rounded; only the line is.' }),
  convertedBandSubtotal: decimal({ title: 'Converted amount' }),
})

const shared = {
  lineItemType: oneOf([...lineItemTypes], { title: 'Type' }),
  description: text('Description'),
  productId: optional(id({ title: 'Product' })),
  productName: optional(text('Product name')),
  productCode: optional(text('Product code')),
  accountingProductId: optional(id({ title: 'Accounting product' })),
  accountingProductName: optional(text('Accounting product name')),
  accountingProductCode: optional(text('Accounting product code')),
  aggregationId: optional(id({ title: 'Aggregation' })),
  compoundAggregationId: optional(id({ title: 'Compound aggregation' })),
  meterId: optional(id({ title: 'Meter' })),
  planId: optional(id({ title: 'Plan' })),
  pricingId: optional(id({ title: 'Pricing' })),
  segment: optional(Type.Record(Type.String(), Type.String(), { title: 'Segment' })),
  quantity: decimal({ title: 'Quantity', description: 'Usage as measured; 1 for fixed charges.' }),
  units: decimal({
    title: 'Units',
    description: 'Quantity ÷ quantity per unit, rounded as the aggregation says.',
  }),
  unit: text('Unit'),
  subtotal: decimal({ title: 'Subtotal', description: 'In the currency of the price, rounded.' }),
  currency: text('Currency', 'The currency of the price.'),
  conversionRate: decimal({ title: 'Conversion rate', description: '1 for equal currencies.' }),
  convertedSubtotal: decimal({
    title: 'Amount on the bill',
    description: 'Subtotal × conversion rate, in the currency of the bill.',
  }),
  averageUnitPrice: decimal({ title: 'Average unit price' }),
  servicePeriodStartDate: instant({ title: 'Service period start' }),
  servicePeriodEndDate: instant({ title: 'Service period end', description: 'Not included.' }),
  sequenceNumber: Type.Integer({ title: 'Number on the bill' }),
}

/** A line inside a bill. */
export const billLineItem = Type.Object({
  id: id(),
  ...shared,
  usagePerPricingBand: optional(Type.Array(bandUsage)),
})
export type BillLineItem = Static<typeof billLineItem>

/** The same line from the line item calls. */
export const billLineItemResponse = Type.Object({
  ...auditFields,
  billId: id({ title: 'Bill' }),
  ...shared,
  bandUsage: optional(Type.Array(bandUsage)),
  jsonUsageGenerated: Type.Boolean({ title: 'Usage file made' }),
})
export type BillLineItemResponse = Static<typeof billLineItemResponse>

const explainedWindow = Type.Object({
  of: oneOf(['BILLING_PERIOD', 'ACCOUNT_PLAN', 'UNCHARGED', 'PRICING', 'SERVICE_PERIOD'], {
    title: 'Of',
    description: 'UNCHARGED: what earlier bills had not charged already, where that is not all.',
  }),
  from: instant({ title: 'From' }),
  to: Type.Union([instant(), Type.Null()], { title: 'To', description: 'Empty: open end.' }),
})

const explainedFactor = Type.Object(
  {
    numerator: text('Numerator'),
    denominator: text('Denominator'),
    parts: Type.Array(
      Type.Object({
        from: text('From'),
        to: text('To'),
        activeDays: Type.Integer({ title: 'Days charged' }),
        days: Type.Integer({ title: 'Days of the period' }),
      }),
    ),
  },
  { title: 'Share of the period', description: 'Days charged ÷ days of the period.' },
)

const explainedAmount = Type.Object(
  {
    exact: decimal({ title: 'Before rounding' }),
    currency: text('Currency'),
    places: Type.Integer({ title: 'Decimal places' }),
    mode: text('Rounding mode'),
    rounded: decimal({ title: 'Subtotal' }),
    rate: decimal({ title: 'Conversion rate' }),
    billingCurrency: text('Billing currency'),
    converted: decimal({ title: 'Amount on the bill' }),
  },
  { title: 'Rounding and conversion' },
)

const explainedQuestion = Type.Object(
  {
    aggregationId: id({ title: 'Aggregation' }),
    aggregationKind: oneOf(['SIMPLE', 'COMPOUND'], { title: 'Kind' }),
    meterId: Type.Union([id(), Type.Null()], { title: 'Meter' }),
    segment: Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()]),
    from: instant({ title: 'From' }),
    to: instant({ title: 'To' }),
  },
  { title: 'Usage question', description: 'Asked again, it gives the measurements behind.' },
)

const explainedMeasure = Type.Object({
  read: optional(
    Type.Object(
      {
        aggregationId: id({ title: 'Aggregation' }),
        name: text('Aggregation name'),
        meterId: id({ title: 'Meter' }),
      },
      { title: 'Read aggregation', description: 'Only for a compound aggregation.' },
    ),
  ),
  targetField: text('Field'),
  method: text('Method'),
  segment: optional(
    Type.Object({
      fields: Type.Array(Type.String()),
      tried: Type.Array(Type.Array(Type.String()), {
        description: 'The segment of the line last, after those that it stands back for.',
      }),
    }),
  ),
})

const explainedCalculation = Type.Object(
  {
    text: text('Calculation'),
    read: Type.Array(
      Type.Object({
        reference: text('Reference', 'As the calculation may spell it: `aggregation.calls`.'),
        aggregation: optional(
          Type.Object({ code: text('Aggregation code'), name: text('Aggregation name') }),
        ),
        value: Type.Union([decimal(), Type.Null()], {
          title: 'Value',
          description: 'Null where it had none, and for a custom field that holds text.',
        }),
        text: optional(text('Text', 'Only of a custom field that holds text.')),
      }),
      { title: 'Values that it read', description: 'Aggregations and custom fields, each once.' },
    ),
  },
  {
    title: 'Calculation',
    description:
      'Of a compound aggregation, as it was when the line was calculated; it gives the quantity. Lines that were calculated before it was kept lack it.',
  },
)

const explainedBand = Type.Object({
  ...bandUsage.properties,
  upperLimit: Type.Union([decimal(), Type.Null()], {
    title: 'To',
    description: 'Up to and with this many units; empty for the last band.',
  }),
  fixedSubtotal: decimal({
    title: 'Fixed price charged',
    description: '0 where an earlier period has paid it.',
  }),
})

/** Everything that made the amount of a line, with names for what it refers to. */
export const lineExplanation = Type.Object({
  lineItemId: id({ title: 'Line' }),
  billId: id({ title: 'Bill' }),
  lineItemType: shared.lineItemType,
  description: shared.description,
  kind: oneOf(['USAGE', 'STANDING_CHARGE', 'MINIMUM_SPEND'], { title: 'Kind' }),
  accountId: id({ title: 'Account' }),
  accountName: text('Account name'),
  accountCode: text('Account code'),
  accountPlanId: id({ title: 'Account plan' }),
  planId: id({ title: 'Plan' }),
  planName: optional(text('Plan name', 'Absent when the plan was deleted since.')),
  pricingId: optional(id({ title: 'Pricing' })),
  productName: text('Product name'),
  aggregationName: optional(text('Aggregation name')),
  meterName: optional(text('Meter name')),
  unit: text('Unit'),
  windows: Type.Array(explainedWindow, { title: 'What limits the service period' }),
  amount: explainedAmount,
  question: optional(explainedQuestion),
  measured: optional(
    Type.Array(explainedMeasure, {
      title: 'What was counted',
      description: 'As the aggregation was when the line was calculated, whatever became of it.',
    }),
  ),
  calculation: optional(explainedCalculation),
  quantity: optional(decimal({ title: 'Quantity' })),
  quantityPerUnit: optional(decimal({ title: 'Quantity per unit' })),
  rounding: optional(text('Rounding of units')),
  units: optional(decimal({ title: 'Units' })),
  rating: optional(
    Type.Object({
      method: oneOf(['GRADUATED', 'WHOLE', 'FIRST_BAND'], {
        title: 'How bands apply',
        description:
          'GRADUATED: each slice at its own band. WHOLE: all units at the band reached. FIRST_BAND: negative units.',
      }),
      unitsBefore: optional(decimal({ title: 'Units of earlier periods' })),
      earlier: optional(
        Type.Array(
          Type.Object({
            from: instant(),
            to: instant(),
            quantity: Type.Union([decimal(), Type.Null()]),
            units: decimal(),
          }),
          {
            title: 'Earlier periods',
            description:
              'The latest hundred one by one; those before them together as the first, without a quantity.',
          },
        ),
      ),
    }),
  ),
  bands: optional(Type.Array(explainedBand)),
  cap: optional(
    Type.Object(
      {
        scope: oneOf(['PRODUCT', 'BILL'], { title: 'Set against' }),
        uncapped: decimal({ title: 'Without the limit' }),
        available: decimal({ title: 'Charges left', description: 'In the currency of the bill.' }),
      },
      { title: 'Limit of the credit' },
    ),
  ),
  charge: optional(decimal({ title: 'Charge for a whole period' })),
  billNumber: optional(Type.Integer({ title: 'Bill of the plan', description: 'Counted from 0.' })),
  everyBills: optional(Type.Integer({ title: 'Every how many bills' })),
  firstBill: optional(Type.Integer({ title: 'First bill that carries it' })),
  scope: optional(oneOf(['PRICING', 'PLAN'], { title: 'Minimum of' })),
  minimum: optional(decimal({ title: 'Minimum for a whole period' })),
  due: optional(decimal({ title: 'Minimum for the days charged' })),
  base: optional(
    Type.Array(
      Type.Object({
        type: oneOf(['USAGE', 'USAGE_CREDIT', 'MINIMUM_SPEND']),
        description: Type.String(),
        subtotal: decimal(),
      }),
      { title: 'What counts toward the minimum' },
    ),
  ),
  baseTotal: optional(decimal({ title: 'Counted in all' })),
  inAdvance: optional(Type.Boolean({ title: 'In advance' })),
  factor: optional(explainedFactor),
})
export type LineExplanationAnswer = Static<typeof lineExplanation>

const of = {
  scope: 'organization',
  area: 'billing',
  tag: 'Bill line items',
  permission: { action: 'config:retrieve', resource: 'config:billLineItem' },
} as const

const pageQuery = {
  pageSize: optional(Type.Integer({ minimum: 1, maximum: 100 })),
  nextToken: optional(Type.String()),
  additional: optional(
    Type.String({ description: 'Names of extra fields; unknown names are ignored.' }),
  ),
}

const billId = Type.String({ description: 'Id of the bill.' })
const onBill = Type.Object({ billId })
const lineOnBill = Type.Object({ billId, id: Type.String({ description: 'Id of the line.' }) })

export const listBillLineItems = operation({
  ...of,
  id: 'listBillLineItems',
  method: 'GET',
  path: '/bills/{billId}/lineitems',
  summary: 'List the lines of a bill in their order',
  params: onBill,
  query: Type.Object(pageQuery),
  response: page(billLineItemResponse),
})

export const readBillLineItem = operation({
  ...of,
  id: 'readBillLineItem',
  method: 'GET',
  path: '/bills/{billId}/lineitems/{id}',
  summary: 'Read one line of a bill',
  params: lineOnBill,
  query: Type.Object({ additional: pageQuery.additional }),
  response: billLineItemResponse,
})

export const listLineItems = operation({
  ...of,
  id: 'listLineItems',
  method: 'GET',
  path: '/lineitems',
  summary: 'List lines of all bills, newest first',
  query: Type.Object({
    ...pageQuery,
    lineItemType: optional(oneOf([...lineItemTypes], { description: 'Only lines of this type.' })),
    billId: optional(Type.String({ description: 'Only lines of this bill.' })),
    commitmentId: optional(
      Type.String({ description: 'Only lines of this commitment; there are none as yet.' }),
    ),
  }),
  response: page(billLineItemResponse),
})

export const explainBillLineItem = operation({
  ...of,
  id: 'explainBillLineItem',
  method: 'GET',
  path: '/bills/{billId}/lineitems/{id}/explanation',
  summary: 'Say why a line is what it is',
  description:
    'Quantity, units, bands, share of the period, rounding, conversion, and the usage question behind.',
  params: lineOnBill,
  response: lineExplanation,
})

export const measurementsOfLine = Type.Object({
  aggregationId: id({ title: 'Aggregation', description: 'Which aggregation counts them.' }),
  aggregationName: Type.String({ title: 'Aggregation name' }),
  targetField: Type.String({
    title: 'Field',
    description: 'Code of the counted field; empty where a calculation reads no measurements.',
  }),
  total: Type.Integer({ title: 'Total', description: 'Measurements on all pages.' }),
  since: Type.Integer({
    title: 'Came in since',
    description:
      'Measurements of the same time that came in after the bill was last calculated. They are on no page; another calculation counts them.',
  }),
  data: Type.Array(
    Type.Object({
      uid: Type.String({ title: 'UID' }),
      ts: instant({ title: 'Time' }),
      ets: optional(instant({ title: 'End time' })),
      receivedAt: instant({ title: 'Received' }),
      value: Type.Union([Type.String(), Type.Null()], {
        title: 'Value',
        description: 'What is counted: a decimal or a text, as text.',
      }),
    }),
  ),
  nextToken: optional(Type.String()),
})

export const listLineMeasurements = operation({
  ...of,
  id: 'listLineMeasurements',
  method: 'GET',
  path: '/bills/{billId}/lineitems/{id}/measurements',
  summary: 'List the measurements behind a usage line, newest first',
  description:
    'Those that had come in when the bill was last calculated: they add up to its quantity. Lines without usage have none.',
  item: null,
  permission: { action: 'measurements:retrieve', resource: 'measurements:measurement' },
  params: lineOnBill,
  query: Type.Object({
    pageSize: pageQuery.pageSize,
    nextToken: pageQuery.nextToken,
    aggregationId: optional(
      Type.String({
        description: 'One of those that a compound aggregation reads. Left out: the first.',
      }),
    ),
  }),
  response: measurementsOfLine,
})

export const billLineItemOperations = [
  listBillLineItems,
  readBillLineItem,
  listLineItems,
  explainBillLineItem,
  listLineMeasurements,
]
