/** Our server as a process of its own on a folder of its own, as `npm start` runs it, without limits and demo. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Client, clientOf, fetchToken } from '../seed/client.ts'
import { memoryOf, watchPeak } from './processes.ts'

export type OursOrganization = { id: string; token: string; client: Client }

export type Ours = {
  port: number
  /** Memory a moment after the start, with its children. */
  restBytes: number
  peakBytes(): number
  newOrganization(name: string): Promise<OursOrganization>
  /** An address that signs an administrator in. */
  signInLink(): Promise<string>
  stop(): Promise<void>
}

const SERVER = fileURLToPath(new URL('../../apps/server/src/', import.meta.url))
/** What a shell expects of a program that such a signal ended. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 }
const START_PATIENCE_MS = 60_000
const STOP_PATIENCE_MS = 20_000
const SETTLE_MS = 3000

export async function startOurs(): Promise<Ours> {
  const folder = mkdtempSync(join(tmpdir(), 'countinghouse-bench-'))
  const port = await freePort()
  const environment = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    BASE_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: folder,
    SEED: 'none',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'error',
    UV_THREADPOOL_SIZE: '16',
  }
  const server = spawn(process.execPath, ['--max-semi-space-size=64', join(SERVER, 'main.ts')], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  // Programs of the bench end with this process by themselves; a server would not.
  for (const [signal, status] of Object.entries(SIGNALS)) {
    process.once(signal, () => void stop(server, folder).then(() => process.exit(status)))
  }
  try {
    await untilReady(server, port)
  } catch (error) {
    await stop(server, folder)
    throw error
  }
  await pause(SETTLE_MS)
  const pid = server.pid ?? 0
  const restBytes = memoryOf(pid)
  const watch = watchPeak(pid)
  const admin = (...words: string[]) => runAdmin(words, environment)
  return {
    port,
    restBytes,
    peakBytes: () => watch.peak(),
    newOrganization: (name) => newOrganization(admin, port, name),
    signInLink: () => signInLink(admin),
    async stop() {
      watch.stop()
      await stop(server, folder)
    },
  }
}

type Admin = (...words: string[]) => Promise<Record<string, unknown>>

async function runAdmin(words: string[], env: NodeJS.ProcessEnv): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(SERVER, 'admin.ts'), ...words],
    { env },
  )
  return JSON.parse(stdout) as Record<string, unknown>
}

async function newOrganization(
  admin: Admin,
  port: number,
  name: string,
): Promise<OursOrganization> {
  const made = await admin('organization', 'create', '--name', name)
  const id = String(made.organizationId)
  const key = await admin('service-user', 'create', '--organization', id)
  const target = {
    baseUrl: `http://127.0.0.1:${port}`,
    organizationId: id,
    accessKeyId: String(key.accessKeyId),
    apiSecret: String(key.apiSecret),
  }
  return { id, token: await fetchToken(target), client: clientOf(target) }
}

async function signInLink(admin: Admin): Promise<string> {
  const { organizationId } = await admin('organization', 'create', '--name', 'Bench Console')
  const { signInLink: link } = await admin(
    ...['user', 'create', '--organization', String(organizationId)],
    ...[
      '--email',
      `bench-${randomUUID()}@example.com`,
      '--first-name',
      'Bench',
      '--last-name',
      'Reader',
    ],
  )
  return String(link)
}

async function untilReady(server: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + START_PATIENCE_MS
  while (performance.now() < deadline) {
    if (server.exitCode !== null) throw new Error(`the server ended with status ${server.exitCode}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (answer?.ok) return
    await pause(100)
  }
  throw new Error('the server did not become ready')
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    const timer = setTimeout(() => server.kill('SIGKILL'), STOP_PATIENCE_MS)
    await ended
    clearTimeout(timer)
  }
  rmSync(folder, { recursive: true, force: true })
}

/** Asks the machine for a port nobody has. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
