/** Starts the server: `npm start` runs this after building the Console. */
import { ConfigError, readConfig } from './config/config.ts'
import type { Context } from './context.ts'
import { EventStoreError } from './kit/clickhouse/open.ts'
import { systemClock } from './kit/clock.ts'
import { DataFolderError, prepareDataFolder } from './kit/data-folder/data-folder.ts'
import { DataFolderInUse } from './kit/data-folder/lock.ts'
import { createLog } from './kit/log.ts'
import { PostgresStartError } from './kit/postgres/start-error.ts'
import { createSetupLink } from './organization/sign-in/link.ts'
import { countPeople } from './organization/user/store.ts'
import { platformTrouble } from './platform.ts'
import { type RunningServer, startServer } from './server.ts'

/** What `npm start` adds to a server that has just opened, such as the demo of a first start. */
export type Addition = (server: RunningServer) => Promise<void>

/** Refuses what cannot be started with, before anything takes time. */
export function checkStart(): void {
  try {
    prepareDataFolder(readConfig().dataDir)
  } catch (error) {
    refuseToStart(sentenceFor(error))
  }
}

export async function main(add: Addition = async () => undefined): Promise<void> {
  const trouble = platformTrouble(process)
  if (trouble !== null) return refuseToStart(trouble)

  let stopRunning: (() => Promise<void>) | null = null
  let isStopping = false
  const stop = (signal: NodeJS.Signals) => {
    // A second signal means that somebody does not want to wait.
    if (isStopping) process.exit(1)
    isStopping = true
    if (stopRunning === null) process.exit(0)
    console.log(`${signal}: finishing what runs, then stopping.`)
    stopRunning().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error('The stop was not clean:', error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  try {
    const config = readConfig()
    const log = createLog(config.logLevel)
    const server = await startServer(config, systemClock(), log)
    stopRunning = server.stop
    await add(server)
    const { baseUrl, dataDir } = server.context.config
    const enter = await howToEnter(server.context)
    console.log(`Countinghouse runs at ${server.url}`)
    console.log(`  Console        ${baseUrl}`)
    console.log(`  Documentation  ${baseUrl}/docs`)
    console.log(`  API reference  ${baseUrl}/reference`)
    console.log(`  Data           ${dataDir}`)
    console.log(enter)
  } catch (error) {
    refuseToStart(sentenceFor(error))
  }
}

/** While nobody can sign in, whoever reads this sets up the first account. */
async function howToEnter(context: Context): Promise<string> {
  if ((await countPeople(context.database.reader)) > 0) {
    return 'Sign in at the Console, or by a link: npm run admin -- sign-in-link'
  }
  const link = await createSetupLink(context)
  return `Set up the first account here (works once, for a day):\n  ${link}`
}

function refuseToStart(reason: string): void {
  console.error(`Countinghouse did not start.\n${reason}`)
  process.exit(1)
}

/** Expected refusals are one sentence; anything else keeps its stack for whoever mends it. */
function sentenceFor(error: unknown): string {
  if (
    error instanceof ConfigError ||
    error instanceof EventStoreError ||
    error instanceof DataFolderError ||
    error instanceof DataFolderInUse ||
    error instanceof PostgresStartError
  ) {
    return error.message
  }
  const { code, address, port, syscall } = error as NodeJS.ErrnoException & {
    address?: string
    port?: number
  }
  if (syscall === 'listen' && code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is in use by another program. Stop that program, or set PORT to a free port.`
  }
  if (syscall === 'listen') {
    return `Cannot listen on port ${port} of ${address} (${code}). Set PORT and HOST to an address of this machine that is free to use.`
  }
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return `${error instanceof Error ? error.message : String(error)}. Everything in DATA_DIR belongs to the server: move that file away, or set DATA_DIR to another folder.`
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC') {
    return `${error instanceof Error ? error.message : String(error)}. Make the data directory writable, or set DATA_DIR to another folder.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

if (import.meta.main) await main()
