/** One process for each role (ROLES) on stores that they share: together they are one server. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrange, type Made, use } from '../support/billing-world.ts'
import { type ClickHouseHttp, startClickHouseHttp } from '../support/clickhouse-http.ts'
import { makePostgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { callRemote } from '../support/remote.ts'
import { clientOf, type TestOrganization } from '../support/server.ts'
import {
  beginServerProcess,
  runServerToItsEnd,
  type ServerProcess,
  startServerProcess,
  temporaryDataDir,
} from '../support/server-process.ts'
import { makeWorld, type World } from './world.ts'

const folder = mkdtempSync(join(tmpdir(), 'ch-clickhouse-'))
let postgres: PostgresServer
let clickhouse: ClickHouseHttp
/** The process that answers everything but measurements. */
let world: World
let ingest: ServerProcess
const others: { process: ServerProcess; remove(): Promise<void> }[] = []

/** Measurements go to the process that takes them, as a proxy in front would send them. */
let organization: TestOrganization
let made: Made

const stores = () => ({ DATABASE_URL: postgres.url(), CLICKHOUSE_URL: clickhouse.url })

async function startRole(role: string): Promise<ServerProcess> {
  const { path: dataDir, remove } = await temporaryDataDir()
  const process = await startServerProcess({ dataDir, environment: { ...stores(), ROLES: role } })
  others.push({ process, remove })
  return process
}

beforeAll(async () => {
  postgres = await makePostgresServer()
  clickhouse = await startClickHouseHttp(folder)
  world = await makeWorld({ environment: { ...stores(), ROLES: 'api' } })
  ingest = await startRole('ingest')
  const call = callRemote((method, path) => {
    const isSent = method === 'POST' && path.endsWith('/measurements')
    return (isSent ? ingest : world.server).url
  })
  organization = clientOf(world.organization, call)
  made = await arrange(organization, {
    pricings: [{ name: 'calls', bands: [[0, 0, 0.25]] }],
    accountPlan: { startDate: '2024-01-01T00:00:00Z' },
  })
}, 120_000)
afterAll(async () => {
  await world.close()
  for (const { process, remove } of others) {
    await process.end()
    await remove()
  }
  await clickhouse.close()
  await postgres.remove()
  rmSync(folder, { recursive: true, force: true })
})

function placed() {
  return {
    uid: 'placed',
    meter: made.meter.code,
    account: made.account.code,
    ts: '2024-01-05T00:00:00Z',
    measure: { calls: 1 },
    where: { region: 'EU' },
  }
}

test('each answers its own calls and no other', async () => {
  const token = { authorization: `Bearer ${await organization.token()}` }
  const at = async (url: string, path: string, method = 'GET') => {
    const answer = await fetch(`${url}/organizations/${organization.id}${path}`, {
      method,
      headers: { ...token, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{"measurements":[]}' }),
    })
    return [answer.status, ((await answer.json()) as { code?: string }).code]
  }

  expect(await at(world.server.url, '/products')).toEqual([200, undefined])
  expect(await at(ingest.url, '/products')).toEqual([404, 'NO_SUCH_CALL'])
  expect(await at(world.server.url, '/measurements', 'POST')).toEqual([404, 'NO_SUCH_CALL'])
  expect(await at(ingest.url, '/measurements', 'POST')).toEqual([400, 'INVALID_INPUT'])
})

test('what one has just changed counts at once with the other', async () => {
  const meter = await organization.must.get(`/meters/${made.meter.id}`)
  const region = { category: 'WHERE', code: 'region', name: 'Region' }
  await organization.must.put(`/meters/${meter.id}`, {
    ...meter,
    dataFields: [...meter.dataFields, region],
  })

  await organization.must.post('/measurements', {
    measurements: [placed()],
  })

  const { data } = await organization.must.get(`/meters/${meter.id}/measurements`)
  expect(data).toMatchObject([{ uid: 'placed', values: { 'where.region': 'EU' } }])
})

test('a bill run is done by the worker alone, over what the others were told', async () => {
  await use(made, [['2024-01-10', { calls: 99 }, { region: 'EU' }]])
  const { id } = await organization.must.post('/billjobs', {
    lastDateInBillingPeriod: '2024-01-31',
  })

  const worker = await startRole('worker')

  const job = () => organization.must.get(`/billjobs/${id}`)
  await expect.poll(job, { timeout: 60_000 }).toMatchObject({ status: 'COMPLETE', pending: 0 })
  const { data } = await organization.must.get('/bills?includeBillTotal=true')
  expect(data.map(({ billTotal }: { billTotal: number }) => billTotal)).toEqual([25])
  await expect.poll(() => queuesWorkedBy(worker)).toContain('run-bill-job')
  expect(await queuesWorkedBy(world.server)).toEqual([])
  expect(await queuesWorkedBy(ingest)).toEqual([])
})

test('a second process that would take measurements too is refused, until the first has ended', async () => {
  const refused = await temporaryDataDir()
  const { code, output } = await runServerToItsEnd({
    dataDir: refused.path,
    environment: { ...stores(), ROLES: 'ingest' },
  })
  await refused.remove()
  expect(code).toBe(1)
  expect(output).toContain('Another process of Countinghouse takes measurements')

  const { path: dataDir, remove } = await temporaryDataDir()
  const next = beginServerProcess({ dataDir, environment: { ...stores(), ROLES: 'ingest' } })
  await next.printed(/Waiting up to \d+ seconds for it to end/)
  await ingest.end()
  ingest = await next.started
  others.push({ process: ingest, remove })

  const again = placed()
  await organization.must.post('/measurements', { measurements: [again, { ...again, uid: 'new' }] })
  const { data } = await organization.must.get(`/meters/${made.meter.id}/measurements`)
  const uids = data.map(({ uid }: { uid: string }) => uid)
  expect(uids.filter((uid: string) => uid === 'placed' || uid === 'new')).toEqual(['new', 'placed'])
})

test('a second process with measurements of its own is refused: it would bill without those of the first', async () => {
  const database = { DATABASE_URL: postgres.url('alone') }
  await postgres.run('create database alone')
  const [first, second] = [await temporaryDataDir(), await temporaryDataDir()]
  const server = await startServerProcess({ dataDir: first.path, environment: database })

  const { code, output } = await runServerToItsEnd({ dataDir: second.path, environment: database })

  expect(code).toBe(1)
  expect(output).toContain('Set CLICKHOUSE_URL for both, or stop the other.')
  await server.end()
  await first.remove()
  await second.remove()
})

async function queuesWorkedBy({ url }: ServerProcess): Promise<string[]> {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  return [...metrics.matchAll(/^jobs_total\{queue="(.+?)"/gm)].map(([, queue = '']) => queue)
}
