/** The metering area: products, meters, what is counted, and calculations. */
import { meterGroup } from '@countinghouse/contract/metering/meter-group.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { savedQuery } from '@countinghouse/contract/metering/saved-query.ts'
import { type Area, bind } from '../kit/area.ts'
import { aggregationBinding, type FindPricings } from './aggregation/service.ts'
import { calculationRoutes } from './calculation/routes.ts'
import { compoundAggregationBinding } from './compound-aggregation/service.ts'
import { ingestEventRoutes } from './ingest-event/routes.ts'
import { purgeEventsJob } from './ingest-event/run.ts'
import { measurementRoutes } from './measurement/routes.ts'
import { compactEventsJob } from './measurement/run.ts'
import { meterBinding } from './meter/service/binding.ts'
import { usageRoutes } from './usage/routes.ts'

/** What the area needs of those above it; app.ts supplies it. */
export type MeteringNeeds = { findPricings: FindPricings }

export function meteringArea({ findPricings }: MeteringNeeds): Area {
  return {
    name: 'metering',
    resources: [
      bind(product),
      bind(meterGroup),
      meterBinding,
      aggregationBinding(findPricings),
      compoundAggregationBinding(findPricings),
      bind(savedQuery),
    ],
    routes: [...calculationRoutes, ...measurementRoutes, ...ingestEventRoutes, ...usageRoutes],
    jobs: [compactEventsJob, purgeEventsJob],
  }
}
