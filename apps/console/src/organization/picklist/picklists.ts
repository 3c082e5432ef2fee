/** The picklists by the tab they stand on. */
import { billGroupingKey } from '@countinghouse/contract/organization/bill-grouping-key.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import {
  creditReason,
  debitReason,
  transactionType,
} from '@countinghouse/contract/organization/reason.ts'
import type { Entity, ResourceShape } from '../../kit/query/resource.ts'

export type PicklistItem = Entity & {
  name: string
  archived?: boolean
  maxDecimalPlaces?: number
  roundingMode?: string
  exclusive?: boolean
}

export const picklists: Record<string, ResourceShape> = {
  currencies: currency,
  'credit-reasons': creditReason,
  'debit-reasons': debitReason,
  'transaction-types': transactionType,
  'bill-grouping-keys': billGroupingKey,
}
