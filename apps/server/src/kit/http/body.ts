/** Reads request bodies as text first: exact decimals need the digits as they were sent. */
import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { InvalidInputError } from '../errors.ts'

const texts = new WeakMap<FastifyRequest, string>()

/** The JSON body exactly as sent; empty when there was none. */
export function bodyText(request: FastifyRequest): string {
  return texts.get(request) ?? ''
}

const FORM = 'application/x-www-form-urlencoded'

export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      const text = readText(request, bytes)
      if (text === '') return undefined
      texts.set(request, text)
      try {
        return JSON.parse(text)
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        throw malformed(`The body is not valid JSON: ${detail}`, 'MALFORMED_JSON')
      }
    },
  )
  app.addContentTypeParser(
    FORM,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) =>
      Object.fromEntries(new URLSearchParams(readText(request, bytes))),
  )
}

/** Forms are for the one call that declares to take them. */
export function refuseForm({ headers }: FastifyRequest): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === FORM) throw notJson()
}

export function notJson(): InvalidInputError {
  return malformed('Send the body as application/json.', 'NOT_JSON')
}

const MARK = '\uFEFF'

/** Bytes that are no text would be stored as something else than what was sent. */
function readText({ headers }: FastifyRequest, bytes: Buffer): string {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw malformed(
      `The body comes with Content-Encoding: ${encoding}, which is not read here. Send it as it is.`,
      'ENCODED_BODY',
    )
  }
  if (!isUtf8(bytes)) {
    throw malformed('The body is not valid UTF-8. Write it in UTF-8.', 'MALFORMED_TEXT')
  }
  const text = bytes.toString('utf8')
  // Some programs begin every text with a byte order mark.
  return text.startsWith(MARK) ? text.slice(1) : text
}

function malformed(message: string, code: string): InvalidInputError {
  return new InvalidInputError(message, undefined, code)
}
