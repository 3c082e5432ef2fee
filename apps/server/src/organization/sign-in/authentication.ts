/**
 * The library that keeps passwords and sessions, set up our way. It is called from our routes only
 * and never answers a request by itself: our paths, our error shape, no token in any body.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { betterAuth } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import type { Context } from '../../context.ts'
import { hashPassword, isSecret } from '../../kit/authenticate/secret.ts'
import { readInstanceSecret } from '../../kit/instance-secret.ts'
import type { Database } from '../../kit/postgres/database.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './password.ts'

const IDLE_SECONDS = 12 * 3600
export const ABSOLUTE_MS = 7 * 24 * 3600 * 1000
export const RESET_MS = 3600 * 1000

export type Authentication = Awaited<ReturnType<typeof build>>

const opened = new WeakMap<Database, Promise<Authentication>>()

/** One for each process and its database, made when first needed. */
export function authenticationOf(
  context: Pick<Context, 'config' | 'database' | 'mail'>,
): Promise<Authentication> {
  const known = opened.get(context.database)
  if (known !== undefined) return known
  const authentication = build(context)
  opened.set(context.database, authentication)
  authentication.catch(() => opened.delete(context.database))
  return authentication
}

async function build({ config, database, mail }: Pick<Context, 'config' | 'database' | 'mail'>) {
  const secret = createHmac('sha256', await readInstanceSecret(database.pool))
    .update('sessions of people')
    .digest('base64url')
  return betterAuth({
    appName: 'Countinghouse',
    baseURL: config.baseUrl,
    basePath: '/auth',
    secret,
    database: { db: database.reader, type: 'postgres', schemaName: 'auth', transaction: true },
    logger: { disabled: true },
    telemetry: { enabled: false },
    // Our own limits count before the library is called.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
      resetPasswordTokenExpiresIn: RESET_MS / 1000,
      revokeSessionsOnPasswordReset: true,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => isSecret(password, hash),
      },
      sendResetPassword: ({ user, token }) =>
        mail.send({
          to: user.email,
          subject: 'Set a new password',
          text: [
            'Somebody, probably you, asked for a new password for Countinghouse.',
            `Open this link within an hour: ${config.baseUrl}/reset-password?token=${token}`,
            'If it was not you, there is nothing to do: your password stays as it is.',
          ].join('\n\n'),
        }),
    },
    session: { expiresIn: IDLE_SECONDS, updateAge: 900 },
    verification: { storeIdentifier: 'hashed' },
    advanced: {
      cookiePrefix: 'countinghouse',
      useSecureCookies: config.baseUrl.startsWith('https:'),
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [CALLER_ADDRESS] },
    },
    plugins: [signInWithoutPassword()],
  })
}

/** Set by us from the connection; whatever a caller sends under this name is overwritten. */
export const CALLER_ADDRESS = 'x-caller-address'

/** A session for somebody whom a one-time link has proven; callable from this program only. */
function signInWithoutPassword() {
  return {
    id: 'sign-in-without-password',
    endpoints: {
      signInAs: createAuthEndpoint(
        '/sign-in-as',
        { method: 'POST', body: userIdBody, metadata: { SERVER_ONLY: true } },
        async (ctx) => {
          const { userId } = ctx.body
          const { internalAdapter } = ctx.context
          const user = await internalAdapter.findUserById(userId)
          if (user === null) throw new Error(`Nobody can sign in as ${userId}`)
          const session = await internalAdapter.createSession(user.id)
          await setSessionCookie(ctx, { session, user })
          return ctx.json({ success: true })
        },
      ),
    },
  } as const
}

type UserId = { userId: string }

/** The library wants a schema; the only caller is typed, so there is nothing to check. */
const userIdBody = {
  '~standard': {
    version: 1 as const,
    vendor: 'countinghouse',
    validate: (value: unknown) => ({ value: value as UserId }),
    types: undefined as { input: UserId; output: UserId } | undefined,
  },
}
