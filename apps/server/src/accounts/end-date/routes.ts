import { endDateBillingEntities as operation } from '@countinghouse/contract/accounts/account.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import { instantProblems } from '../../kit/active-range.ts'
import { type Route, route } from '../../kit/area.ts'
import { refuseProblems } from '../../kit/errors.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { endDateBillingEntities } from './service.ts'

export const endDateRoutes: Route[] = [
  route(operation, (call) => {
    const { endDate, billingEntities, applyToChildren = false } = call.body
    refuseProblems(instantProblems('endDate', endDate))
    const ending = { at: parseInstant(endDate), kinds: billingEntities, applyToChildren }
    return call.context.database.transaction((writer) =>
      endDateBillingEntities(writer, scopeOf(call), call.params.id, ending),
    )
  }),
]
