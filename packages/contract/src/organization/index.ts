/** Everything of the organization area, listed by hand. */
import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import { billGroupingKey } from './bill-grouping-key.ts'
import { currency } from './currency.ts'
import { creditReason, debitReason, transactionType } from './reason.ts'

export const organizationResources: Resource[] = [
  currency,
  creditReason,
  debitReason,
  transactionType,
  billGroupingKey,
]

export const organizationOperations: Operation[] = []
