/**
 * Bounds what is being answered at one time, before a body is read: whoever is let in is answered
 * soon, and memory does not grow with the number of those who wait.
 */
import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Limits } from '../../config/config.ts'
import { UnavailableError } from '../errors.ts'

export type OverloadGuard = {
  /** Refuses the request where there is no room for it; before its body is read. */
  enter(operation: Pick<Operation, 'limit'>, request: FastifyRequest, reply: FastifyReply): void
  /** Counts the work as going on until it ends, also when the caller has gone away long before. */
  hold<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T>
}

/** A parsed body takes about ten times its bytes. */
const BODY_BYTES_AT_ONCE = 64 * 1024 * 1024

export function overloadGuard(
  limits: Pick<Limits, 'requestsAtOnce' | 'queriesAtOnce' | 'bodyBytes'>,
): OverloadGuard {
  const { requestsAtOnce, queriesAtOnce, bodyBytes } = limits
  let requests = 0
  let queries = 0
  let bytes = 0
  /** Requests whose work goes on, each with what is to happen at its end. */
  const working = new Map<FastifyRequest, () => void>()

  function enter(
    { limit }: Pick<Operation, 'limit'>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
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
    const leave = () => {
      requests -= 1
      queries -= query
      bytes -= size
    }
    // Comes after the answer, and also when the caller goes away before it.
    reply.raw.once('close', () => {
      if (working.has(request)) working.set(request, leave)
      else leave()
    })
  }

  async function hold<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
    working.set(request, () => undefined)
    try {
      return await work()
    } finally {
      const leave = working.get(request)
      working.delete(request)
      leave?.()
    }
  }

  return { enter, hold }
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
