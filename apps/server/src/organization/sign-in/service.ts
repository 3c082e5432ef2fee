/** Signing in and out, and everything about passwords (organization 6.2). */
import type { User } from '@countinghouse/contract/organization/user.ts'
import { isAPIError } from 'better-auth/api'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { raiseAlert } from '../../kit/alert/alert.ts'
import { hashPassword } from '../../kit/authenticate/secret.ts'
import { InvalidInputError, refuseProblems, UnauthenticatedError } from '../../kit/errors.ts'
import { SYSTEM_PRINCIPAL } from '../../kit/principal.ts'
import { createOrganization } from '../organization/service.ts'
import { allOrganizations } from '../organization/store.ts'
import { addMember, createUser } from '../user/service.ts'
import {
  findPerson,
  findPersonByEmail,
  markSignedIn,
  organizationsOf,
  setOperator,
} from '../user/store.ts'
import { authenticationOf } from './authentication.ts'
import { readLink, resetLinkOwner, spendLink, spent } from './link.ts'
import { passwordProblems } from './password.ts'
import { headersOf, relayCookies } from './session.ts'
import { throttleOf } from './throttle.ts'

type Web = { request: FastifyRequest; reply: FastifyReply }

/** The same answer whether the address or the password is wrong. */
const WRONG = 'This e-mail address and password do not belong together.'
const ALERT_AFTER = 5

export async function signInByPassword(
  context: Context,
  { email, password }: { email: string; password: string },
  { request, reply }: Web,
): Promise<void> {
  const throttle = throttleOf(context.database)
  throttle.check(email, request.ip)
  const authentication = await authenticationOf(context)
  try {
    const { headers, response } = await authentication.api.signInEmail({
      body: { email, password },
      headers: headersOf(request),
      returnHeaders: true,
    })
    throttle.succeed(email, request.ip)
    relayCookies(headers, reply)
    await markSignedIn(context.database.reader, response.user.id, context.clock.now())
  } catch (error) {
    if (!isAPIError(error)) throw error
    const failures = throttle.fail(email, request.ip)
    if (failures === ALERT_AFTER) await alertOfFailures(context, email)
    throw new UnauthenticatedError(WRONG, 'WRONG_CREDENTIALS')
  }
}

export async function signInByLink(context: Context, token: string, web: Web): Promise<void> {
  const userId = await spendLink(context, 'sign-in', token)
  await signInAs(context, userId, web)
}

export async function signOut(context: Context, { request, reply }: Web): Promise<void> {
  const authentication = await authenticationOf(context)
  const { headers } = await authentication.api.signOut({
    headers: headersOf(request),
    returnHeaders: true,
  })
  relayCookies(headers, reply)
}

export async function readSetUp(context: Context, token: string): Promise<string[]> {
  await readLink(context, 'set-up', token)
  const organizations = await allOrganizations(context.database.reader)
  return organizations.map(({ name }) => name)
}

export type SetUp = {
  token: string
  email: string
  firstName: string
  lastName: string
  password: string
  organizationName?: string
}

/** The first administrator and operator of the instance, entering every organization there is, or a first one. */
export async function setUp(context: Context, sent: SetUp, web: Web): Promise<void> {
  refuseProblems(passwordProblems(sent.password, sent.email, 'password'))
  const organizations = await allOrganizations(context.database.reader)
  if (organizations.length === 0 && sent.organizationName === undefined) {
    const message = 'is required: there is no organization yet.'
    throw new InvalidInputError(`organizationName ${message}`, [
      { field: 'organizationName', message },
    ])
  }
  await spendLink(context, 'set-up', sent.token)
  const userId = await createUser(context, sent, SYSTEM_PRINCIPAL.id)
  const by = { principalId: userId, now: context.clock.now() }
  await context.database.transaction(async (writer) => {
    const entered =
      organizations.length > 0
        ? organizations
        : [await createOrganization(writer, { name: sent.organizationName ?? '' }, by)]
    for (const { id } of entered) await addMember(writer, { ...by, organizationId: id }, userId)
    // The link was printed for whoever runs the instance.
    await setOperator(writer, userId, true)
  })
  await signInAs(context, userId, web)
}

