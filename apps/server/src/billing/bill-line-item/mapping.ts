import { isDeepStrictEqual } from 'node:util'
import type {
  BillLineItem,
  BillLineItemResponse,
} from '@countinghouse/contract/billing/bill-line-item.ts'
import type { BandLine, LineDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import type { LineExplanation } from '@countinghouse/engine/billing/explanation.ts'
import { isoText } from '@countinghouse/engine/billing/window.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { fromBody, toBody } from './body.ts'
import type { BillLineItemRow, LineRecord, StoredLine } from './store.ts'

/** Which line of its bill it is: the same again in every calculation of the bill. */
export function keyOfRecord({ type, accountPlanId, pricingId, from }: LineRecord): string {
  return `${type} ${accountPlanId} ${pricingId ?? '-'} ${from}`
}

export function keyOfStored(line: StoredLine): string {
  const from = isoText(line.service_period_from.getTime())
  return `${line.line_item_type} ${line.account_plan_id} ${line.pricing_id ?? '-'} ${from}`
}

/** What is stored of a drafted line. */
export function toLineRecord(
  line: LineDraft,
  ids: { id: string; billId: string },
  billEndsAt: number,
): LineRecord {
  return {
    ...ids,
    sequenceNumber: line.sequenceNumber,
    type: line.type,
    accountPlanId: line.accountPlanId,
    pricingId: line.pricingId,
    from: isoText(line.servicePeriodFrom),
    to: isoText(line.servicePeriodTo),
    isAhead: line.servicePeriodFrom >= billEndsAt,
    body: JSON.stringify(toBody(line)),
    explanation: JSON.stringify(line.explanation),
  }
}

/** For two lines with the same key. */
export function isSameLine(stored: StoredLine, line: LineRecord): boolean {
  return (
    stored.sequence_number === line.sequenceNumber &&
    isoText(stored.service_period_to.getTime()) === line.to &&
    stored.is_ahead === line.isAhead &&
    isDeepStrictEqual(fromBody(stored.body), fromBody(JSON.parse(line.body))) &&
    isSameExplanation(stored.explanation, JSON.parse(line.explanation))
  )
}

/** What lines were stored without in earlier versions of the program is no change of them. */
function isSameExplanation(stored: LineExplanation, now: LineExplanation): boolean {
  if (now.kind !== 'USAGE' || stored.kind !== 'USAGE') return isDeepStrictEqual(stored, now)
  const { measured, calculation, ...rest } = now
  return isDeepStrictEqual(stored, {
    ...rest,
    ...(stored.measured !== undefined && { measured }),
    ...(stored.calculation !== undefined && { calculation }),
  })
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
