/** Who sits behind a browser's session. */
import type { FastifyRequest } from 'fastify'

export type SignIn = {
  /** Id of the person whose session cookie the request carries; null without a live session. */
  userOf(request: FastifyRequest): Promise<string | null>
}
