/**
 * Bounds what is being answered at one time, before a body is read: whoever is let in is answered
 * soon, and memory does not grow with the number of those who wait.
 */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Limits } from '../../config/config.ts'
import { UnavailableError } from '../errors.ts'

export type OverloadGuard = (
  operation: Pick<Operation, 'limit'>,
  request: FastifyRequest,
  reply: FastifyReply,
) => void

/** A parsed body takes about ten times its bytes. */
const BODY_BYTES_AT_ONCE = 64 * 1024 * 1024

export function overloadGuard(
  limits: Pick<Limits, 'requestsAtOnce' | 'queriesAtOnce' | 'bodyBytes'>,
): OverloadGuard {
  const { requestsAtOnce, queriesAtOnce, bodyBytes } = limits
  let requests = 0
  let queries = 0
  let bytes = 0
  return ({ limit }, request, reply) => {
    const query = limit === 'explorer' ? 1 : 0
    const size = sizeOf(request, bodyBytes)
    const isTooMuch =
      requests + 1 > requestsAtOnce ||
      queries + query > queriesAtOnce ||
      (bytes > 0 && bytes + size > BODY_BYTES_AT_ONCE)
    if (isTooMuch) throw busy()
    requests += 1
    queries += query
    bytes += size
    // Comes after the answer, and also when the caller goes away before it.
    reply.raw.once('close', () => {
      requests -= 1
      queries -= query
      bytes -= size
    })
  }
}

/** A body that comes in pieces of unknown number may be as large as one may be. */
function sizeOf({ headers }: FastifyRequest, bodyBytes: number): number {
  const length = headers['content-length']
  if (length !== undefined) return Math.min(Number(length) || 0, bodyBytes)
  return headers['transfer-encoding'] === undefined ? 0 : bodyBytes
}

function busy(): UnavailableError {
  return new UnavailableError(
    'This server is answering as many requests as it can. Nothing of this one was stored; send it again in a second, and fewer at once.',
    1,
    'BUSY',
  )
}
