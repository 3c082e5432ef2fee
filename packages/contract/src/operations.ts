/** Every resource and every call of the API, listed by hand. */
import type { Operation } from './kit/operation.ts'
import { operationsOf, type Resource } from './kit/resource.ts'
import { organizationOperations, organizationResources } from './organization/index.ts'

export const resources: Resource[] = [...organizationResources]

/** All calls: the five of each resource, then the others. */
export const operations: Operation[] = [
  ...resources.flatMap(operationsOf),
  ...organizationOperations,
]
