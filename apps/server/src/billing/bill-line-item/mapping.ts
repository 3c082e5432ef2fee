import type {
  BillLineItem,
  BillLineItemResponse,
} from '@countinghouse/contract/billing/bill-line-item.ts'
import type { BandLine, LineDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import { isoText } from '@countinghouse/engine/billing/window.ts'
import { digits } from '@countinghouse/engine/money/decimal.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { digestOf } from '../bill/digest.ts'
import type { BillLineItemRow, LineFields, LineRecord } from './store.ts'

/** Which line of its bill it is: the same again in every calculation of the bill. */
export function lineKeyOf(line: LineDraft): string {
  const { type, accountPlanId, pricingId, servicePeriodFrom } = line
  return `${type} ${accountPlanId} ${pricingId ?? '-'} ${isoText(servicePeriodFrom)}`
}

/** What is stored of a drafted line; the order of keys is fixed, because the digest depends on it. */
export function toLineRecord(
  line: LineDraft,
  ids: { id: string; billId: string },
  billEndsAt: number,
): LineRecord {
  const fields: LineFields = {
    sequence_number: line.sequenceNumber,
    line_item_type: line.type,
    description: line.description,
    product_id: line.product.id,
    product_name: line.product.name,
    product_code: line.product.code,
    accounting_product_id: line.accountingProduct.id,
    accounting_product_name: line.accountingProduct.name,
    accounting_product_code: line.accountingProduct.code,
    account_plan_id: line.accountPlanId,
    plan_id: line.planId,
    pricing_id: line.pricingId,
    aggregation_id: line.aggregationId,
    compound_aggregation_id: line.compoundAggregationId,
    meter_id: line.meterId,
    segment: line.segment?.values ?? null,
    quantity: digits(line.quantity),
    units: digits(line.units),
    unit: line.unit,
    subtotal: digits(line.subtotal),
    currency: line.currency,
    conversion_rate: digits(line.conversionRate),
    converted_subtotal: digits(line.convertedSubtotal),
    average_unit_price: digits(line.averageUnitPrice),
    bands: line.bands,
    service_period_from: isoText(line.servicePeriodFrom),
    service_period_to: isoText(line.servicePeriodTo),
    explanation: line.explanation,
  }
  const json = JSON.stringify(fields)
  return {
    ...ids,
    lineKey: lineKeyOf(line),
    digest: digestOf(json),
    isAhead: line.servicePeriodFrom >= billEndsAt,
    json,
  }
}

export function toLineItem(row: BillLineItemRow): BillLineItem {
  return {
    id: row.id,
    ...sharedOf(row),
    ...(row.bands.length > 0 && { usagePerPricingBand: row.bands.map(toBandUsage) }),
  }
}

export function toLineItemResponse(row: BillLineItemRow): BillLineItemResponse {
  return {
    id: row.id,
    version: Number(row.version),
    billId: row.bill_id,
    ...sharedOf(row),
    ...(row.bands.length > 0 && { bandUsage: row.bands.map(toBandUsage) }),
    jsonUsageGenerated: false,
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    createdBy: row.created_by,
    lastModifiedBy: row.modified_by,
  }
}

function sharedOf(row: BillLineItemRow) {
  return {
    lineItemType: row.line_item_type,
    description: row.description,
    productId: row.product_id,
    productName: row.product_name,
    productCode: row.product_code,
    accountingProductId: row.accounting_product_id,
    accountingProductName: row.accounting_product_name,
    accountingProductCode: row.accounting_product_code,
    ...(row.aggregation_id !== null && { aggregationId: row.aggregation_id }),
    ...(row.compound_aggregation_id !== null && {
      compoundAggregationId: row.compound_aggregation_id,
    }),
    ...(row.meter_id !== null && { meterId: row.meter_id }),
    planId: row.plan_id,
    ...(row.pricing_id !== null && { pricingId: row.pricing_id }),
    ...(row.segment !== null && { segment: row.segment }),
    quantity: row.quantity,
    units: row.units,
    unit: row.unit,
    subtotal: row.subtotal,
    currency: row.currency,
    conversionRate: row.conversion_rate,
    convertedSubtotal: row.converted_subtotal,
    averageUnitPrice: row.average_unit_price,
    servicePeriodStartDate: formatInstant(row.service_period_from.getTime()),
    servicePeriodEndDate: formatInstant(row.service_period_to.getTime()),
    sequenceNumber: row.sequence_number,
  }
}

export function toBandUsage(band: BandLine) {
  return {
    ...(band.pricingBandId !== null && { pricingBandId: band.pricingBandId }),
    lowerLimit: band.lowerLimit,
    fixedPrice: band.fixedPrice,
    unitPrice: band.unitPrice,
    bandQuantity: band.bandQuantity,
    bandUnits: band.bandUnits,
    unitSubtotal: band.unitSubtotal,
    bandSubtotal: band.bandSubtotal,
    convertedBandSubtotal: band.convertedBandSubtotal,
  }
}
