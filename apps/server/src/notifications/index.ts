/** The notifications area: what people are told without asking. */
import type { Area } from '../kit/area.ts'
import { alertRoutes } from './alert/routes.ts'
import { alertTidying } from './alert/run.ts'

export const notificationsArea: Area = {
  name: 'notifications',
  resources: [],
  routes: alertRoutes,
  jobs: [alertTidying],
}