/** Sends the mail when the address is known; the caller learns nothing either way. */
export async function requestPasswordReset(
  context: Context,
  email: string,
  { request }: Web,
): Promise<void> {
  const throttle = throttleOf(context.database)
  throttle.check(`reset ${email}`, request.ip)
  throttle.fail(`reset ${email}`, request.ip)
  const person = await findPersonByEmail(context.database.reader, email)
  if (person === null) return
  const authentication = await authenticationOf(context)
  // Not waited for: how long a mail takes would tell that somebody has this address.
  authentication.api
    .requestPasswordReset({ body: { email: person.email.toLowerCase() } })
    .catch((error: unknown) => {
      context.log.error({ err: error }, 'The mail for a new password could not be sent')
    })
}

/** The same mail when an administrator asks for it: then it must be possible. */
export async function sendPasswordReset(context: Context, user: User): Promise<void> {
  if (user.status !== 'ACTIVE') {
    throw new InvalidInputError('This user is inactive. Activate the user first.')
  }
  if (!context.mail.canSend) {
    throw new InvalidInputError(
      `No mail server is set, so no mail can be sent. The operator gets the link by: npm run admin -- password-reset-link --email ${user.email}`,
      undefined,
      'NO_MAIL_SERVER',
    )
  }
  const authentication = await authenticationOf(context)
  await authentication.api.requestPasswordReset({ body: { email: user.email.toLowerCase() } })
}

export async function resetPassword(
  context: Context,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<void> {
  const userId = await resetLinkOwner(context, token)
  const person = userId === null ? null : await findPerson(context.database.reader, userId)
  if (person === null) throw spent()
  refuseProblems(passwordProblems(newPassword, person.email, 'newPassword'))
  const authentication = await authenticationOf(context)
  try {
    await authentication.api.resetPassword({ body: { token, newPassword } })
  } catch (error) {
    if (isAPIError(error)) throw spent()
    throw error
  }
}

export async function changePassword(
  context: Context,
  userId: string,
  sent: { currentPassword?: string; newPassword: string },
  { request, reply }: Web,
): Promise<void> {
  const person = await findPerson(context.database.reader, userId)
  refuseProblems(passwordProblems(sent.newPassword, person?.email ?? '', 'newPassword'))
  const authentication = await authenticationOf(context)
  const { internalAdapter } = await authentication.$context
  const accounts = await internalAdapter.findAccounts(userId)
  if (accounts.every(({ password }) => !password)) {
    // Whoever came in by a link has none to show.
    await internalAdapter.updatePassword(userId, await hashPassword(sent.newPassword))
    return
  }
  const { currentPassword = '', newPassword } = sent
  try {
    const { headers } = await authentication.api.changePassword({
      body: { currentPassword, newPassword, revokeOtherSessions: true },
      headers: headersOf(request),
      returnHeaders: true,
    })
    relayCookies(headers, reply)
  } catch (error) {
    if (!isAPIError(error)) throw error
    const message = 'is not your password.'
    throw new InvalidInputError(`currentPassword ${message}`, [
      { field: 'currentPassword', message },
    ])
  }
}

export async function listSessions(context: Context, userId: string) {
  const { internalAdapter } = await (await authenticationOf(context)).$context
  return internalAdapter.listSessions(userId, { onlyActiveSessions: true })
}

export async function endSession(context: Context, userId: string, id: string): Promise<boolean> {
  const { internalAdapter } = await (await authenticationOf(context)).$context
  const sessions = await internalAdapter.listSessions(userId)
  const session = sessions.find((candidate) => candidate.id === id)
  if (session !== undefined) await internalAdapter.deleteSession(session.token)
  return session !== undefined
}

async function signInAs(context: Context, userId: string, { request, reply }: Web) {
  const authentication = await authenticationOf(context)
  const { headers } = await authentication.api.signInAs({
    body: { userId },
    headers: headersOf(request),
    returnHeaders: true,
  })
  relayCookies(headers, reply)
  await markSignedIn(context.database.reader, userId, context.clock.now())
}

/** Administrators should know when somebody guesses at a colleague's password (organization 11, S7). */
async function alertOfFailures(context: Context, email: string): Promise<void> {
  const { reader } = context.database
  const person = await findPersonByEmail(reader, email)
  if (person === null) return
  const now = context.clock.now()
  const organizations = await organizationsOf(reader, person.id, now)
  await context.database.transaction(async (writer) => {
    for (const { id } of organizations) {
      await raiseAlert(writer, {
        organizationId: id,
        type: 'SYSTEM',
        severity: 'WARN',
        description: `${ALERT_AFTER} failed sign-ins as ${person.email}. If it was not them, ask them to set a new password.`,
        key: `sign-in ${person.id}`,
        at: now,
        entity: { type: 'user', id: person.id },
      })
    }
  })
}
