/** A server process with one organization, one meter, and events to send to it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { freePort } from '../support/free-port.ts'
import type { Random } from '../support/random.ts'
import { callRemote, remoteOrganization } from '../support/remote.ts'
import type { Json, TestOrganization } from '../support/server.ts'
import {
  runAdmin,
  type ServerProcess,
  startServerProcess,
  temporaryDataDir,
} from '../support/server-process.ts'
import type { Disk } from '../support/small-disk.ts'
import type { Measurement, Target } from './senders.ts'

export type World = {
  dataDir: string
  server: ServerProcess
  target(): Target
  kill(): Promise<void>
  restart(): Promise<void>
  /** Kills the database inside; resolves when the server works on a new one. */
  killPostgres(): Promise<void>
  /** What the server says is stored: each uid with its quantity, every copy of it. */
  stored(): Promise<{ uid: string; n: number }[]>
  organization: TestOrganization
  close(): Promise<void>
}

export type WorldOptions = {
  environment?: Record<string, string>
  /** Where the data lives; without it a folder of the system's disk. */
  disk?: Disk
}

export async function makeWorld({ environment = {}, disk }: WorldOptions = {}): Promise<World> {
  const folder = disk ?? (await temporaryDataDir())
  const options = {
    dataDir: folder.path,
    port: await freePort(),
    environment,
    within: disk?.within ?? [],
  }
  let server = await startServerProcess(options)
  const admin = async (...words: string[]) => {
    const { code, output } = await runAdmin(words, options)
    if (code !== 0) throw new Error(`admin ${words.join(' ')} failed:\n${output}`)
    return JSON.parse(output.slice(output.indexOf('{')))
  }
  const { organizationId } = await admin('organization', 'create', '--name', 'Faults')
  const key = await admin('service-user', 'create', '--organization', organizationId)
  const organization = await remoteOrganization(
    callRemote(() => server.url),
    organizationId,
    key,
  )
  const token = await organization.token()
  const world: World = {
    dataDir: folder.path,
    get server() {
      return server
    },
    target: () => ({ url: server.url, organizationId, token }),
    async kill() {
      await server.end('SIGKILL')
    },
    async restart() {
      server = await startServerProcess(options)
    },
    async killPostgres() {
      const before = await postmaster(folder.path)
      process.kill(before, 'SIGKILL')
      // It may be back before anybody sees that it is away.
      await expect.poll(() => postmaster(folder.path), { timeout: 60_000 }).not.toBe(before)
      const isReady = async () => (await fetch(`${server.url}/readyz`)).ok
      await expect.poll(isReady, { timeout: 60_000 }).toBe(true)
    },
    async stored() {
      const { data, hasMoreData } = await organization.must.post('/usage/query', {
        startDate: '2020-01-01T00:00:00Z',
        endDate: '2100-01-01T00:00:00Z',
      })
      if (hasMoreData) throw new Error('more is stored than one answer can hold')
      return data.map((row: Json) => ({ uid: row.uid, n: row['measure.n'] }))
    },
    organization,
    async close() {
      await server.end('SIGTERM')
      await folder.remove()
    },
  }
  await organization.must.post('/meters', {
    name: 'work',
    code: 'work',
    dataFields: [
      { category: 'MEASURE', code: 'n', name: 'n', unit: '{n}' },
      { category: 'WHAT', code: 'kind', name: 'kind' },
    ],
    derivedFields: [],
  })
  return world
}

/** The process of the database inside. In its own user namespace it may believe in another number. */
async function postmaster(dataDir: string): Promise<number> {
  const file = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')
  return Number(file.split('\n')[0])
}

const DAY_MS = 86_400_000

/** Events over 34 days of event time, for accounts some of which do not exist yet. */
export function makeEvents(random: Random, first: number, count: number): Measurement[] {
  const now = Date.now() - 1000
  return Array.from({ length: count }, (_, index) => ({
    uid: `event-${first + index}`,
    meter: 'work',
    account: `account-${(first + index) % 97}`,
    ts: new Date(now - Math.floor(random.next() * 34 * DAY_MS)).toISOString(),
    measure: { n: first + index },
    what: { kind: `k${random.below(5)}` },
  }))
}

/** Batches of random size, most of them small. */
export function cut(random: Random, events: Measurement[], most: number): Measurement[][] {
  const batches: Measurement[][] = []
  for (let at = 0; at < events.length; ) {
    const size = 1 + random.below(random.below(most) + 1)
    batches.push(events.slice(at, at + size))
    at += size
  }
  return batches
}
