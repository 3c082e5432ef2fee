/** The organization area: who may enter, what they may do, and settings of a whole organization. */
import { billGroupingKey } from '@countinghouse/contract/organization/bill-grouping-key.ts'
import {
  creditReason,
  debitReason,
  transactionType,
} from '@countinghouse/contract/organization/reason.ts'
import { type Area, bind, type ResourceBinding, type Route } from '../kit/area.ts'
import { idempotencyTidying } from '../kit/http/idempotency.ts'
import { routesOf } from '../kit/resource/routes.ts'
import { accessOf } from './access/cache.ts'
import { configurationRoutes } from './configuration/routes.ts'
import { consoleRoutes, type FindAccounts } from './console/routes.ts'
import { customFieldRoutes } from './custom-field/routes.ts'
import type { FindCustomFieldUsers } from './custom-field/service.ts'
import { organizationRoutes } from './organization/routes.ts'
import { permissionPolicyRoutes } from './permission-policy/routes.ts'
import { permissionPolicyBinding } from './permission-policy/rules.ts'
import { currencyBinding } from './picklist/currency.ts'
import { serviceUserRoutes } from './service-user/routes.ts'
import { serviceUserBinding } from './service-user/service.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { tokenRoutes } from './token/routes.ts'
import { userRoutes } from './user/routes.ts'

/** What the area needs of those above it; app.ts supplies it. */
export type OrganizationNeeds = {
  findCustomFieldUsers: FindCustomFieldUsers
  findAccounts: FindAccounts
}

export function organizationArea(needs: OrganizationNeeds): Area {
  return {
    name: 'organization',
    resources: [
      currencyBinding,
      bind(creditReason),
      bind(debitReason),
      bind(transactionType),
      bind(billGroupingKey),
      permissionPolicyBinding,
      serviceUserBinding,
    ],
    routes: [
      ...tokenRoutes,
      ...organizationRoutes,
      ...configurationRoutes,
      ...customFieldRoutes(needs.findCustomFieldUsers),
      ...forgetting(permissionPolicyBinding),
      ...permissionPolicyRoutes,
      ...forgetting(serviceUserBinding),
      ...serviceUserRoutes,
      ...userRoutes,
      ...signInRoutes,
      ...consoleRoutes(needs.findAccounts),
    ],
    jobs: [idempotencyTidying],
  }
}

/** Changes of who may do what hold for the very next request of this process. */
function forgetting(binding: ResourceBinding): Route[] {
  return routesOf(binding).map(({ operation, handle }) => ({
    operation,
    async handle(call) {
      const answer = await handle(call)
      if (operation.method !== 'GET') accessOf(call.context.database).forget()
      return answer
    },
  }))
}
