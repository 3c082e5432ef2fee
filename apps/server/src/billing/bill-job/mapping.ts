import type { BillJob, BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { OrganizationConfiguration } from '@countinghouse/contract/organization/configuration.ts'
import type { Currency } from '@countinghouse/contract/organization/currency.ts'
import type { BillingRules, BillRequest } from '@countinghouse/engine/billing/bill-input.ts'
import { currencyRule } from '@countinghouse/engine/money/currency.ts'
import { decimal } from '@countinghouse/engine/money/decimal.ts'
import { normalizeZone } from '@countinghouse/engine/time/zone.ts'
import type { BillJobRow } from './store.ts'

/** The settings of the organization with those of the job put over them (billing 2.2). */
export function toRules(
  configuration: OrganizationConfiguration,
  currencies: Pick<Currency, 'code' | 'maxDecimalPlaces' | 'roundingMode'>[],
  job: BillJobBody,
): BillingRules {
  return {
    timezone: normalizeZone(job.timezone ?? configuration.timezone),
    epochs: {
      DAILY: job.dayEpoch ?? configuration.dayEpoch,
      WEEKLY: job.weekEpoch ?? configuration.weekEpoch,
      MONTHLY: job.monthEpoch ?? configuration.monthEpoch,
      ANNUALLY: job.yearEpoch ?? configuration.yearEpoch,
    },
    consolidateBills: configuration.consolidateBills ?? false,
    daysBeforeBillDue: configuration.daysBeforeBillDue,
    externalInvoiceDate: configuration.externalInvoiceDate ?? 'FIRST_DAY_OF_NEXT_PERIOD',
    currency: configuration.currency,
    targetCurrency: job.targetCurrency ?? null,
    currencies: new Map(
      currencies.flatMap(({ code, maxDecimalPlaces, roundingMode }) =>
        code === undefined ? [] : [[code, currencyRule(code, maxDecimalPlaces, roundingMode)]],
      ),
    ),
    conversions: [
      ...(job.currencyConversions ?? []),
      ...(configuration.currencyConversions ?? []),
    ].flatMap(({ from, to, multiplier }) =>
      multiplier === undefined ? [] : [{ from, to, multiplier: decimal(multiplier) }],
    ),
  }
}

/** Null when the job asks for bills that no plan has: AD_HOC. */
export function toRequest(
  job: BillJobBody & { onlyLive?: boolean },
  now: number,
): BillRequest | null {
  if (job.billingFrequency === 'AD_HOC') return null
  return {
    frequency: job.billingFrequency ?? null,
    interval: job.billFrequencyInterval ?? null,
    lastDay: job.lastDateInBillingPeriod ?? null,
    billDate: job.billDate ?? null,
    dueDate: job.dueDate ?? null,
    externalInvoiceDate: job.externalInvoiceDate ?? null,
    now,
    onlyLive: job.onlyLive ?? false,
  }
}

/** What a bill keeps of its job, so that calculating it again gives the same dates and amounts. */
export function settingsOf(job: BillJobBody & { onlyLive?: boolean }): BillJobBody {
  const {
    accountIds: _accounts,
    billingFrequency: _frequency,
    billFrequencyInterval: _interval,
    lastDateInBillingPeriod: _lastDay,
    version: _version,
    onlyLive: _onlyLive,
    ...settings
  } = job
  return settings
}

export function toBillJob(row: BillJobRow): BillJob {
  const { onlyLive: _onlyLive, ...request } = row.request
  return {
    ...request,
    id: row.id,
    version: Number(row.version),
    type: row.type,
    status: row.status,
    total: row.total ?? 0,
    pending: row.pending,
    ...(row.bill_ids !== null && { billIds: row.bill_ids }),
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    createdBy: row.created_by,
    lastModifiedBy: row.modified_by,
  }
}
