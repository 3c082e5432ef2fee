/**
 * Starts the PostgreSQL server that comes with the package, as a child that never outlives us:
 * as root or as an ordinary user, on a Unix socket in a folder of our own, watched and restarted.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import type { Logger } from 'pino'
import { type Binaries, findBinaries } from './binaries.ts'
import type { Address } from './database.ts'
import { chooseIdentity, type Identity, takeOver } from './identity.ts'
import { removeStaleLock, untilPredecessorEnded } from './predecessor.ts'
import {
  leaveSocketFolder,
  makeSocketFolder,
  SOCKET_LOCK,
  socketFolderOf,
  tidySocketFolders,
} from './socket-folder.ts'
import { PostgresStartError } from './start-error.ts'

export type EmbeddedPostgres = { address: Address; stop(): Promise<void> }

const START_PATIENCE_MS = 10_000
const ANSWER_PATIENCE_MS = 2_000
/** After a SIGKILL of the postmaster its own children hold on for a moment. */
const HELD_ON_TO = /already exists|still in use|pre-existing shared memory/

/** Whoever calls holds the lock of the data directory: a lock file found here belongs to nobody. */
export async function startPostgres(folder: string, log: Logger): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries()
  const identity = chooseIdentity()
  const address = embeddedAddress(folder)
  const socketFolder = address.host
  await tidySocketFolders()
  setUp(folder, binaries, identity)
  await untilPredecessorEnded(folder, (sentence) => log.warn(sentence))

  let stopping = false
  let comingBack: Promise<void> | null = null
  let child = await launch()

  async function launch(): Promise<ChildProcess> {
    const deadline = performance.now() + START_PATIENCE_MS
    for (;;) {
      // Each time: whoever tidies temporary folders may have taken it away.
      makeSocketFolder(socketFolder)
      takeOver(socketFolder, identity)
      removeStaleLock(join(folder, 'postmaster.pid'))
      removeStaleLock(join(socketFolder, SOCKET_LOCK))
      const attempt = spawnServer(binaries.postgres, folder, socketFolder, identity)
      const outcome = await untilReady(attempt, address, () => !stopping)
      const isReady = outcome === 'ready'
      // One that died right after its first answer has told of its end already.
      if (isReady && !hasEnded(attempt.child)) {
        attempt.child.once('exit', () => {
          comingBack = restart()
        })
        return attempt.child
      }
      const passes = isReady || HELD_ON_TO.test(outcome)
      if (stopping || !passes || performance.now() > deadline) {
        throw new PostgresStartError(
          `PostgreSQL did not start in ${folder}: ${outcome.trim() || 'it said nothing'}`,
        )
      }
      await pause(200)
    }
  }

  async function restart(): Promise<void> {
    if (stopping) return
    log.warn('PostgreSQL ended unexpectedly; starting it again')
    try {
      child = await launch()
      log.info('PostgreSQL is back')
    } catch (error) {
      if (stopping) return
      log.error({ err: error }, 'PostgreSQL does not come back; trying again')
      await pause(1_000)
      await restart()
    }
  }

  return {
    address,
    async stop() {
      stopping = true
      // One that is just being started again ends as well.
      await comingBack
      if (!hasEnded(child)) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        child.kill('SIGTERM')
        await ended
      }
      leaveSocketFolder(socketFolder)
    },
  }
}

/** Where the server of this folder listens, whether it runs or not. */
export function embeddedAddress(folder: string): { host: string; user: string; database: string } {
  return { host: socketFolderOf(folder), user: 'postgres', database: 'postgres' }
}

export async function isAnswering(address: Address): Promise<boolean> {
  // A server that is killed while it greets may leave its caller waiting for ever.
  const client = new Client({ ...address, connectionTimeoutMillis: ANSWER_PATIENCE_MS })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    // Nor is its farewell waited for.
    client.end().catch(() => undefined)
  }
}

function setUp(folder: string, { initdb }: Binaries, identity: Identity): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (identity.uid !== undefined) {
    // The server runs as somebody else, who must be able to pass through the data directory.
    chmodSync(dirname(folder), 0o711)
  }
  takeOver(folder, identity)
  if (!existsSync(join(folder, 'PG_VERSION'))) initialize(initdb, folder, identity)
}

function initialize(initdb: string, folder: string, { prefix, uid }: Identity): void {
  const [command = '', ...rest] = [
    ...prefix,
    initdb,
    ...['-D', folder, '--auth=trust', '--username=postgres', '--locale=C.UTF-8'],
    ...['--encoding=UTF8', '--no-instructions'],
  ]
  const { status, stderr, error } = spawnSync(command, rest, {
    encoding: 'utf8',
    ...(uid !== undefined && { uid, gid: uid }),
  })
  if (status === 0) return
  const advice =
    uid === undefined
      ? ''
      : '\nIt runs as the user "nobody" here: every folder above its programs and its data must be open to that user (chmod o+x).'
  throw new PostgresStartError(
    `PostgreSQL could not set up ${folder}: ${(error?.message ?? stderr).trim()}${advice}`,
  )
}

type Attempt = { child: ChildProcess; said(): string }

/**
 * The shell stops the server when descriptor 3 closes, which happens however our process ends. It
 * hears no signal before it knows whom to pass it on to.
 */
const WATCH =
  'trap : INT TERM; "$@" & pid=$!; trap "kill -INT $pid" INT TERM; (cat >/dev/null; kill -INT $pid) <&3 & ' +
  'w=$!; while kill -0 $pid 2>/dev/null; do wait $pid; done; kill $w 2>/dev/null'

/**
 * One machine, no replica: half the write-ahead log, and checkpoints that do not fall into every
 * bill run. Commits stay durable. Compiling plans costs our short queries more than it gives.
 */
const SETTINGS = [
  'max_connections=200',
  'shared_buffers=256MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=4GB',
  'checkpoint_timeout=15min',
  'jit=off',
].flatMap((setting) => ['-c', setting])

function spawnServer(
  postgres: string,
  folder: string,
  socketFolder: string,
  { prefix, uid }: Identity,
): Attempt {
  const server = [postgres, '-D', folder, '-c', 'listen_addresses=', '-k', socketFolder]
  const child = spawn('sh', ['-c', WATCH, 'sh', ...prefix, ...server, ...SETTINGS], {
    // Of a group of its own: Ctrl+C must reach us first.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
  // The watching `cat` holds our pipes until its own is closed.
  child.once('exit', () => {
    for (const stream of child.stdio) stream?.destroy()
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000)
  })
  return { child, said: () => said }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

async function untilReady(
  attempt: Attempt,
  address: Address,
  isWanted: () => boolean,
): Promise<string> {
  const { child } = attempt
  const deadline = performance.now() + START_PATIENCE_MS * 6
  while (!hasEnded(child)) {
    if (await isAnswering(address)) return 'ready'
    // Again each time: at its very beginning it hears no signal.
    if (!isWanted()) child.kill('SIGTERM')
    if (performance.now() > deadline) {
      child.kill('SIGTERM')
      return `no answer. ${attempt.said()}`
    }
    await pause(25)
  }
  return attempt.said()
}
