import type { LineExplanationAnswer } from '@countinghouse/contract/billing/bill-line-item.ts'
import { toBandUsage } from './mapping.ts'
import type { BillLineItemRow } from './store.ts'

export type Names = {
  account: { id: string; code: string; name: string | undefined }
  planName: string | undefined
  aggregationName: string | undefined
  meterName: string | undefined
}

/** The stored explanation as it is answered. */
export function toExplanation(line: BillLineItemRow, names: Names): LineExplanationAnswer {
  const { explanation } = line
  return {
    lineItemId: line.id,
    billId: line.bill_id,
    lineItemType: line.line_item_type,
    description: line.description,
    accountId: names.account.id,
    accountCode: names.account.code,
    accountName: names.account.name ?? names.account.code,
    accountPlanId: line.account_plan_id,
    planId: line.plan_id,
    ...(names.planName !== undefined && { planName: names.planName }),
    ...(line.pricing_id !== null && { pricingId: line.pricing_id }),
    productName: line.product_name,
    ...(names.aggregationName !== undefined && { aggregationName: names.aggregationName }),
    ...(names.meterName !== undefined && { meterName: names.meterName }),
    unit: line.unit,
    ...(explanation.kind === 'USAGE' && {
      bands: line.bands.map((band) => ({
        ...toBandUsage(band),
        upperLimit: band.upperLimit,
        fixedSubtotal: band.fixedSubtotal,
      })),
    }),
    ...explanation,
  }
}
