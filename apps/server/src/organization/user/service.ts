/** People and their memberships (organization 5.1). */
import { randomUUID } from 'node:crypto'
import type { User } from '@countinghouse/contract/organization/user.ts'
import type { Context } from '../../context.ts'
import { hashPassword } from '../../kit/authenticate/secret.ts'
import { InvalidInputError, NotFoundError, refuseProblems } from '../../kit/errors.ts'
import { ADMINISTRATOR } from '../../kit/permission/managed-policies.ts'
import {
  normalizeStatement,
  type SentStatement,
  statementProblems,
} from '../../kit/permission/statement.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { isUuid } from '../../kit/resource/page.ts'
import { checkVersion } from '../../kit/resource/write.ts'
import { giveManagedPolicy, refuseLastAdministrator } from '../permission-policy/service.ts'
import { authenticationOf } from '../sign-in/authentication.ts'
import { passwordProblems } from '../sign-in/password.ts'
import { toUser } from './mapping.ts'
import {
  findMember,
  findPersonByEmail,
  insertMembership,
  insertPerson,
  lockMember,
  replaceMembership,
  setMembershipStatus,
} from './store.ts'

export type NewUser = {
  email: string
  firstName: string
  lastName: string
  /** Without one the person signs in by a link and sets a password then. */
  password?: string
}

/** A person who may sign in to the instance, but belongs to no organization yet. Answers the id. */
export async function createUser(
  context: Pick<Context, 'config' | 'database' | 'mail' | 'clock'>,
  details: NewUser,
  principalId: string,
): Promise<string> {
  const { email, password } = details
  if (password !== undefined) refuseProblems(passwordProblems(password, email, 'password'))
  if ((await findPersonByEmail(context.database.reader, email)) !== null) {
    const message = `Somebody has the e-mail address ${email} already.`
    throw new InvalidInputError(`email: ${message}`, [{ field: 'email', message }])
  }
  const id = randomUUID()
  const { internalAdapter } = await (await authenticationOf(context)).$context
  const name = `${details.firstName} ${details.lastName}`
  await internalAdapter.createUser(
    { id, email: email.toLowerCase(), name, emailVerified: true },
    { method: 'email-password' },
  )
  try {
    const secret = password === undefined ? undefined : await hashPassword(password)
    await internalAdapter.linkAccount({
      userId: id,
      accountId: id,
      providerId: 'credential',
      ...(secret === undefined ? {} : { password: secret }),
    })
    const by = { principalId, now: context.clock.now() }
    await context.database.transaction((writer) => insertPerson(writer, { ...details, id }, by))
  } catch (error) {
    // Two stores of one library: a person without a name must not be left behind.
    await internalAdapter.deleteUser(id)
    throw error
  }
  return id
}

/** Lets a person enter an organization, with one of the managed policies or with none. */
export async function addMember(
  writer: Writer,
  scope: Scope,
  userId: string,
  managedPolicy: string | null = ADMINISTRATOR,
): Promise<void> {
  await insertMembership(writer, scope, userId)
  if (managedPolicy === null) return
  const holder = { principalType: 'USER', principalId: userId } as const
  await giveManagedPolicy(writer, scope, managedPolicy, holder)
}

export async function readMember(
  reader: Reader,
  organizationId: string,
  id: string,
): Promise<User> {
  const member = isUuid(id) ? await findMember(reader, organizationId, id) : null
  if (member === null) throw noUser(id)
  return toUser(member)
}

export async function replaceMember(
  writer: Writer,
  scope: Scope,
  id: string,
  sent: { version?: number; permissionPolicy?: SentStatement[]; dtEndAccess?: string },
): Promise<User> {
  const stored = isUuid(id) ? await lockMember(writer, scope.organizationId, id) : null
  if (stored === null) throw noUser(id)
  checkVersion({ title: { one: 'user' } }, stored, sent.version)
  const statements = sent.permissionPolicy ?? []
  refuseProblems(statementProblems(statements, 'permissionPolicy'))
  const isEnding = sent.dtEndAccess !== undefined && Date.parse(sent.dtEndAccess) <= scope.now
  if (isEnding && id === scope.principalId) throw notOneself()
  if (isEnding) await refuseLastAdministrator(writer, scope, id)
  await replaceMembership(writer, scope, id, {
    statements: statements.map(normalizeStatement),
    endsAt: sent.dtEndAccess ?? null,
  })
  return readMember(writer, scope.organizationId, id)
}

export async function changeMemberStatus(
  writer: Writer,
  scope: Scope,
  id: string,
  sent: { version: number; status: User['status'] },
): Promise<User> {
  const stored = isUuid(id) ? await lockMember(writer, scope.organizationId, id) : null
  if (stored === null) throw noUser(id)
  checkVersion({ title: { one: 'user' } }, stored, sent.version)
  if (sent.status === 'INACTIVE') {
    if (id === scope.principalId) throw notOneself()
    await refuseLastAdministrator(writer, scope, id)
  }
  await setMembershipStatus(writer, scope, id, sent.status)
  return readMember(writer, scope.organizationId, id)
}

function noUser(id: string): NotFoundError {
  return new NotFoundError(`There is no user with the id ${id} in this organization.`)
}

function notOneself(): InvalidInputError {
  return new InvalidInputError(
    'You cannot shut yourself out. Ask another administrator to do it.',
    undefined,
    'NOT_ONESELF',
  )
}
