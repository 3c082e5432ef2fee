import {
  account,
  listChildAccounts,
  searchAccounts,
} from '@countinghouse/contract/accounts/account.ts'
import { operationsOf } from '@countinghouse/contract/kit/resource.ts'
import { type Route, route } from '../../kit/area.ts'
import { refuseHidden, visibleConditions } from '../../kit/permission/visible.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { listChildren, removeAccount, searchForAccounts } from './service.ts'

const permission = { action: 'config:retrieve', resource: account.permission }

const removal: Route[] = operationsOf(account)
  .filter(({ id }) => id === 'deleteAccount')
  .map((operation) => ({
    operation,
    handle: (call) =>
      removeAccount(
        call.context,
        call.organization,
        scopeOf(call),
        (call.params as { id: string }).id,
      ),
  }))

export const accountRoutes: Route[] = [
  ...removal,
  route(searchAccounts, ({ context, organization, query, visible }) =>
    searchForAccounts(context.database.reader, organization.id, query, visibleConditions(visible)),
  ),
  route(listChildAccounts, async ({ context, organization, params, query, visible }) => {
    refuseHidden(visible, permission, [params.id])
    const { reader } = context.database
    return listChildren(reader, organization.id, params.id, query, visibleConditions(visible))
  }),
]
