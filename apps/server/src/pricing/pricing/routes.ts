import { operationsOf } from '@countinghouse/contract/kit/resource.ts'
import { pricing } from '@countinghouse/contract/pricing/pricing.ts'
import type { Route } from '../../kit/area.ts'
import { visibleConditions } from '../../kit/permission/visible.ts'
import { listPricings } from './service.ts'

export const pricingRoutes: Route[] = operationsOf(pricing)
  .filter(({ id }) => id === 'listPricing')
  .map((operation) => ({
    operation,
    handle: ({ context, organization, query, visible }) =>
      listPricings(context.database.reader, organization.id, query, visibleConditions(visible)),
  }))
