import {
  account,
  listChildAccounts,
  searchAccounts,
} from '@countinghouse/contract/accounts/account.ts'
import { type Route, route } from '../../kit/area.ts'
import { refuseHidden, visibleConditions } from '../../kit/permission/visible.ts'
import { listChildren, searchForAccounts } from './service.ts'

const permission = { action: 'config:retrieve', resource: account.permission }

export const accountRoutes: Route[] = [
  route(searchAccounts, ({ context, organization, query, visible }) =>
    searchForAccounts(context.database.reader, organization.id, query, visibleConditions(visible)),
  ),
  route(listChildAccounts, async ({ context, organization, params, query, visible }) => {
    refuseHidden(visible, permission, [params.id])
    const { reader } = context.database
    return listChildren(reader, organization.id, params.id, query, visibleConditions(visible))
  }),
]
