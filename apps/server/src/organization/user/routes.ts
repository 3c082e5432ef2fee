/** Users of an organization, as the public API knows them. */
import {
  listUserPolicies,
  listUsers,
  readMe,
  readUser,
  resendPassword,
  updateUser,
  updateUserStatus,
} from '@countinghouse/contract/organization/user.ts'
import { route } from '../../kit/area.ts'
import { visibleConditions } from '../../kit/permission/visible.ts'
import { fromToken, isUuid, manyOf, pageSizeOf, toPage } from '../../kit/resource/page.ts'
import { read } from '../../kit/resource/read.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { accessOf } from '../access/cache.ts'
import { readDetails } from '../organization/store.ts'
import { policiesOf } from '../permission-policy/service.ts'
import { serviceUserBinding } from '../service-user/service.ts'
import { sendPasswordReset } from '../sign-in/service.ts'
import { personFields, toUser } from './mapping.ts'
import { changeMemberStatus, readMember, replaceMember } from './service.ts'
import { findPerson, listMembers } from './store.ts'

const PAGE_SIZE_MAX = 200

export const userRoutes = [
  route(listUsers, async ({ context, organization, query, visible }) => {
    const limit = pageSizeOf(query.pageSize, PAGE_SIZE_MAX)
    const rows = await listMembers(context.database.reader, organization.id, {
      after: fromToken(query.nextToken),
      limit: limit + 1,
      ids: manyOf(query.ids)?.filter(isUuid),
      more: visibleConditions(visible, 'user_id'),
    })
    return toPage(rows, limit, (shown) => shown.map(toUser))
  }),

  route(readMe, async ({ context, organization, principal }) => {
    const { reader } = context.database
    const details = await readDetails(reader, organization.id)
    if (principal.kind === 'serviceUser') {
      const { activeAccessKeys: _keys, ...serviceUser } = await read(
        reader,
        serviceUserBinding,
        organization.id,
        principal.id,
      )
      return { serviceUser, organization: details }
    }
    const person = await findPerson(reader, principal.id)
    return {
      ...(person === null ? {} : { user: personFields(person, [organization.id]) }),
      organization: details,
    }
  }),

  route(readUser, ({ context, organization, params }) =>
    readMember(context.database.reader, organization.id, params.id),
  ),

  route(updateUser, async (call) => {
    const user = await call.context.database.transaction((writer) =>
      replaceMember(writer, scopeOf(call), call.params.id, call.body),
    )
    accessOf(call.context.database).forget()
    return user
  }),

  route(updateUserStatus, async (call) => {
    const user = await call.context.database.transaction((writer) =>
      changeMemberStatus(writer, scopeOf(call), call.params.id, call.body),
    )
    accessOf(call.context.database).forget()
    return user
  }),

  route(resendPassword, async ({ context, organization, params }) => {
    await sendPasswordReset(
      context,
      await readMember(context.database.reader, organization.id, params.id),
    )
    return { success: true }
  }),

  route(listUserPolicies, async ({ context, organization, params, query }) => {
    const { reader } = context.database
    const user = await readMember(reader, organization.id, params.id)
    const holder = { principalType: 'USER', principalId: user.id } as const
    return policiesOf(reader, organization.id, holder, query)
  }),
]
