import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import { aggregation } from './aggregation.ts'
import { checkCalculation, evaluateCalculation } from './calculation.ts'
import { compoundAggregation } from './compound-aggregation.ts'
import { ingestEventOperations } from './ingest-event.ts'
import { measurementOperations } from './measurement.ts'
import { meter } from './meter.ts'
import { meterGroup } from './meter-group.ts'
import { product } from './product.ts'
import { savedQuery } from './saved-query.ts'
import { usageOperations } from './usage-query.ts'

/** In an order in which every resource comes after those it refers to. */
export const meteringResources: Resource[] = [
  product,
  meterGroup,
  meter,
  aggregation,
  compoundAggregation,
  savedQuery,
]

export const meteringOperations: Operation[] = [
  checkCalculation,
  evaluateCalculation,
  ...measurementOperations,
  ...ingestEventOperations,
  ...usageOperations,
]
