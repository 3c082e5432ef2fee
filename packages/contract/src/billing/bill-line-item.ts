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

export const sharedOfLines = {
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
  ...sharedOfLines,
  usagePerPricingBand: optional(Type.Array(bandUsage)),
})
export type BillLineItem = Static<typeof billLineItem>

/** The same line from the line item calls. */
export const billLineItemResponse = Type.Object({
  ...auditFields,
  billId: id({ title: 'Bill' }),
  ...sharedOfLines,
  bandUsage: optional(Type.Array(bandUsage)),
  jsonUsageGenerated: Type.Boolean({ title: 'Usage file made' }),
})
export type BillLineItemResponse = Static<typeof billLineItemResponse>

/** What all calls about lines share. */
export const ofLines = {
  scope: 'organization',
  area: 'billing',
  tag: 'Bill line items',
  permission: { action: 'config:retrieve', resource: 'config:billLineItem' },
} as const

export const pageQuery = {
  pageSize: optional(Type.Integer({ minimum: 1, maximum: 100 })),
  nextToken: optional(Type.String()),
  additional: optional(
    Type.String({ description: 'Names of extra fields; unknown names are ignored.' }),
  ),
}

const billId = Type.String({ description: 'Id of the bill.' })
const onBill = Type.Object({ billId })
export const lineOnBill = Type.Object({
  billId,
  id: Type.String({ description: 'Id of the line.' }),
})

export const listBillLineItems = operation({
  ...ofLines,
  id: 'listBillLineItems',
  method: 'GET',
  path: '/bills/{billId}/lineitems',
  summary: 'List the lines of a bill in their order',
  params: onBill,
  query: Type.Object(pageQuery),
  response: page(billLineItemResponse),
})

export const readBillLineItem = operation({
  ...ofLines,
  id: 'readBillLineItem',
  method: 'GET',
  path: '/bills/{billId}/lineitems/{id}',
  summary: 'Read one line of a bill',
  params: lineOnBill,
  query: Type.Object({ additional: pageQuery.additional }),
  response: billLineItemResponse,
})

export const listLineItems = operation({
  ...ofLines,
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

export const billLineItemOperations = [listBillLineItems, readBillLineItem, listLineItems]
