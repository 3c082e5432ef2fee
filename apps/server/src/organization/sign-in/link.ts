/** One-time links: what they prove is kept under a hash, and using one uses it up. */
import type { Context } from '../../context.ts'
import { randomSecret } from '../../kit/authenticate/secret.ts'
import { systemClock } from '../../kit/clock.ts'
import { InvalidInputError, NotFoundError } from '../../kit/errors.ts'
import { findPersonByEmail, firstAdministrator } from '../user/store.ts'
import { authenticationOf, RESET_MS } from './authentication.ts'

type LinkContext = Pick<Context, 'config' | 'database' | 'mail'>

const TOKEN_BYTES = 32
const SET_UP_MS = 24 * 3600 * 1000
const SIGN_IN_MS = 15 * 60 * 1000

/** The library that keeps the links counts in real time. */
const wallClock = systemClock()

type Purpose = 'set-up' | 'sign-in'

/** For the first start: whoever opens it first becomes administrator of every organization. */
export async function createSetupLink(context: LinkContext): Promise<string> {
  const token = await issue(context, 'set-up', 'first administrator', SET_UP_MS)
  return `${context.config.baseUrl}/setup/${token}`
}

/** Signs one person in without a password; of nobody in particular: the first administrator. */
export async function createSignInLink(context: LinkContext, email?: string): Promise<string> {
  const { reader } = context.database
  const person =
    email === undefined ? await firstAdministrator(reader) : await findPersonByEmail(reader, email)
  if (person === null) throw nobody(email)
  const token = await issue(context, 'sign-in', person.id, SIGN_IN_MS)
  return `${context.config.baseUrl}/sign-in/${token}`
}

/** What the mail would carry, for an operator to hand over. */
export async function createPasswordResetLink(
  context: LinkContext,
  email: string,
): Promise<string> {
  const person = await findPersonByEmail(context.database.reader, email)
  if (person === null) throw nobody(email)
  const token = randomSecret(TOKEN_BYTES)
  const { internalAdapter } = await (await authenticationOf(context)).$context
  // NOTE: the library's own name for such tokens, so that its reset call accepts them.
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: person.id,
    expiresAt: new Date(wallClock.now() + RESET_MS),
  })
  return `${context.config.baseUrl}/reset-password?token=${token}`
}

/** What a link proves, without using it up; 400 when it is used, expired or made up. */
export async function readLink(
  context: LinkContext,
  purpose: Purpose,
  token: string,
): Promise<string> {
  const { internalAdapter } = await (await authenticationOf(context)).$context
  const found = await internalAdapter.findVerificationValue(`${purpose}:${token}`)
  if (!found || found.expiresAt.getTime() < wallClock.now()) throw spent()
  return found.value
}

/** Uses the link up: of two that try at once, one gets in. */
export async function spendLink(
  context: LinkContext,
  purpose: Purpose,
  token: string,
): Promise<string> {
  const { internalAdapter } = await (await authenticationOf(context)).$context
  const found = await internalAdapter.consumeVerificationValue(`${purpose}:${token}`)
  if (!found || found.expiresAt.getTime() < wallClock.now()) throw spent()
  return found.value
}

/** Whose password a reset link sets; null when it is used, expired or made up. */
export async function resetLinkOwner(context: LinkContext, token: string): Promise<string | null> {
  const { internalAdapter } = await (await authenticationOf(context)).$context
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`)
  return !found || found.expiresAt.getTime() < wallClock.now() ? null : found.value
}

async function issue(context: LinkContext, purpose: Purpose, value: string, livesMs: number) {
  const token = randomSecret(TOKEN_BYTES)
  const { internalAdapter } = await (await authenticationOf(context)).$context
  await internalAdapter.createVerificationValue({
    identifier: `${purpose}:${token}`,
    value,
    expiresAt: new Date(wallClock.now() + livesMs),
  })
  return token
}

export function spent(): InvalidInputError {
  return new InvalidInputError(
    'This link was used already or is too old. Ask for a new one: npm run admin -- sign-in-link prints it.',
    undefined,
    'LINK_SPENT',
  )
}

function nobody(email: string | undefined): NotFoundError {
  return new NotFoundError(
    email === undefined
      ? 'There is no administrator yet. Use the set-up link that the server prints at its start.'
      : `Nobody has the e-mail address ${email}.`,
  )
}
