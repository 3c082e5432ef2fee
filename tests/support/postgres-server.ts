/** A PostgreSQL server of its own, as an operator would run it: a port, users with passwords. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createLog } from '@countinghouse/server/kit/log.ts'
import { findBinaries } from '@countinghouse/server/kit/postgres/binaries.ts'
import { openPool } from '@countinghouse/server/kit/postgres/database.ts'
import { chooseIdentity } from '@countinghouse/server/kit/postgres/identity.ts'
import { isAnswering } from '@countinghouse/server/kit/postgres/launcher.ts'
import { freePort } from './free-port.ts'

export type PostgresServer = {
  port: number
  /** Address of a database for a user; by default as the one who may do everything. */
  url(database?: string, user?: string, password?: string): string
  /** Runs statements as the one who may do everything. */
  run(sql: string, database?: string): Promise<Record<string, unknown>[]>
  stop(): Promise<void>
  /** Runs again on the same port and folder after a stop. */
  start(): Promise<void>
  remove(): Promise<void>
}

const log = createLog('silent')
const OWNER = { user: 'owner', password: 'of this server: 100%' }

/** Ends with the pipe to us, however our process ends. */
const WATCH = '"$@" & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid'

export async function makePostgresServer(): Promise<PostgresServer> {
  const binaries = await findBinaries()
  const { prefix, uid } = chooseIdentity()
  const owner = uid === undefined ? {} : { uid, gid: uid }
  const home = mkdtempSync(join(tmpdir(), 'ch-postgres-'))
  const passwordFile = join(home, 'password')
  writeFileSync(passwordFile, OWNER.password)
  if (uid !== undefined) for (const path of [home, passwordFile]) chownSync(path, uid, uid)
  const folder = join(home, 'server')
  const port = await freePort()

  const [initdb = '', ...words] = [
    ...[...prefix, binaries.initdb, '-D', folder, '--encoding=UTF8', '--locale=C.UTF-8'],
    ...['--auth=scram-sha-256', `--username=${OWNER.user}`, `--pwfile=${passwordFile}`],
  ]
  const made = spawnSync(initdb, words, { encoding: 'utf8', ...owner })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)

  const url = (database = 'postgres', user = OWNER.user, password = OWNER.password) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
  let child: ChildProcess | null = null

  async function run(sql: string, database?: string): Promise<Record<string, unknown>[]> {
    const pool = openPool({ connectionString: url(database) }, log, { max: 1 })
    try {
      return (await pool.query(sql)).rows
    } finally {
      await pool.end()
    }
  }

  async function start(): Promise<void> {
    const listen = ['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', '']
    const server = [...prefix, binaries.postgres, '-D', folder, ...listen, '-c', 'fsync=off']
    const starting = spawn('sh', ['-c', WATCH, 'sh', ...server], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      ...owner,
    })
    child = starting
    while (starting.exitCode === null) {
      if (await isAnswering({ connectionString: url() })) return
      await pause(25)
    }
    throw new Error(`PostgreSQL did not start on port ${port}`)
  }

  async function stop(): Promise<void> {
    const running = child
    child = null
    if (running === null) return
    running.stdin?.end()
    await once(running, 'exit')
  }

  await start()
  return {
    port,
    url,
    run,
    stop,
    start,
    async remove() {
      await stop()
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
