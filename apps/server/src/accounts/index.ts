/** The accounts area: customers and the plans they have. */
import type { Area } from '../kit/area.ts'
import { accountRoutes } from './account/routes.ts'
import { accountBinding } from './account/service.ts'
import { accountPlanRoutes } from './account-plan/routes.ts'
import { accountPlanBinding } from './account-plan/service.ts'
import { endDateRoutes } from './end-date/routes.ts'

export const accountsArea: Area = {
  name: 'accounts',
  resources: [accountBinding, accountPlanBinding],
  routes: [...accountRoutes, ...accountPlanRoutes, ...endDateRoutes],
  jobs: [],
}
