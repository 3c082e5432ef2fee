import {
  endDateAccounts as endDateAccountsOperation,
  endDateBillingEntities as operation,
} from '@countinghouse/contract/accounts/account.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import { instantProblems } from '../../kit/active-range.ts'
import { type Route, route } from '../../kit/area.ts'
import { refuseProblems } from '../../kit/errors.ts'
import { refuseHidden } from '../../kit/permission/visible.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { type EndDating, endDateAccounts, endDateBillingEntities } from './service.ts'

const updateRight = { action: 'config:update', resource: 'config:account' }

export const endDateRoutes: Route[] = [
  route(operation, (call) => {
    const ending = endingOf(call.body)
    return call.context.database.transaction((writer) =>
      endDateBillingEntities(writer, scopeOf(call), call.params.id, ending),
    )
  }),
  route(endDateAccountsOperation, async (call) => {
    const { accountIds, preview = false } = call.body
    refuseHidden(call.visible, updateRight, accountIds)
    const how = { ...endingOf(call.body), isPreview: preview }
    const { database } = call.context
    return { accounts: await endDateAccounts(database, scopeOf(call), accountIds, how) }
  }),
]

type Sent = {
  endDate: string
  billingEntities: EndDating['kinds']
  applyToChildren?: boolean
}

function endingOf({ endDate, billingEntities, applyToChildren = false }: Sent): EndDating {
  refuseProblems(instantProblems('endDate', endDate))
  return { at: parseInstant(endDate), kinds: billingEntities, applyToChildren }
}
