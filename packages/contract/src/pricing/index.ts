/** Everything of the pricing area, listed by hand. */
import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import { duplicatePlan, plan, readEffectivePlan } from './plan.ts'
import { duplicatePlanTemplate, planTemplate } from './plan-template.ts'
import { pricing } from './pricing.ts'

export const pricingResources: Resource[] = [planTemplate, plan, pricing]

export const pricingOperations: Operation[] = [
  duplicatePlanTemplate,
  readEffectivePlan,
  duplicatePlan,
]
