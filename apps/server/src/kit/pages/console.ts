/**
 * Serves the built Console: hashed files for ever, the page itself always fresh. Both are looked up
 * when they are asked for, so that a Console built anew is served by a server that goes on running.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const built = join(import.meta.dirname, '../../../../console/dist')

export async function addConsole(app: FastifyInstance, folder = built): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  const shared = { preCompressed: true, index: false } as const
  await app.register(staticFiles, {
    ...shared,
    root: folder,
    wildcard: false,
    globIgnore: ['assets/**'],
    cacheControl: false,
    setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
  })
  await app.register(staticFiles, {
    ...shared,
    root: join(folder, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', 'public, max-age=31536000, immutable')
      if (/\.(js|css|woff2)(\.br|\.gz)?$/.test(path)) leavePageHeadersOut(reply)
    },
  })
  app.get('/', (request, reply) => sendPage(request, reply))
}

/** They say what a page may do, and are longer than many a part of one. */
const PAGE_HEADERS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-frame-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
]

function leavePageHeadersOut(reply: FastifyReply): void {
  for (const name of PAGE_HEADERS) reply.raw.removeHeader(name)
}

/** A browser that asks for a page no route serves is shown the Console, which has routes of its own. */
export function wantsPage(request: FastifyRequest): boolean {
  const isCall = /^\/(organizations|oauth|auth|console|files|docs|reference|assets)(\/|$|\?)/
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    String(request.headers.accept ?? '').includes('text/html') &&
    !isCall.test(request.url) &&
    existsSync(join(built, 'index.html'))
  )
}

export function sendPage(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html')
}
