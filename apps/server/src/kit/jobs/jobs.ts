/** Durable jobs on PostgreSQL (pg-boss, schema `jobs`): queues, retries, schedules. */

import { CompiledQuery } from 'kysely'
import type { Pool } from 'pg'
import { type Db, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import { listen } from '../postgres/announcements.ts'
import { isDatabaseAway, isDatabaseFull } from '../postgres/away.ts'
import type { Writer } from '../postgres/database.ts'

export type SendOptions = {
  /** Binds the job to this transaction: rolled back with it, visible when it commits. */
  writer?: Writer
  /** At most one waiting or running job of the queue has this key. */
  singletonKey?: string
  /** Not before this instant. */
  startAfter?: Date
}

export type QueueOptions = {
  retryLimit: number
  concurrency: number
  expireInSeconds: number
  cron: string | undefined
}

export type Jobs = {
  /** Makes the queue known; every process does so, workers or not, before it sends. */
  declare(queue: string, options: QueueOptions): Promise<void>
  /** Runs the queue's jobs in this process. */
  work(
    queue: string,
    options: QueueOptions,
    run: (payload: Record<string, unknown>, signal: AbortSignal) => Promise<void>,
  ): Promise<void>
  send(
    queue: string,
    payload: Record<string, unknown>,
    options?: SendOptions,
  ): Promise<string | null>
  /** For tests: resolves when no declared queue has work left that could start now. */
  waitUntilIdle(): Promise<void>
  close(): Promise<void>
}

/** Also beside announcements, which tell of new jobs but not of those that are to be tried again. */
const POLLING_SECONDS = 0.5

export async function startJobs(pool: Pool, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({
    db: throughPool(pool, log),
    schema: 'jobs',
    // A job starts as soon as it is committed.
    useListenNotify: true,
  })
  boss.on('error', (error) => {
    // Every worker of every queue says so at each poll; that the database is away is logged once.
    if (isDatabaseAway(error) || isDatabaseFull(error))
      log.debug({ reason: error.message }, 'job queue waits for PostgreSQL')
    else log.error({ err: error }, 'job queue')
  })
  await boss.start()
  const queues = new Set<string>()

  return {
    async declare(queue, options) {
      const settings = {
        retryLimit: options.retryLimit,
        retryBackoff: true,
        expireInSeconds: options.expireInSeconds,
        notify: true,
      }
      await boss.createQueue(queue, { policy: 'standard', ...settings })
      // One that an earlier version made keeps what that said.
      await boss.updateQueue(queue, settings)
      queues.add(queue)
      if (options.cron !== undefined) await boss.schedule(queue, options.cron)
    },
    async work(queue, options, run) {
      for (let worker = 0; worker < options.concurrency; worker += 1) {
        await boss.work<Record<string, unknown>>(
          queue,
          {
            pollingIntervalSeconds: POLLING_SECONDS,
            notifyPollingIntervalSeconds: POLLING_SECONDS,
            batchSize: 1,
          },
          async ([job]) => {
            try {
              if (job !== undefined) await run(job.data ?? {}, job.signal)
            } catch (error) {
              log.error({ err: error, queue, job: job?.id }, 'job failed')
              throw error
            }
          },
        )
      }
    },
    send: (queue, payload, options = {}) =>
      boss.send(queue, payload, {
        ...(options.writer && { db: throughWriter(options.writer) }),
        ...(options.singletonKey !== undefined && { singletonKey: options.singletonKey }),
        ...(options.startAfter && { startAfter: options.startAfter }),
      }),
    async waitUntilIdle() {
      for (;;) {
        const { rows } = await pool.query(
          `select 1 from jobs.job where name = any($1) and state in ('created', 'retry', 'active')
           and start_after <= now() limit 1`,
          [[...queues]],
        )
        if (rows.length === 0) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    close: () => boss.stop({ graceful: true, timeout: 30_000 }),
  }
}

function throughPool(pool: Pool, log: Logger): Db {
  return {
    executeSql: (text, values) => pool.query(text, values),
    async listen(channel, hear, missed) {
      const announcements = await listen(pool, log, channel, { hear, missed })
      missed()
      return announcements
    },
  }
}

function throughWriter(writer: Writer): Db {
  return {
    async executeSql(text, values = []) {
      const { rows } = await writer.executeQuery(CompiledQuery.raw(text, values))
      return { rows }
    },
  }
}
