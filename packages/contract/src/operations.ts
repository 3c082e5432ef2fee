/** Every resource and every call of the API, listed by hand. */
import { accountsOperations, accountsResources } from './accounts/index.ts'
import { billingOperations, billingResources } from './billing/index.ts'
import type { Operation } from './kit/operation.ts'
import { operationsOf, type Resource } from './kit/resource.ts'
import { meteringOperations, meteringResources } from './metering/index.ts'
import { notificationsOperations, notificationsResources } from './notifications/index.ts'
import { organizationOperations, organizationResources } from './organization/index.ts'
import { listTasksOperation } from './organization/task.ts'
import { pricingOperations, pricingResources } from './pricing/index.ts'

export const resources: Resource[] = [
  ...organizationResources,
  ...meteringResources,
  ...pricingResources,
  ...accountsResources,
  ...billingResources,
  ...notificationsResources,
]

/** All calls: the five of each resource, then the others. */
export const operations: Operation[] = [
  ...resources.flatMap(operationsOf),
  listTasksOperation,
  ...organizationOperations,
  ...meteringOperations,
  ...pricingOperations,
  ...accountsOperations,
  ...billingOperations,
  ...notificationsOperations,
]
