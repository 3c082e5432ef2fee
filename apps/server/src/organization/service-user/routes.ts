/** Access keys and policies of a service user. */
import {
  createAccessKey,
  deleteAccessKey,
  listAccessKeys,
  listServiceUserPolicies,
  updateAccessKey,
} from '@countinghouse/contract/organization/service-user.ts'
import { route } from '../../kit/area.ts'
import { read } from '../../kit/resource/read.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { accessOf } from '../access/cache.ts'
import { policiesOf } from '../permission-policy/service.ts'
import { addKey, changeKey, makeKey, removeKey, serviceUserBinding } from './service.ts'
import { keysOf } from './store.ts'

export const serviceUserRoutes = [
  route(listAccessKeys, async ({ context, organization, params }) => {
    const { reader } = context.database
    const found = await read(reader, serviceUserBinding, organization.id, params.serviceUserId)
    return { data: await keysOf(reader, organization.id, found.id) }
  }),

  route(createAccessKey, async (call) => {
    const key = await makeKey()
    const stored = await call.context.database.transaction((writer) =>
      addKey(writer, scopeOf(call), call.params.serviceUserId, key, call.body.dtExpires),
    )
    return { ...stored, orgId: call.organization.id, apiSecret: key.apiSecret }
  }),

  route(updateAccessKey, async (call) => {
    const key = await call.context.database.transaction((writer) =>
      changeKey(writer, scopeOf(call), call.params, call.body.status),
    )
    accessOf(call.context.database).forget()
    return key
  }),

  route(deleteAccessKey, async (call) => {
    const key = await call.context.database.transaction((writer) =>
      removeKey(writer, scopeOf(call), call.params),
    )
    accessOf(call.context.database).forget()
    return key
  }),

  route(listServiceUserPolicies, async ({ context, organization, params, query }) => {
    const { reader } = context.database
    const found = await read(reader, serviceUserBinding, organization.id, params.serviceUserId)
    const holder = { principalType: 'SERVICEUSER', principalId: found.id } as const
    return policiesOf(reader, organization.id, holder, query)
  }),
]
