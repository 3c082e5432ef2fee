import { listChildAccounts, searchAccounts } from '@countinghouse/contract/accounts/account.ts'
import { type Route, route } from '../../kit/area.ts'
import { listChildren, searchForAccounts } from './service.ts'

export const accountRoutes: Route[] = [
  route(searchAccounts, ({ context, organization, query }) =>
    searchForAccounts(context.database.reader, organization.id, query),
  ),
  route(listChildAccounts, ({ context, organization, params, query }) =>
    listChildren(context.database.reader, organization.id, params.id, query),
  ),
]
