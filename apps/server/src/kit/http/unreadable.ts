/** Requests that never become a call: what is no HTTP, and addresses that cannot be read. */
import { randomUUID } from 'node:crypto'
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { InvalidInputError, NotFoundError, RequestError } from '../errors.ts'
import { refusalBody } from './error-answer.ts'

/** The router's own refusals of an address, before any route is known. */
export function addressRefusal({ code }: { code?: string }): RequestError {
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') {
    return new NotFoundError(
      'The address has a part of more than 300 characters; no id is so long.',
    )
  }
  return new InvalidInputError(
    'The address cannot be read: a % must be followed by two hexadecimal digits, and together they must be UTF-8.',
    undefined,
    'MALFORMED_ADDRESS',
  )
}

/** The latest answer on each connection, begun or not. */
const answers = new WeakMap<Socket, ServerResponse>()
/** Connections that take nothing more. */
const refused = new WeakSet<Socket>()

/** What Node would answer by itself, with a status and nothing else. */
export function answerInOneShape(server: Server): void {
  server.on('request', ({ socket }, response) => answers.set(socket, response))
  server.on('checkExpectation', (_request, response) => {
    const { status, headers, body } = answerOf(
      new RequestError(
        417,
        'EXPECTATION_FAILED',
        'The header Expect may ask for 100-continue only. Leave it out.',
      ),
    )
    response.writeHead(status, headers).end(body)
  })
  server.on('connect', (_request, socket) => {
    const refusal = new RequestError(405, 'METHOD_NOT_ALLOWED', 'This server is no proxy.')
    endWith(socket, refusal)
  })
}

/** HTTP/1.1 demands it; what comes after such a request can be read all the same. */
export function refuseWithoutHost({ headers, raw }: FastifyRequest): void {
  if (headers.host !== undefined || raw.httpVersion !== '1.1') return
  throw malformed('The request has no header Host. Send the name of this server in it.')
}

/** Answers on the connection itself, and ends it: what follows cannot be understood any more. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || refused.has(socket)) return
  refused.add(socket)
  const refusal = refusalOf(error.code)
  const before = answers.get(socket)
  if (before === undefined || (before.req.complete && before.writableFinished)) {
    endWith(socket, refusal)
  } else if (before.req.complete) {
    // A whole request came before: its answer goes first, or it would get this one.
    before.once('close', () => endWith(socket, refusal))
  } else {
    // The rest of a request that is being worked on: whoever reads it learns of the end.
    if (!before.headersSent) socket.write(responseTo(refusal))
    socket.destroy(error)
  }
}

/**
 * What the caller still sends is read for a while and forgotten: with unread bytes left the system
 * would cut the connection, and the answer be lost on its way.
 */
function endWith(socket: Duplex, refusal: RequestError): void {
  if (!socket.writable) return
  socket.end(responseTo(refusal))
  const linger = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(linger))
  socket.resume()
}

const LINGER_MS = 2_000

function refusalOf(code: string | undefined): RequestError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new RequestError(408, 'TOO_SLOW', 'The request did not arrive in time. Send it again.')
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new RequestError(
      431,
      'HEADERS_TOO_LARGE',
      'The address and the headers together must stay below 16 KiB. Ask for less at once.',
    )
  }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return new RequestError(
      413,
      'EXTENSIONS_TOO_LARGE',
      'The extensions of the body’s chunks must stay below 16 KiB. Leave them out.',
    )
  }
  return malformed(
    'This is no HTTP request that can be read, or it was cut off. Send it again, whole.',
  )
}

function malformed(message: string): InvalidInputError {
  return new InvalidInputError(message, undefined, 'MALFORMED_REQUEST')
}

function responseTo(refusal: RequestError): string {
  const { status, headers, body } = answerOf(refusal)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n')
}

function answerOf(refusal: RequestError) {
  const requestId = randomUUID()
  const body = refusalBody(refusal, requestId)
  const headers = {
    Connection: 'close',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Request-Id': requestId,
  }
  return { status: refusal.status, headers, body }
}
