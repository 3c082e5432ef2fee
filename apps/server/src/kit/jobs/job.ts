/** Work that outlives its request: a queue and what is done with each of its jobs. */
import type { Context } from '../../context.ts'

export type JobDefinition = {
  /** Letters, digits and dashes: `run-bill-job`. */
  queue: string
  /** Repeats after a failure; the work must bear being done twice. Default 2. */
  retryLimit?: number
  /** Jobs of this queue that one process runs side by side. Default 1. */
  concurrency?: number
  /** Seconds after which a job that does not report is taken for dead. Default 900. */
  expireInSeconds?: number
  /** Runs by itself at these times (five-field cron, UTC). */
  cron?: string
  /** Runs also when a worker starts, with this payload: to take up what another one left. */
  atStart?: JobPayload
  run(context: Context, payload: JobPayload, signal: AbortSignal): Promise<void>
}

export type JobPayload = Record<string, unknown>
