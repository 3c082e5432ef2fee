/** Opens everything a process works with, in the order that keeps it safe, and closes it in reverse. */
import type { Logger } from 'pino'
import { type Config, dataFolders } from './config/config.ts'
import type { Context } from './context.ts'
import type { EventDatabase } from './kit/clickhouse/event-database.ts'
import { migrateEvents } from './kit/clickhouse/migrate.ts'
import { openEmbedded, openServer } from './kit/clickhouse/open.ts'
import { claimEvents } from './kit/clickhouse/owner.ts'
import type { Clock } from './kit/clock.ts'
import { prepareDataFolder, whenFree } from './kit/data-folder/data-folder.ts'
import { lockDataFolder } from './kit/data-folder/lock.ts'
import { localFiles } from './kit/files.ts'
import { readInstanceSecret } from './kit/instance-secret.ts'
import { startJobs } from './kit/jobs/jobs.ts'
import { openLive } from './kit/live/live.ts'
import { openMailer } from './kit/mail.ts'
import { createMetrics } from './kit/metrics.ts'
import { openDatabase } from './kit/postgres/database.ts'
import { startPostgres } from './kit/postgres/launcher.ts'
import { migrate } from './kit/postgres/migrate.ts'
import { checkOwnServer } from './kit/postgres/own-server.ts'
import { type SeatOptions, takeSeat } from './kit/postgres/seat.ts'
import { eventMigrations } from './migrations/events/index.ts'
import { migrations } from './migrations/index.ts'

export type OpenProcess = { context: Context; close(): Promise<void> }

export async function openProcess(config: Config, clock: Clock, log: Logger): Promise<OpenProcess> {
  const folders = dataFolders(config)
  const closers: Closer[] = []
  const close = async () => {
    for (const closeOne of closers.splice(0).reverse()) await closeOne()
  }
  try {
    prepareDataFolder(config.dataDir)
    // First, because opening it takes the lock of the data directory.
    const events = await openEvents(config, closers, log)
    closers.push(() => events.close())

    const postgres = config.databaseUrl === null ? await startPostgres(folders.postgres, log) : null
    if (postgres) closers.push(() => postgres.stop())
    const address = postgres?.address ?? { connectionString: config.databaseUrl ?? '' }
    const database = openDatabase(address, log)
    closers.push(() => database.close())
    if (config.databaseUrl !== null) await checkOwnServer(database.pool, config.databaseUrl)
    if (config.databaseUrl !== null && config.clickhouseUrl === null) {
      const seat = await takeSeat(database.pool, log, ALONE)
      closers.push(() => seat.leave())
    }

    await migrate(database.pool, migrations)
    await migrateEvents(events, eventMigrations)
    const secret = await readInstanceSecret(database.pool)
    await claimEvents(events, secret)
    const jobs = await startJobs(database.pool, log)
    closers.push(() => jobs.close())
    const mail = openMailer(config, log)
    closers.push(() => mail.close())
    const files = localFiles({
      folder: folders.files,
      baseUrl: config.baseUrl,
      secret,
      clock,
    })
    const live = await openLive(address, log)
    closers.push(() => live.close())
    const metrics = createMetrics()
    const context = { config, clock, log, database, events, jobs, mail, metrics, files, live }
    return { context, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Closer = () => void | Promise<void>

/** Of two with measurements of their own each would bill without those of the other. */
const ALONE: SeatOptions = {
  key: 731_000_204,
  taken:
    'Another process of Countinghouse works on the database of DATABASE_URL, and measurements are embedded: each would keep its own, and bill without those of the other. Set CLICKHOUSE_URL for both, or stop the other.',
  prepare: async () => undefined,
}

/** The name guards the folder within one machine, the engine's own lock across containers too. */
async function openEvents(config: Config, closers: Closer[], log: Logger): Promise<EventDatabase> {
  const { dataDir, databaseUrl, clickhouseUrl } = config
  const tell = (sentence: string) => log.warn(sentence)
  if (databaseUrl === null || clickhouseUrl === null) {
    const lock = await whenFree(dataDir, tell, () => lockDataFolder(dataDir))
    closers.push(() => lock.release())
  }
  if (clickhouseUrl !== null) return openServer(clickhouseUrl)
  return whenFree(dataDir, tell, () => openEmbedded(dataFolders(config).events))
}
