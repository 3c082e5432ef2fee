/** The session behind a request: read from its cookie, and guarded against other sites. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../context.ts'
import { systemClock } from '../../kit/clock.ts'
import { ForbiddenError } from '../../kit/errors.ts'
import { ABSOLUTE_MS, authenticationOf, CALLER_ADDRESS } from './authentication.ts'

const COOKIE = /(?:^|;\s*)(?:__Secure-)?countinghouse\.session_token=/

/** Id of the signed-in person, or null. Refuses calls that another site may have made. */
export async function personOf(
  context: Context,
  request: FastifyRequest,
  { isUse } = { isUse: true },
): Promise<{ userId: string; sessionId: string } | null> {
  if (!COOKIE.test(request.headers.cookie ?? '')) return null
  const authentication = await authenticationOf(context)
  const { response: found, headers } = await authentication.api.getSession({
    headers: headersOf(request),
    query: { disableRefresh: !isUse },
    returnHeaders: true,
  })
  if (found === null) return null
  if (systemClock().now() - found.session.createdAt.getTime() > ABSOLUTE_MS) return null
  refuseOtherSites(context, request)
  if (isUse) pending.set(request, headers.getSetCookie())
  return { userId: found.user.id, sessionId: found.session.id }
}

/** The library's view of a request: its headers, with the caller's address as we know it. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value)
  }
  headers.set(CALLER_ADDRESS, request.ip)
  return headers
}

/**
 * Other sites can make a browser send our cookie, but neither our header nor our origin. Reading
 * is harmless: the answer stays unreadable to them.
 */
export function refuseOtherSites(
  { config }: Pick<Context, 'config'>,
  request: FastifyRequest,
): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, host } = request.headers
  // A proxy may rewrite the host; then the address that people use counts.
  const own = [host, URL.parse(config.baseUrl)?.host]
  const from = origin === undefined ? host : URL.parse(origin)?.host
  const isSameOrigin = from !== undefined && own.includes(from)
  if (isSameOrigin && request.headers['x-countinghouse'] !== undefined) return
  throw new ForbiddenError(
    'This call must come from our own pages: send the header X-Countinghouse, from the same address.',
    'OTHER_SITE',
  )
}

/** Cookies that a session renewed while it was read. */
const pending = new WeakMap<FastifyRequest, string[]>()

export function sendSessionCookies(request: FastifyRequest, reply: FastifyReply): void {
  for (const cookie of pending.get(request) ?? []) reply.header('set-cookie', cookie)
  pending.delete(request)
}

/** Hands the library's cookies to the browser. */
export function relayCookies(headers: Headers, reply: FastifyReply): void {
  for (const cookie of headers.getSetCookie()) reply.header('set-cookie', cookie)
}
