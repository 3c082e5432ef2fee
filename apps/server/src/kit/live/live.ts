/** Word of changes as they commit, from every process to every open page. */
import { EventEmitter } from 'node:events'
import { Client } from 'pg'
import type { Logger } from 'pino'
import { type Address, noticeSilence } from '../postgres/database.ts'

export type Live = {
  /** Calls with the kind of each change of the organization, until the returned function is called. */
  subscribe(organizationId: string, hear: (kind: string) => void): () => void
  close(): Promise<void>
}

const RECONNECT_MS = 1_000
const PATIENCE_MS = 10_000

/** Listens on one connection for the whole process; comes back by itself when it is lost. */
export async function openLive(address: Address, log: Logger): Promise<Live> {
  const voices = new EventEmitter()
  voices.setMaxListeners(0)
  let isClosed = false
  let client = await connect()

  async function connect(): Promise<Client> {
    const next = new Client({
      ...address,
      ...noticeSilence,
      connectionTimeoutMillis: PATIENCE_MS,
    })
    next.on('error', (error) =>
      log.warn({ reason: error.message }, 'live updates lost their connection'),
    )
    next.on('notification', ({ payload = '' }) => {
      const [organizationId = '', kind = ''] = payload.split(' ')
      voices.emit(organizationId, kind)
    })
    try {
      await next.connect()
      await next.query('listen live')
    } catch (error) {
      // A database that dies while it greets may never say farewell.
      next.end().catch(() => undefined)
      throw error
    }
    // Not before: a failed attempt ends too, and with two ways on from it attempts would double.
    next.once('end', () => {
      if (!isClosed) setTimeout(reconnect, RECONNECT_MS).unref()
    })
    return next
  }

  function reconnect(): void {
    if (isClosed) return
    connect().then(
      (next) => {
        client = next
        // What was said meanwhile is lost: every page reads anew.
        for (const organizationId of voices.eventNames()) voices.emit(organizationId, 'everything')
        if (isClosed) next.end().catch(() => undefined)
      },
      () => setTimeout(reconnect, RECONNECT_MS).unref(),
    )
  }

  return {
    subscribe(organizationId, hear) {
      voices.on(organizationId, hear)
      return () => voices.off(organizationId, hear)
    },
    async close() {
      isClosed = true
      await client.end().catch(() => undefined)
    },
  }
}
