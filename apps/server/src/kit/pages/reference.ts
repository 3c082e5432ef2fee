/** The API reference: the OpenAPI document and a page that draws it, without inline scripts. */

import type { Operation } from '@countinghouse/contract/kit/operation.ts'
import scalar from '@scalar/fastify-api-reference'
import Fastify, { type FastifyInstance } from 'fastify'
import { openApiDocument } from '../http/openapi.ts'
import { bar } from './documentation-bar.ts'

export function addReference(app: FastifyInstance, operations: Operation[], baseUrl: string): void {
  let document: string | null = null
  let viewer: Promise<string> | null = null

  app.get('/openapi.json', async (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(operations, baseUrl))
    return reply.type('application/json; charset=utf-8').send(document)
  })
  app.get('/reference', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(PAGE),
  )
  app.get('/reference/viewer.js', async (_request, reply) => {
    viewer ??= viewerScript()
    return reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=86400')
      .send(await viewer)
  })
}

/** The package serves its script only through its own plugin, beside a page our policy would block. */
async function viewerScript(): Promise<string> {
  const source = Fastify()
  await source.register(scalar, {
    routePrefix: '/viewer',
    configuration: { url: '/openapi.json' },
  })
  const { body } = await source.inject('/viewer/js/scalar.js')
  await source.close()
  return body
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API reference · Countinghouse</title>
<link rel="icon" href="/docs/mark.svg" type="image/svg+xml">
<script src="/docs/color-scheme.js"></script>
<link rel="stylesheet" href="/docs/reference.css">
</head>
<body>
${bar({ current: 'reference' })}
<div id="reference"></div>
<script src="/reference/viewer.js"></script>
<script src="/docs/reference.js"></script>
</body>
</html>
`
