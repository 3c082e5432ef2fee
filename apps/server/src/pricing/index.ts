/** The pricing area: plan templates, plans and what units cost under them. */
import type { Area } from '../kit/area.ts'
import { planRoutes } from './plan/routes.ts'
import { planBinding } from './plan/service.ts'
import { planTemplateRoutes } from './plan-template/routes.ts'
import { planTemplateBinding } from './plan-template/service.ts'
import { pricingRoutes } from './pricing/routes.ts'
import { pricingBinding } from './pricing/service.ts'

export const pricingArea: Area = {
  name: 'pricing',
  resources: [planTemplateBinding, planBinding, pricingBinding],
  routes: [...planTemplateRoutes, ...planRoutes, ...pricingRoutes],
  jobs: [],
}
