import {
  cancelBillJob,
  createBillJob,
  listBillJobs,
  readBillJob,
  recalculateBills,
} from '@countinghouse/contract/billing/bill-job.ts'
import { type Route, route } from '../../kit/area.ts'
import { visibleConditions } from '../../kit/permission/visible.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import * as service from './service.ts'

export const billJobRoutes: Route[] = [
  route(createBillJob, (call) =>
    call.context.database.transaction((writer) =>
      service.createBillJob(call.context, writer, scopeOf(call), call.body),
    ),
  ),
  route(recalculateBills, (call) =>
    call.context.database.transaction((writer) =>
      service.recalculateBills(call.context, writer, scopeOf(call), call.body.billIds),
    ),
  ),
  route(listBillJobs, (call) =>
    service.listBillJobs(
      call.context.database.reader,
      call.organization.id,
      call.query,
      visibleConditions(call.visible, 'job.id'),
    ),
  ),
  route(readBillJob, (call) =>
    service.readBillJob(call.context.database.reader, call.organization.id, call.params.id),
  ),
  route(cancelBillJob, (call) =>
    call.context.database.transaction((writer) =>
      service.cancelBillJob(writer, scopeOf(call), call.params.id),
    ),
  ),
]
