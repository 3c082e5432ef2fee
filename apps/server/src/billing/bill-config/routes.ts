import { readBillConfig, updateBillConfig } from '@countinghouse/contract/billing/bill-config.ts'
import { type Route, route } from '../../kit/area.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import * as service from './service.ts'

export const billConfigRoutes: Route[] = [
  route(readBillConfig, (call) =>
    call.context.database.transaction((writer) => service.readBillConfig(writer, scopeOf(call))),
  ),
  route(updateBillConfig, (call) =>
    call.context.database.transaction((writer) =>
      service.updateBillConfig(writer, scopeOf(call), call.body),
    ),
  ),
]
