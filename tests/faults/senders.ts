/** Clients as they should be: each sends a batch again until it has its answer. */
import { setTimeout as pause } from 'node:timers/promises'

export type Measurement = { uid: string } & Record<string, unknown>

export type Target = { url: string; organizationId: string; token: string }

export type Senders = {
  /** Hands batches to the senders. */
  give(batches: Measurement[][]): void
  /** Uids for which an answer 200 has come. */
  acknowledged: Set<string>
  /** Answers by status, and `lost` for those that never came. */
  answers: Map<string, number>
  /** Resolves when so many requests have been started since the beginning. */
  whenStarted(count: number): Promise<void>
  /** Resolves when every batch has its answer. */
  whenIdle(): Promise<void>
  stop(): Promise<void>
}

const RETRY_PAUSE_MS = 100

/** `target` is asked before each request: the server may have moved to another port. */
export function startSenders(count: number, target: () => Target): Senders {
  const queue: Measurement[][] = []
  const acknowledged = new Set<string>()
  const answers = new Map<string, number>()
  const waiting = new Set<() => void>()
  let started = 0
  let busy = 0
  const stopped = new AbortController()
  const look = () => {
    for (const check of [...waiting]) check()
  }
  const until = (isMet: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!isMet()) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
    })

  async function send(batch: Measurement[]): Promise<void> {
    while (!stopped.signal.aborted) {
      const { url, organizationId, token } = target()
      started += 1
      look()
      const status = await fetch(`${url}/organizations/${organizationId}/measurements`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ measurements: batch }),
        signal: stopped.signal,
      }).then(
        async (response) => {
          await response.text()
          return response.status
        },
        () => 0,
      )
      const name = status === 0 ? 'lost' : String(status)
      answers.set(name, (answers.get(name) ?? 0) + 1)
      if (status === 200) {
        for (const { uid } of batch) acknowledged.add(uid)
        return
      }
      if (status !== 0 && status < 500) throw new Error(`a batch was answered with ${status}`)
      await pause(RETRY_PAUSE_MS)
    }
  }

  async function work(): Promise<void> {
    for (;;) {
      await until(() => stopped.signal.aborted || queue.length > 0)
      const batch = queue.shift()
      if (stopped.signal.aborted) return
      if (batch === undefined) continue
      busy += 1
      try {
        await send(batch)
      } finally {
        busy -= 1
        look()
      }
    }
  }

  const workers = Array.from({ length: count }, work)
  return {
    give(batches) {
      queue.push(...batches)
      look()
    },
    acknowledged,
    answers,
    whenStarted: (wanted) => until(() => started >= wanted || (queue.length === 0 && busy === 0)),
    whenIdle: () =>
      Promise.race([until(() => queue.length === 0 && busy === 0), Promise.all(workers)]).then(
        () => undefined,
      ),
    async stop() {
      stopped.abort()
      look()
      await Promise.allSettled(workers)
    },
  }
}
