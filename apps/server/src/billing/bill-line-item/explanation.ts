import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import type { ExplainedWindow, LineExplanation } from '@countinghouse/engine/billing/explanation.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { toBandUsage } from './mapping.ts'
import type { BillLineItemRow, ExplainedLineRow } from './store.ts'

export type Names = {
  account: { id: string; code: string; name: string | undefined }
  billingCurrency: string
  planName: string | undefined
  aggregationName: string | undefined
  meterName: string | undefined
}

/** What was stored about the line, put together with what the line itself says. */
export function toExplanation(line: ExplainedLineRow, names: Names): LineExplanationAnswer {
  const { windows, amount, ...explanation } = line.explanation
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
    windows: windowsOf(line, windows),
    amount: {
      ...amount,
      currency: line.currency,
      rounded: line.subtotal,
      rate: line.conversion_rate,
      billingCurrency: names.billingCurrency,
      converted: line.converted_subtotal,
    },
    ...(line.explanation.kind === 'USAGE' && usageOf(line)),
    ...explanation,
  }
}

/** The usage question of a line: asked again, it finds the measurements behind. */
export function questionOfLine(line: BillLineItemRow) {
  const { aggregation_id: simple, compound_aggregation_id: compound } = line
  const aggregationId = simple ?? compound
  if (aggregationId === null) throw new Error(`Line ${line.id} measures nothing`)
  return {
    aggregationId,
    aggregationKind: simple === null ? ('COMPOUND' as const) : ('SIMPLE' as const),
    meterId: line.meter_id,
    segment: line.segment,
    from: formatInstant(line.service_period_from.getTime()),
    to: formatInstant(line.service_period_to.getTime()),
  }
}

function usageOf(line: BillLineItemRow) {
  return {
    question: questionOfLine(line),
    quantity: line.quantity,
    units: line.units,
    bands: line.bands.map((band) => ({
      ...toBandUsage(band),
      upperLimit: band.upperLimit,
      fixedSubtotal: band.fixedSubtotal,
    })),
  }
}

type Windows = LineExplanationAnswer['windows']

function windowsOf(line: BillLineItemRow, windows: LineExplanation['windows']): Windows {
  const window = (of: Windows[number]['of'], [from, to]: ExplainedWindow) => ({ of, from, to })
  return [
    window('BILLING_PERIOD', windows.billingPeriod),
    window('ACCOUNT_PLAN', windows.accountPlan),
    ...(windows.uncharged === undefined ? [] : [window('UNCHARGED', windows.uncharged)]),
    ...(windows.pricing === undefined ? [] : [window('PRICING', windows.pricing)]),
    window('SERVICE_PERIOD', [
      formatInstant(line.service_period_from.getTime()),
      formatInstant(line.service_period_to.getTime()),
    ]),
  ]
}
