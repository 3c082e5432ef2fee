/** Giving policies to principals and taking them away. */
import {
  addPolicyToServiceUser,
  addPolicyToUser,
  listPolicyHolders,
  removePolicyFromServiceUser,
  removePolicyFromUser,
} from '@countinghouse/contract/organization/permission-policy.ts'
import { route } from '../../kit/area.ts'
import type { CallOf } from '../../kit/call.ts'
import { read } from '../../kit/resource/read.ts'
import { scopeOf } from '../../kit/resource/routes.ts'
import { accessOf } from '../access/cache.ts'
import { permissionPolicyBinding } from './rules.ts'
import { givePolicy, takePolicy } from './service.ts'
import { type Assignment, type HolderType, holdersOf } from './store.ts'

type AssignmentCall = CallOf<typeof addPolicyToUser>

export const permissionPolicyRoutes = [
  route(addPolicyToUser, (call) => change(call, givePolicy, 'USER')),
  route(removePolicyFromUser, (call) => change(call, takePolicy, 'USER')),
  route(addPolicyToServiceUser, (call) => change(call, givePolicy, 'SERVICEUSER')),
  route(removePolicyFromServiceUser, (call) => change(call, takePolicy, 'SERVICEUSER')),
  route(listPolicyHolders, async ({ context, organization, params }) => {
    const { reader } = context.database
    const policy = await read(reader, permissionPolicyBinding, organization.id, params.id)
    return { data: await holdersOf(reader, organization.id, policy.id) }
  }),
]

async function change(
  call: AssignmentCall,
  work: typeof givePolicy,
  principalType: HolderType,
): Promise<Assignment> {
  const { permissionPolicyId } = call.params
  const holder = { principalType, principalId: call.body.principalId }
  const assignment = await call.context.database.transaction((writer) =>
    work(writer, scopeOf(call), permissionPolicyId, holder),
  )
  accessOf(call.context.database).forget()
  return assignment
}
