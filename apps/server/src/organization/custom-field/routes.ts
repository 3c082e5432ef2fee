/** Reading and replacing the custom fields. */
import {
  readCustomFields,
  updateCustomFields,
} from '@countinghouse/contract/organization/custom-fields.ts'
import { type Route, route } from '../../kit/area.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import {
  type FindCustomFieldUsers,
  readCustomFieldDefaults,
  replaceCustomFieldDefaults,
} from './service.ts'

export function customFieldRoutes(findUsers: FindCustomFieldUsers): Route[] {
  return [
    route(readCustomFields, ({ context, organization }) =>
      readCustomFieldDefaults(context.database.reader, organization.id),
    ),
    route(updateCustomFields, (call) =>
      call.context.database.transaction((writer) =>
        replaceCustomFieldDefaults(writer, scopeOf(call), call.body, findUsers),
      ),
    ),
  ]
}
