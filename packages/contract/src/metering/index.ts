import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import { aggregation } from './aggregation.ts'
import { checkCalculation, evaluateCalculation } from './calculation.ts'
import { compoundAggregation } from './compound-aggregation.ts'
import { meter } from './meter.ts'
import { meterGroup } from './meter-group.ts'
import { product } from './product.ts'

/** In an order in which every resource comes after those it refers to. */
export const meteringResources: Resource[] = [
  product,
  meterGroup,
  meter,
  aggregation,
  compoundAggregation,
]

export const meteringOperations: Operation[] = [checkCalculation, evaluateCalculation]
