/** `GET /organizations/{orgId}/console/changes`: kinds of changes as server-sent events. */
import type { FastifyInstance } from 'fastify'
import type { Gate } from '../gate.ts'
import type { Live } from './live.ts'

const HEARTBEAT_MS = 20_000
/** Changes that come close together are told together. */
const GATHER_MS = 150

export function addChangeStream(app: FastifyInstance, live: Live, gate: Gate): void {
  const open = new Set<() => void>()
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })

  app.get<{ Params: { orgId: string } }>(
    '/organizations/:orgId/console/changes',
    async (request, reply) => {
      const principal = await gate.authenticate(request)
      const organization = await gate.enter(principal, request.params.orgId)
      /** Ends the stream when the key, the session or the membership is no longer what it was. */
      const stays = async () => {
        try {
          await gate.enter(await gate.authenticate(request, { isUse: false }), organization.id)
        } catch {
          end()
        }
        return open.has(end)
      }
      reply.hijack()
      const stream = reply.raw
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      stream.write('retry: 2000\n\n')

      const gathered = new Set<string>()
      let telling: NodeJS.Timeout | null = null
      const tell = async () => {
        telling = null
        const kinds = [...gathered]
        gathered.clear()
        if (!(await stays())) return
        for (const kind of kinds)
          stream.write(`event: change\ndata: ${JSON.stringify({ kind })}\n\n`)
      }
      const unsubscribe = live.subscribe(organization.id, (kind) => {
        gathered.add(kind)
        telling ??= setTimeout(tell, GATHER_MS)
      })
      const heartbeat = setInterval(async () => {
        if (await stays()) stream.write(': here\n\n')
      }, HEARTBEAT_MS)
      const end = () => {
        unsubscribe()
        clearInterval(heartbeat)
        if (telling) clearTimeout(telling)
        open.delete(end)
        stream.end()
      }
      open.add(end)
      request.raw.once('close', end)
    },
  )
}
