/** A bill as a run would make it now: gathered and calculated, not saved (billing 4.6). */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { BillLineItem } from '@countinghouse/contract/billing/bill-line-item.ts'
import type { BillDraft, LineDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import { digits } from '@countinghouse/engine/money/decimal.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { Context } from '../../../context.ts'
import { InvalidInputError, NotFoundError, refuseProblems } from '../../../kit/errors.ts'
import type { OrganizationRef, Principal } from '../../../kit/principal.ts'
import { previewProblems } from '../../bill-job/rules.ts'
import { toBandUsage } from '../../bill-line-item/mapping.ts'
import { type CalculatedAccount, calculateBills, openCalculation } from './calculate.ts'

/** Of a bill that is nowhere: answers must carry an id. */
const NOWHERE = '00000000-0000-0000-0000-000000000000'

export async function previewBill(
  context: Context,
  organization: OrganizationRef,
  principal: Principal,
  job: BillJobBody,
): Promise<Bill> {
  refuseProblems(previewProblems(job))
  const { reader } = context.database
  const calculation = await openCalculation(context, reader, organization, (error) => {
    throw error
  })
  const { accounts } = await calculateBills(calculation, reader, {
    kind: 'due',
    accountIds: job.accountIds ?? [],
    job,
  })
  const [calculated] = [...accounts]
  if (calculated === undefined) {
    throw new NotFoundError(`There is no account with the id ${job.accountIds?.[0]}.`)
  }
  const bills = draftsOf(calculated).filter(isMade)
  const [bill, ...others] = bills
  if (others.length > 0) refuseSeveral(bills)
  if (bill === undefined) {
    throw new InvalidInputError(
      'There is nothing to bill: no plan of this account has such a period on the asked date. Check the frequency, the interval, and the dates of its plans.',
    )
  }
  return toPreview(bill, {
    accountCode: calculated.account.code,
    at: new Date(context.clock.now()).toISOString(),
    by: principal.id,
  })
}

function draftsOf({ bills, refusal }: CalculatedAccount): BillDraft[] {
  if (refusal !== null) throw new InvalidInputError(refusal)
  return bills.map((bill) => {
    if (bill.draft === null) throw new InvalidInputError(bill.refusal)
    return bill.draft
  })
}

/** A run makes none for a plan that is not active yet and charges nothing ahead (billing 2.4). */
function isMade({ hasActivePlan, lines }: BillDraft): boolean {
  return hasActivePlan || lines.length > 0
}

/** Only without a date: plans of one rhythm whose first bill dates differ have periods of their own. */
function refuseSeveral(bills: BillDraft[]): never {
  const dates = bills.map(({ endDate }) => endDate)
  const message = `This account has ${bills.length} bills of this frequency in progress, dated ${dates.join(' and ')}. Send billDate to say which one to preview.`
  throw new InvalidInputError(message, [{ field: 'billDate', message }])
}

function toPreview(draft: BillDraft, made: { accountCode: string; at: string; by: string }): Bill {
  return {
    id: NOWHERE,
    version: 0,
    accountId: draft.identity.accountId,
    accountCode: made.accountCode,
    startDate: draft.startDate,
    endDate: draft.endDate,
    startDateTimeUTC: formatInstant(draft.startsAt),
    endDateTimeUTC: formatInstant(draft.endsAt),
    billDate: draft.billDate,
    dueDate: draft.dueDate,
    billingFrequency: draft.frequency,
    billFrequencyInterval: draft.interval,
    timezone: draft.timezone,
    currency: draft.currency,
    currencyConversions: draft.conversions.map((rate) => ({
      ...rate,
      multiplier: digits(rate.multiplier),
    })),
    status: 'PENDING',
    locked: false,
    lineItems: draft.lines.map(toPreviewLine),
    billTotal: digits(draft.total),
    ...(draft.purchaseOrderNumber !== null && { purchaseOrderNumber: draft.purchaseOrderNumber }),
    externalInvoiceDate: draft.externalInvoiceDate,
    lastCalculatedDate: made.at,
    createdDate: made.at,
    dtCreated: made.at,
    dtLastModified: made.at,
    createdBy: made.by,
    lastModifiedBy: made.by,
    jsonStatementGenerated: false,
    csvStatementGenerated: false,
    statementStale: false,
  }
}

function toPreviewLine(line: LineDraft): BillLineItem {
  const { product, accountingProduct } = line
  return {
    id: NOWHERE,
    lineItemType: line.type,
    description: line.description,
    productId: product.id,
    productName: product.name,
    productCode: product.code,
    accountingProductId: accountingProduct.id,
    accountingProductName: accountingProduct.name,
    accountingProductCode: accountingProduct.code,
    ...(line.aggregationId !== null && { aggregationId: line.aggregationId }),
    ...(line.compoundAggregationId !== null && {
      compoundAggregationId: line.compoundAggregationId,
    }),
    ...(line.meterId !== null && { meterId: line.meterId }),
    planId: line.planId,
    ...(line.pricingId !== null && { pricingId: line.pricingId }),
    ...(line.segment !== null && { segment: { ...line.segment.values } }),
    quantity: digits(line.quantity),
    units: digits(line.units),
    unit: line.unit,
    subtotal: digits(line.subtotal),
    currency: line.currency,
    conversionRate: digits(line.conversionRate),
    convertedSubtotal: digits(line.convertedSubtotal),
    averageUnitPrice: digits(line.averageUnitPrice),
    servicePeriodStartDate: formatInstant(line.servicePeriodFrom),
    servicePeriodEndDate: formatInstant(line.servicePeriodTo),
    sequenceNumber: line.sequenceNumber,
    ...(line.bands.length > 0 && { usagePerPricingBand: line.bands.map(toBandUsage) }),
  }
}
