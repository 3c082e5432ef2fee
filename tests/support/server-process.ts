/** The real server as a process of its own, for tests that start, stop and kill it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type ServerProcess = {
  pid: number
  /** Where it listens. */
  url: string
  child: ChildProcess
  /** Everything it has printed so far. */
  output(): string
  /** Sends the signal and waits until the process is gone. */
  end(signal?: NodeJS.Signals): Promise<Exit>
}

export type Exit = { code: number | null; signal: NodeJS.Signals | null; output: string }

export type ProcessOptions = {
  dataDir: string
  /** Default 0: a free port. */
  port?: number
  environment?: Record<string, string>
  /** A command that runs the rest of its words, such as one that changes what the process sees. */
  within?: string[]
}

const mainFile = join(import.meta.dirname, '../../apps/server/src/main.ts')
const adminFile = join(import.meta.dirname, '../../apps/server/src/admin.ts')

/** Resolves when it listens; throws with what it printed when it ends before. */
export function startServerProcess(options: ProcessOptions): Promise<ServerProcess> {
  return beginServerProcess(options).started
}

/** For what it tells before it listens: `printed` resolves with the first such text. */
export function beginServerProcess(options: ProcessOptions): {
  printed(pattern: RegExp): Promise<string>
  started: Promise<ServerProcess>
} {
  const launched = launch(mainFile, [], options)
  return { printed: launched.printed, started: untilStarted(launched) }
}

async function untilStarted(launched: ReturnType<typeof launch>): Promise<ServerProcess> {
  const url = await Promise.race([
    launched.printed(/Countinghouse runs at (http:\S+)/),
    launched.ended.then(({ code, signal, output }) => {
      throw new Error(`the server did not start (${signal ?? code}):\n${output}`)
    }),
  ])
  return {
    pid: launched.child.pid ?? 0,
    url,
    child: launched.child,
    output: launched.output,
    end(signal = 'SIGTERM') {
      launched.child.kill(signal)
      return launched.ended
    },
  }
}

/** For starts that are expected to be refused. */
export function runServerToItsEnd(options: ProcessOptions): Promise<Exit> {
  return launch(mainFile, [], options).ended
}

/** The admin command. */
export function runAdmin(words: string[], options: ProcessOptions): Promise<Exit> {
  return launch(adminFile, words, options).ended
}

export async function temporaryDataDir(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'ch-data-'))
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

function launch(file: string, words: string[], options: ProcessOptions) {
  const [command = '', ...rest] = [...(options.within ?? []), process.execPath, file, ...words]
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      // Nothing else: the test runner sets variables of its own, BASE_URL among them.
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: tmpdir(),
      UV_THREADPOOL_SIZE: '16',
      DATA_DIR: options.dataDir,
      PORT: String(options.port ?? 0),
      SEED: 'none',
      LOG_LEVEL: 'warn',
      RATE_LIMITS: 'off',
      ...options.environment,
    },
  })
  let printed = ''
  const waiting = new Set<() => void>()
  const hear = (chunk: Buffer) => {
    printed += chunk.toString()
    for (const look of waiting) look()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = once(child, 'close').then(
    ([code, signal]): Exit => ({ code, signal, output: printed }),
  )
  const find = (pattern: RegExp) =>
    new Promise<string>((resolve) => {
      const look = () => {
        const found = pattern.exec(printed)
        if (found === null) return
        waiting.delete(look)
        resolve(found[1] ?? found[0])
      }
      waiting.add(look)
      look()
    })
  return { child, ended, output: () => printed, printed: find }
}
