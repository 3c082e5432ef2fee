/** Everything of the billing area, listed by hand. Bills are made by jobs, so none is a plain resource. */
import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import { billOperations } from './bill.ts'
import { billConfigOperations } from './bill-config.ts'
import { billJobOperations } from './bill-job.ts'
import { billLineItemOperations } from './bill-line-item.ts'
import { billTotalOperations } from './bill-total.ts'
import { lineExplanationOperations } from './line-explanation.ts'

export const billingResources: Resource[] = []

export const billingOperations: Operation[] = [
  ...billJobOperations,
  ...billOperations,
  ...billLineItemOperations,
  ...lineExplanationOperations,
  ...billConfigOperations,
  ...billTotalOperations,
]
