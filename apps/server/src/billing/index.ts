/** The billing area: bill jobs, bills and their lines, the lock date. */
import type { Area } from '../kit/area.ts'
import { billRoutes } from './bill/routes.ts'
import { billConfigRoutes } from './bill-config/routes.ts'
import { billJobRoutes } from './bill-job/routes.ts'
import { resumeBillJobs, runBillJobs } from './bill-job/run.ts'
import { billLineItemRoutes } from './bill-line-item/routes.ts'
import { approveDueBills, scheduleBills } from './bill-schedule/run.ts'
import { billTotalRoutes } from './bill-total/routes.ts'

export const billingArea: Area = {
  name: 'billing',
  resources: [],
  routes: [
    ...billJobRoutes,
    ...billRoutes,
    ...billLineItemRoutes,
    ...billConfigRoutes,
    ...billTotalRoutes,
  ],
  jobs: [runBillJobs, resumeBillJobs, scheduleBills, approveDueBills],
}
