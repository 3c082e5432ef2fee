/** Everything of the notifications area, listed by hand. */
import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import {
  countAlerts,
  deleteAlert,
  listAlerts,
  readAlert,
  updateAlertStatus,
  updateAlertStatuses,
} from './alert.ts'

export const notificationsResources: Resource[] = []

export const notificationsOperations: Operation[] = [
  listAlerts,
  countAlerts,
  readAlert,
  updateAlertStatus,
  updateAlertStatuses,
  deleteAlert,
]
