/** One shape for every refusal: `{message, code, requestId, errors?}` (organization 9.3). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import {
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  OAuthError,
  RequestError,
  StoreFullError,
  TooManyRequestsError,
  UnavailableError,
} from '../errors.ts'
import { sendPage, wantsPage } from '../pages/console.ts'
import { isDatabaseAway, isDatabaseFull } from '../postgres/away.ts'
import { notJson } from './body.ts'
import { methodsOf } from './other-method.ts'

export function addErrorAnswers(app: FastifyInstance, log: Logger, bodyBytesMax: number): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error, bodyBytesMax)
    // Those of an overload would be a flood of their own; /metrics counts them.
    const level = refusal.code === 'BUSY' ? 'debug' : 'error'
    if (refusal.status >= 500) log[level]({ err: error, request: request.id }, 'request failed')
    return sendRefusal(reply, request, refusal)
  })
  const methods = methodsOf(app)
  app.setNotFoundHandler((request, reply) => {
    if (wantsPage(request)) return sendPage(request, reply)
    const allowed = methods(request.url)
    if (allowed.length > 0) reply.header('allow', allowed.join(', '))
    if (allowed.length > 0 && request.method === 'OPTIONS') return reply.code(204).send()
    return sendRefusal(reply, request, noSuchCall(request, allowed))
  })
}

function noSuchCall({ method, url }: FastifyRequest, allowed: string[]): RequestError {
  const path = url.split('?')[0]
  if (allowed.length === 0) {
    return new NotFoundError(
      `There is no ${method} ${path}. /reference lists every call.`,
      'NO_SUCH_CALL',
    )
  }
  return new RequestError(
    405,
    'METHOD_NOT_ALLOWED',
    `There is no ${method} ${path}, but ${allowed.join(', ')}. /reference lists every call.`,
  )
}

export function refusalBody(refusal: RequestError, requestId: string): string {
  return JSON.stringify({
    ...(refusal instanceof OAuthError && { error: refusal.code }),
    message: refusal.message,
    code: refusal.code,
    requestId,
    ...(refusal.errors && { errors: refusal.errors }),
  })
}

export function sendRefusal(
  reply: FastifyReply,
  request: FastifyRequest,
  refusal: RequestError,
): FastifyReply {
  if (refusal instanceof TooManyRequestsError || refusal instanceof UnavailableError) {
    reply.header('retry-after', refusal.retryAfterSeconds)
  }
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(refusalBody(refusal, request.id))
}

function toRefusal(error: unknown, bodyBytesMax: number): RequestError {
  if (error instanceof RequestError) return error
  const { code } = error as { code?: unknown }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new ForbiddenError(
      `The body is too large: it must stay below ${bodyBytesMax} bytes. Send it in parts.`,
      'BODY_TOO_LARGE',
    )
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return notJson()
  }
  if (typeof code === 'string' && code.startsWith('FST_ERR_') && statusOf(error) < 500) {
    return new InvalidInputError(error instanceof Error ? error.message : 'Bad request')
  }
  if (isCutOff(error))
    return new InvalidInputError('The request was cut off.', undefined, 'CUT_OFF')
  if (isDatabaseFull(error)) return new StoreFullError(error)
  if (isDatabaseAway(error)) {
    return new UnavailableError(
      'The database cannot be reached at the moment. Nothing was stored; send the request again.',
    )
  }
  // What went wrong inside stays inside; the log has it under the request's id.
  return new RequestError(
    500,
    'INTERNAL',
    'Something went wrong on our side. Try again; if it stays, tell the operator the requestId.',
  )
}

/** The caller went away before the end of the body; nobody reads the answer. */
function isCutOff(error: unknown): boolean {
  return error instanceof Error && error.message === 'aborted' && statusOf(error) === 400
}

function statusOf(error: unknown): number {
  const { statusCode } = error as { statusCode?: unknown }
  return typeof statusCode === 'number' ? statusCode : 500
}
