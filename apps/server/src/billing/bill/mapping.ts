import { isDeepStrictEqual } from 'node:util'
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { BillDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import type { BillIdentity, BillPeriod } from '@countinghouse/engine/billing/bill-input.ts'
import { digits } from '@countinghouse/engine/money/decimal.ts'
import { addDays, type Day, type Frequency } from '@countinghouse/engine/time/calendar.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { settingsOf } from '../bill-job/mapping.ts'
import { keyOfRecord, toLineItem } from '../bill-line-item/mapping.ts'
import type { BillLineItemRow, LineRecord } from '../bill-line-item/store.ts'
import { digestOf } from './digest.ts'
import type { BillFields, BillRecord, BillRow, NewBillRow } from './store.ts'

export function identityOf(
  row: Pick<BillRow, 'account_id' | 'natural_bill_date' | 'key_frequency' | 'key_interval'>,
): BillIdentity {
  const isConsolidated = row.key_frequency === ''
  return {
    accountId: row.account_id,
    naturalBillDate: row.natural_bill_date,
    // NOTE: written from an identity by toBillRecord, so a frequency that is not empty is one.
    frequency: isConsolidated ? null : (row.key_frequency as Frequency),
    interval: isConsolidated ? null : row.key_interval,
  }
}

export function periodOf(
  row: Pick<BillRow, 'start_date' | 'frequency' | 'bill_interval'>,
): BillPeriod {
  return {
    startDate: row.start_date,
    // NOTE: written from a draft by toBillRecord, and no draft is AD_HOC.
    frequency: row.frequency as BillPeriod['frequency'],
    interval: row.bill_interval,
  }
}

/** Locked by hand, or with its last day on or before the lock date (billing 10.2). */
export function isLocked(
  bill: { locked: boolean; end_date: Day },
  billLockDate: Day | null,
): boolean {
  return bill.locked || isBeforeLockDate(bill.end_date, billLockDate)
}

export function isBeforeLockDate(endDate: Day, billLockDate: Day | null): boolean {
  return billLockDate !== null && addDays(endDate, -1) <= billLockDate
}

/** What is stored of a draft; the digest covers the lines too. */
export function toBillRecord(
  id: string,
  {
    draft,
    settings,
    accountCode,
  }: { draft: BillDraft; settings: BillJobBody; accountCode: string },
  lines: readonly LineRecord[],
): BillRecord {
  const { identity } = draft
  const fields: BillFields = {
    account_id: identity.accountId,
    account_code: accountCode,
    natural_bill_date: identity.naturalBillDate,
    key_frequency: identity.frequency ?? '',
    key_interval: identity.interval ?? 0,
    frequency: draft.frequency,
    bill_interval: draft.interval,
    start_date: draft.startDate,
    end_date: draft.endDate,
    starts_at: new Date(draft.startsAt),
    ends_at: new Date(draft.endsAt),
    bill_date: draft.billDate,
    due_date: draft.dueDate,
    external_invoice_date: draft.externalInvoiceDate,
    timezone: draft.timezone,
    currency: draft.currency,
    conversions: draft.conversions.map(({ from, to, multiplier }) => ({
      from,
      to,
      multiplier: digits(multiplier),
    })),
    total: digits(draft.total),
    purchase_order_number: draft.purchaseOrderNumber,
    settings: keptSettings(settings, identity.naturalBillDate),
  }
  const content = [JSON.stringify(fields), ...lines.map(contentOf)].join('\n')
  return { id, digest: digestOf(content), ...fields }
}

function contentOf(line: LineRecord): string {
  const { sequenceNumber, isAhead, to, body, explanation } = line
  return `${sequenceNumber} ${keyOfRecord(line)} ${to} ${isAhead} ${body} ${explanation}`
}

/** For two bills with the same identity. */
export function isSameBill(stored: BillRow, record: BillRecord): boolean {
  const { id: _id, digest: _digest, ...fields } = record
  return Object.entries(fields).every(([field, value]) =>
    isDeepStrictEqual(stored[field as keyof BillFields], value),
  )
}

/** A bill date that is the natural one says nothing: asked for by it or not, the bill is the same. */
function keptSettings(job: BillJobBody, naturalBillDate: Day): BillJobBody {
  const { billDate, ...others } = settingsOf(job)
  return billDate === undefined || billDate === naturalBillDate ? others : { ...others, billDate }
}

export function toBill(
  row: NewBillRow,
  options: { billLockDate: Day | null; lines?: BillLineItemRow[]; withTotal: boolean },
): Bill {
  return {
    id: row.id,
    version: Number(row.version),
    accountId: row.account_id,
    accountCode: row.account_code,
    startDate: row.start_date,
    endDate: row.end_date,
    startDateTimeUTC: formatInstant(row.starts_at.getTime()),
    endDateTimeUTC: formatInstant(row.ends_at.getTime()),
    billDate: row.bill_date,
    dueDate: row.due_date,
    billingFrequency: row.frequency,
    billFrequencyInterval: row.bill_interval,
    timezone: row.timezone,
    currency: row.currency,
    currencyConversions: row.conversions,
    status: row.status,
    locked: isLocked(row, options.billLockDate),
    ...(options.lines && { lineItems: options.lines.map(toLineItem) }),
    ...(options.withTotal && { billTotal: row.total }),
    ...optionalText('purchaseOrderNumber', row.purchase_order_number),
    ...optionalText('externalInvoiceReference', row.external_invoice_reference),
    externalInvoiceDate: row.external_invoice_date,
    ...optionalText('sequentialInvoiceNumber', row.sequential_invoice_number),
    billJobId: row.bill_job_id,
    lastCalculatedDate: row.last_calculated_at.toISOString(),
    createdDate: row.created_at.toISOString(),
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    createdBy: row.created_by,
    lastModifiedBy: row.modified_by,
    ...optionalText('dtApproved', row.approved_at?.toISOString() ?? null),
    ...optionalText('approvedBy', row.approved_by),
    ...optionalText('dtLocked', row.locked_at?.toISOString() ?? null),
    ...optionalText('lockedBy', row.locked_by),
    jsonStatementGenerated: false,
    csvStatementGenerated: false,
    statementStale: false,
  }
}

function optionalText<Field extends string>(
  field: Field,
  value: string | null,
): { [Key in Field]?: string } {
  return (value === null ? {} : { [field]: value }) as { [Key in Field]?: string }
}
