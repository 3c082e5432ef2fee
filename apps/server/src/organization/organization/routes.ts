/** Reading and changing the organization's own details. */
import {
  readOrganization,
  updateOrganization,
} from '@countinghouse/contract/organization/organization.ts'
import { route } from '../../kit/area.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { accessOf } from '../access/cache.ts'
import { replaceOrganization } from './service.ts'
import { readDetails } from './store.ts'

export const organizationRoutes = [
  route(readOrganization, ({ context, organization }) =>
    readDetails(context.database.reader, organization.id),
  ),
  route(updateOrganization, async (call) => {
    const details = await call.context.database.transaction((writer) =>
      replaceOrganization(writer, scopeOf(call), call.body),
    )
    accessOf(call.context.database).forget()
    return details
  }),
]
