import {
  accountPlan,
  replaceAccountPlan as replaceAccountPlanOperation,
} from '@countinghouse/contract/accounts/account-plan.ts'
import { operationsOf } from '@countinghouse/contract/kit/resource.ts'
import { type Route, route } from '../../kit/area.ts'
import { visibleConditions } from '../../kit/permission/visible.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { listAccountPlans, replaceAccountPlan } from './service.ts'

const listing: Route[] = operationsOf(accountPlan)
  .filter(({ id }) => id === 'listAccountPlan')
  .map((operation) => ({
    operation,
    handle: (call) =>
      listAccountPlans(
        call.context.database.reader,
        scopeOf(call),
        call.query,
        visibleConditions(call.visible),
      ),
  }))

export const accountPlanRoutes: Route[] = [
  ...listing,
  route(replaceAccountPlanOperation, (call) =>
    call.context.database.transaction((writer) =>
      replaceAccountPlan(writer, scopeOf(call), call.params.id, call.body),
    ),
  ),
]
