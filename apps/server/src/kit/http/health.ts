/** For machines that watch this one: alive, able to work, and how it is doing. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'

export function addHealth(app: FastifyInstance, { database, events, metrics }: Context): void {
  app.get('/healthz', async () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    const [postgres, clickhouse] = await Promise.allSettled([
      sql`select 1`.execute(database.reader),
      events.query('select 1'),
    ])
    const isReady = postgres.status === 'fulfilled' && clickhouse.status === 'fulfilled'
    reply.code(isReady ? 200 : 503)
    return {
      status: isReady ? 'ready' : 'not ready',
      postgres: postgres.status === 'fulfilled',
      clickhouse: clickhouse.status === 'fulfilled',
    }
  })

  app.get('/metrics', async (_request, reply) => {
    reply.type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
