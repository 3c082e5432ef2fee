/** What a running process is made of; handed to whoever works in it. */
import type { Logger } from 'pino'
import type { Config } from './config/config.ts'
import type { EventDatabase } from './kit/clickhouse/event-database.ts'
import type { Clock } from './kit/clock.ts'
import type { FileStore } from './kit/files.ts'
import type { Jobs } from './kit/jobs/jobs.ts'
import type { Live } from './kit/live/live.ts'
import type { Mailer } from './kit/mail.ts'
import type { Metrics } from './kit/metrics.ts'
import type { Database } from './kit/postgres/database.ts'

export type Context = {
  config: Config
  clock: Clock
  log: Logger
  database: Database
  events: EventDatabase
  jobs: Jobs
  mail: Mailer
  metrics: Metrics
  files: FileStore
  live: Live
}
