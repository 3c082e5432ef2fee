/** Reads request bodies as text first: exact decimals need the digits as they were sent. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { InvalidInputError } from '../errors.ts'

const texts = new WeakMap<FastifyRequest, string>()

/** The JSON body exactly as sent; empty when there was none. */
export function bodyText(request: FastifyRequest): string {
  return texts.get(request) ?? ''
}

export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (request: FastifyRequest, text: string) => {
      if (text === '') return undefined
      texts.set(request, text)
      try {
        return JSON.parse(text)
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        throw new InvalidInputError(
          `The body is not valid JSON: ${detail}`,
          undefined,
          'MALFORMED_JSON',
        )
      }
    },
  )
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, text: string) => Object.fromEntries(new URLSearchParams(text)),
  )
}
