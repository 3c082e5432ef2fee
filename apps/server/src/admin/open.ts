/** Opens the configuration store for a command: of the running server, or for the moment by itself. */
import { type Config, dataFolders } from '../config/config.ts'
import type { Context } from '../context.ts'
import { systemClock } from '../kit/clock.ts'
import { prepareDataFolder, whenFree } from '../kit/data-folder/data-folder.ts'
import { lockDataFolder } from '../kit/data-folder/lock.ts'
import { createLog } from '../kit/log.ts'
import { openMailer } from '../kit/mail.ts'
import { type Address, openDatabase } from '../kit/postgres/database.ts'
import { embeddedAddress, isAnswering, startPostgres } from '../kit/postgres/launcher.ts'
import { migrate } from '../kit/postgres/migrate.ts'
import { checkOwnServer } from '../kit/postgres/own-server.ts'
import { migrations } from '../migrations/index.ts'

export type AdminContext = Pick<Context, 'config' | 'clock' | 'database' | 'mail' | 'log'>

export async function openAdmin(
  config: Config,
): Promise<{ context: AdminContext; close(): Promise<void> }> {
  const log = createLog('error')
  const reached = await reach(config, log)
  const database = openDatabase(reached.address, log)
  if (config.databaseUrl !== null) await checkOwnServer(database.pool, config.databaseUrl)
  await migrate(database.pool, migrations)
  const mail = openMailer(config, log)
  return {
    context: { config, clock: systemClock(), database, mail, log },
    async close() {
      mail.close()
      await database.close()
      await reached.stop()
    },
  }
}

type Reached = { address: Address; stop(): Promise<void> }

async function reach(config: Config, log: Context['log']): Promise<Reached> {
  if (config.databaseUrl !== null) {
    return { address: { connectionString: config.databaseUrl }, stop: async () => undefined }
  }
  const folder = dataFolders(config).postgres
  const address = embeddedAddress(folder)
  if (await isAnswering(address)) return { address, stop: async () => undefined }
  prepareDataFolder(config.dataDir)
  // What is printed to standard output is the command's answer.
  const lock = await whenFree(config.dataDir, console.error, () => lockDataFolder(config.dataDir))
  const postgres = await startPostgres(folder, log)
  return {
    address: postgres.address,
    async stop() {
      await postgres.stop()
      await lock.release()
    },
  }
}
