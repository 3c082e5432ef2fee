/** Why a line of a bill is what it is, down to its measurements (billing 6). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { decimal, id, instant, oneOf, optional } from '../kit/schema.ts'
import { bandUsage, lineOnBill, ofLines, pageQuery, sharedOfLines } from './bill-line-item.ts'

const text = (title: string, description?: string) =>
  Type.String({ title, ...(description !== undefined && { description }) })

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
  lineItemType: sharedOfLines.lineItemType,
  description: sharedOfLines.description,
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

export const explainBillLineItem = operation({
  ...ofLines,
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
  ...ofLines,
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

export const lineExplanationOperations = [explainBillLineItem, listLineMeasurements]
