/** Serves the built Console: hashed files for ever, the page itself always fresh. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const folder = join(import.meta.dirname, '../../../../console/dist')

export async function addConsole(app: FastifyInstance): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await app.register(staticFiles, {
    root: folder,
    preCompressed: true,
    wildcard: false,
    index: false,
    setHeaders(reply, path) {
      const isHashed = path.includes('/assets/')
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', (request, reply) => sendPage(request, reply))
}

/** A browser that asks for a page no route serves is shown the Console, which has routes of its own. */
export function wantsPage(request: FastifyRequest): boolean {
  const isCall = /^\/(organizations|oauth|auth|console|files|docs|reference|assets)(\/|$|\?)/
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    String(request.headers.accept ?? '').includes('text/html') &&
    !isCall.test(request.url) &&
    existsSync(join(folder, 'index.html'))
  )
}

export function sendPage(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html')
}
