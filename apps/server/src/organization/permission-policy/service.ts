/** Policies and who holds them, for this area. */
import type { PermissionPolicy } from '@countinghouse/contract/organization/permission-policy.ts'
import { permissionPolicy } from '@countinghouse/contract/organization/permission-policy.ts'
import { InvalidInputError } from '../../kit/errors.ts'
import {
  ADMINISTRATOR,
  managedPolicies,
  managedPolicy,
} from '../../kit/permission/managed-policies.ts'
import type { Statement } from '../../kit/permission/statement.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { isUuid, type Page } from '../../kit/resource/page.ts'
import { list, notFound, readMany } from '../../kit/resource/read.ts'
import { permissionPolicyBinding } from './rules.ts'
import {
  type Assignment,
  activeUserHolders,
  deleteAssignment,
  findManagedId,
  type Holder,
  holderExists,
  insertAssignment,
  insertManaged,
  isHeldBy,
  managedKeys,
  statementsOf,
} from './store.ts'

export async function createManagedPolicies(writer: Writer, scope: Scope): Promise<void> {
  await insertManaged(writer, scope, managedPolicies)
}

/** Gives one of the managed policies: `ADMINISTRATOR`, `READ_ONLY`, … */
export async function giveManagedPolicy(
  writer: Writer,
  scope: Scope,
  key: string,
  holder: Holder,
): Promise<void> {
  const policyId = await findManagedId(writer, scope.organizationId, key)
  await insertAssignment(writer, scope, policyId, holder)
}

export async function givePolicy(
  writer: Writer,
  scope: Scope,
  policyId: string,
  holder: Holder,
): Promise<Assignment> {
  await checkPolicy(writer, scope.organizationId, policyId)
  await checkHolder(writer, scope.organizationId, holder)
  return insertAssignment(writer, scope, policyId, holder)
}

export async function takePolicy(
  writer: Writer,
  scope: Scope,
  policyId: string,
  holder: Holder,
): Promise<Assignment> {
  await checkPolicy(writer, scope.organizationId, policyId)
  await checkHolder(writer, scope.organizationId, holder)
  if (holder.principalType === 'USER') {
    const managed = await managedKeys(writer, scope.organizationId, [policyId])
    if (managed.get(policyId) === ADMINISTRATOR) {
      await refuseLastAdministrator(writer, scope, holder.principalId)
    }
  }
  const taken = await deleteAssignment(writer, scope.organizationId, policyId, holder)
  if (taken === null) {
    throw new InvalidInputError(`${holder.principalId} does not hold this policy.`, [
      { field: 'principalId', message: 'does not hold this policy.' },
    ])
  }
  return taken
}

/** Somebody must always be able to let others in (organization 5.1). */
export async function refuseLastAdministrator(
  writer: Writer,
  scope: Scope,
  userId: string,
): Promise<void> {
  const policyId = await findManagedId(writer, scope.organizationId, ADMINISTRATOR)
  const holders = await activeUserHolders(writer, scope.organizationId, policyId, scope.now)
  if (holders.length !== 1 || holders[0] !== userId) return
  throw new InvalidInputError(
    'This is the last active Administrator of the organization. Make somebody else Administrator first.',
    undefined,
    'LAST_ADMINISTRATOR',
  )
}

/** A page of the policies a principal holds, newest first. */
export function policiesOf(
  reader: Reader,
  organizationId: string,
  holder: Holder,
  { pageSize, nextToken }: { pageSize?: number; nextToken?: string },
): Promise<Page<PermissionPolicy>> {
  const query = { pageSize, nextToken }
  const held = isHeldBy(organizationId, holder)
  return list(reader, permissionPolicyBinding, organizationId, query, [held])
}

/** Everything that decides what a principal may do. Managed policies are as the program knows them. */
export async function effectiveStatements(
  reader: Reader,
  organizationId: string,
  holder: Holder,
): Promise<Statement[]> {
  const sources = await statementsOf(reader, organizationId, holder)
  return sources.flatMap(({ managed, statements }) =>
    managed === null ? statements : managedPolicy(managed).statements,
  )
}

async function checkPolicy(reader: Reader, organizationId: string, policyId: string) {
  const known = isUuid(policyId)
    ? await readMany(reader, permissionPolicy, organizationId, [policyId])
    : new Map()
  if (!known.has(policyId)) throw notFound(permissionPolicy, policyId)
}

async function checkHolder(reader: Reader, organizationId: string, holder: Holder) {
  const exists = isUuid(holder.principalId) && (await holderExists(reader, organizationId, holder))
  if (exists) return
  const kind = holder.principalType === 'USER' ? 'user' : 'service user'
  const message = `There is no ${kind} with the id ${holder.principalId} in this organization.`
  throw new InvalidInputError(message, [{ field: 'principalId', message }])
}
