/** Reading and replacing the configuration. */
import {
  readOrganizationConfiguration,
  updateOrganizationConfiguration,
} from '@countinghouse/contract/organization/configuration.ts'
import { route } from '../../kit/area.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { readConfiguration, replaceConfiguration } from './service.ts'

export const configurationRoutes = [
  route(readOrganizationConfiguration, ({ context, organization }) =>
    readConfiguration(context.database.reader, organization.id),
  ),
  route(updateOrganizationConfiguration, (call) =>
    call.context.database.transaction((writer) =>
      replaceConfiguration(writer, scopeOf(call), call.body),
    ),
  ),
]
