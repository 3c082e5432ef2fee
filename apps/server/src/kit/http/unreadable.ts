/** Requests that never become a call: what is no HTTP, and addresses that cannot be read. */
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
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

/** Answers on the connection itself, and ends it: what follows cannot be understood any more. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (socket.writable) socket.write(responseTo(refusalOf(error.code)))
  socket.destroy(error)
}

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
  return new InvalidInputError(
    'This is no HTTP request that can be read, or it was cut off. Send it again, whole.',
    undefined,
    'MALFORMED_REQUEST',
  )
}

function responseTo(refusal: RequestError): string {
  const requestId = randomUUID()
  const body = refusalBody(refusal, requestId)
  return [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    '',
    body,
  ].join('\r\n')
}
