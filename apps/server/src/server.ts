/** One running process: stores open, calls answered, jobs worked on, and all of it stopped cleanly. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
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
  wanted: Config,
  clock: Clock,
  log: Logger,
): Promise<RunningServer> {
  const config = wanted.port === 0 ? await withFreePort(wanted) : wanted
  const { context, close } = await openProcess(config, clock, log)
  let app: FastifyInstance | null = null
  // What the areas opened hangs on the app, and holds on to the stores.
  const stop = async () => {
    await app?.close()
    await close()
  }
  try {
    app = await buildApp(context)
    await startJobs(context)
    await app.listen({ port: config.port, host: config.host })
    return { context, app, url: `http://${nameOf(config.host)}:${config.port}`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Every process knows the queues; only workers run their jobs. */
export async function startJobs(context: Context): Promise<void> {
  for (const job of areas.flatMap(({ jobs }) => jobs)) {
    const options = optionsOf(job)
    await context.jobs.declare(job.queue, options)
    if (!context.config.roles.includes('worker')) continue
    if (job.atStart !== undefined) await context.jobs.send(job.queue, job.atStart)
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

/** Links in mails and downloads name the port, so it must be known before anything is opened. */
async function withFreePort(config: Config): Promise<Config> {
  const probe = createServer().listen(0, config.host)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  const isOwnName = config.baseUrl === 'http://localhost:0'
  return { ...config, port, ...(isOwnName && { baseUrl: `http://localhost:${port}` }) }
}

/** An address that listens everywhere is no address to visit. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
