/** Everything of the accounts area, listed by hand. */
import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import {
  account,
  endDateAccounts,
  endDateBillingEntities,
  listChildAccounts,
  searchAccounts,
} from './account.ts'
import { accountPlan, replaceAccountPlan } from './account-plan.ts'

export const accountsResources: Resource[] = [account, accountPlan]

export const accountsOperations: Operation[] = [
  searchAccounts,
  listChildAccounts,
  endDateBillingEntities,
  endDateAccounts,
  replaceAccountPlan,
]
