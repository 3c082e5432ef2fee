/** One running process: stores open, calls answered, jobs worked on, and all of it stopped cleanly. */
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { areas, buildApp } from './app.ts'
import type { Config } from './config/config.ts'
import type { Context } from './context.ts'
import type { Clock } from './kit/clock.ts'
import type { JobDefinition } from './kit/jobs/job.ts'
import type { QueueOptions } from './kit/jobs/jobs.ts'
import { openProcess } from './open.ts'

export type RunningServer = {
  context: Context
  app: FastifyInstance
  /** Where it listens, with the real port when PORT is 0. */
  url: string
  /** Lets running requests and jobs end, then closes the stores. */
  stop(): Promise<void>
}

export async function startServer(
  config: Config,
  clock: Clock,
  log: Logger,
): Promise<RunningServer> {
  const { context, close } = await openProcess(config, clock, log)
  try {
    const app = await buildApp(context)
    await startJobs(context)
    await app.listen({ port: config.port, host: config.host })
    const { port } = app.server.address() as AddressInfo
    const stop = async () => {
      await app.close()
      await close()
    }
    return { context, app, url: `http://${nameOf(config.host)}:${port}`, stop }
  } catch (error) {
    await close()
    throw error
  }
}

/** Every process knows the queues; only workers run their jobs. */
export async function startJobs(context: Context): Promise<void> {
  for (const job of areas.flatMap(({ jobs }) => jobs)) {
    const options = optionsOf(job)
    await context.jobs.declare(job.queue, options)
    if (!context.config.roles.includes('worker')) continue
    await context.jobs.work(job.queue, options, async (payload, signal) => {
      try {
        await job.run(context, payload, signal)
        context.metrics.jobs.inc({ queue: job.queue, outcome: 'done' })
      } catch (error) {
        context.metrics.jobs.inc({ queue: job.queue, outcome: 'failed' })
        throw error
      }
    })
  }
}

function optionsOf(job: JobDefinition): QueueOptions {
  return {
    retryLimit: job.retryLimit ?? 2,
    concurrency: job.concurrency ?? 1,
    expireInSeconds: job.expireInSeconds ?? 900,
    cron: job.cron,
  }
}

/** An address that listens everywhere is no address to visit. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
