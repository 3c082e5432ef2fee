/** Hands out stored files to whoever holds a valid, fresh link. */
import type { FastifyInstance } from 'fastify'
import type { FileStore } from '../files.ts'

type Link = {
  Params: { organizationId: string; fileId: string }
  Querystring: { name?: string; expires?: string; signature?: string }
}

export function addFiles(app: FastifyInstance, files: FileStore): void {
  app.get<Link>('/files/:organizationId/:fileId', async (request, reply) => {
    const { organizationId, fileId } = request.params
    const { name = '', expires = '', signature = '' } = request.query
    const file = await files.open(`${organizationId}/${fileId}`, { name, expires, signature })
    return reply
      .type('application/octet-stream')
      .header('content-length', file.bytes)
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      )
      .header('cache-control', 'private, no-store')
      .send(file.stream)
  })
}
