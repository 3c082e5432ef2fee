/**
 * Inserts over HTTP whose answer is lost, late or a gateway's: each measurement counts once, and
 * whoever sent it learns what became of it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeMeter } from '../support/catalog.ts'
import {
  type ClickHouseHttp,
  startClickHouseHttp,
  type Trouble,
} from '../support/clickhouse-http.ts'
import { freePort } from '../support/free-port.ts'
import { startTestServer, type TestOrganization, type TestServer } from '../support/server.ts'

const folder = mkdtempSync(join(tmpdir(), 'ch-clickhouse-'))
let port: number
let stand: ClickHouseHttp
let server: TestServer
let organization: TestOrganization
let meter: { code: string; id: string }
/** What the next inserts of measurements meet, one after another. */
let troubles: Trouble[] = []
let inserts = 0

const startStand = () =>
  startClickHouseHttp(folder, {
    port,
    trouble(statement) {
      if (!statement.startsWith('insert into event ')) return null
      inserts += 1
      return troubles.shift() ?? null
    },
  })

beforeAll(async () => {
  port = await freePort()
  stand = await startStand()
  server = await startTestServer({ config: { clickhouseUrl: stand.url, logLevel: 'silent' } })
}, 60_000)
beforeEach(async () => {
  organization = await server.organization()
  meter = await makeMeter(organization)
  inserts = 0
  troubles = []
})
afterAll(async () => {
  await server.close()
  await stand.close()
  rmSync(folder, { recursive: true, force: true })
})

const ts = '2024-05-01T00:00:00Z'
const measurement = (uid: string) => ({
  uid,
  meter: meter.code,
  account: 'acme',
  ts: new Date(Date.now() - 60_000).toISOString(),
  measure: { gigabytes: 1 },
  where: { region: 'EU' },
})
const send = (...uids: string[]) =>
  organization.post('/measurements', { measurements: uids.map(measurement) })

async function stored(): Promise<string[]> {
  const { data } = await organization.must.post('/usage/query', {
    startDate: ts,
    endDate: '2100-01-01T00:00:00Z',
    meterIds: [meter.id],
  })
  return data.map(({ uid }: { uid: string }) => uid).sort()
}

test.each<[string, Trouble[]]>([
  ['is cut before it is done', [{ isDone: false, answer: 'cut' }]],
  ['is cut after it is done', [{ isDone: true, answer: 'cut' }]],
  ['is answered by a gateway before it is done', [{ isDone: false, answer: 'bad gateway' }]],
  ['is answered by a gateway after it is done', [{ isDone: true, answer: 'bad gateway' }]],
  [
    'is cut twice, done the first time',
    [
      { isDone: true, answer: 'cut' },
      { isDone: false, answer: 'cut' },
    ],
  ],
])('an insert that %s is repeated until its answer is clear', async (_case, met) => {
  troubles = [...met]

  expect(await send('a', 'b')).toMatchObject({ status: 200 })

  expect(inserts).toBe(met.length + 1)
  expect(await stored()).toEqual(['a', 'b'])
})

test('a late answer is waited for, and copies sent meanwhile count once', async () => {
  const { promise: after, resolve: letGo } = Promise.withResolvers<void>()
  troubles = [{ isDone: true, answer: { after } }]

  const first = send('a')
  await expect.poll(() => inserts).toBe(1)
  const copies = [send('a', 'b'), send('b', 'c')]
  letGo()

  for (const answer of await Promise.all([first, ...copies])) expect(answer.status).toBe(200)
  expect(await stored()).toEqual(['a', 'b', 'c'])
})

test('an account is not deleted while a measurement of it is on its way', async () => {
  const { id } = await organization.must.post('/accounts', {
    ...{ name: 'Acme', code: 'acme', emailAddress: 'acme@example.com' },
  })
  const { promise: onItsWay, resolve: letGo } = Promise.withResolvers<void>()
  troubles = [{ isDone: onItsWay, answer: { after: onItsWay } }]

  const sent = send('a')
  await expect.poll(() => inserts).toBe(1)
  const removal = organization.delete(`/accounts/${id}`)
  // Without the gate it would be done long before these have been answered.
  for (let asked = 0; asked < 10; asked += 1) await organization.must.get(`/accounts/${id}`)
  letGo()

  expect((await sent).status).toBe(200)
  expect(await removal).toMatchObject({ status: 400, body: { code: 'STILL_REFERENCED' } })
  expect(await stored()).toEqual(['a'])
})

test('accounts are deleted while measurements of others keep coming', async () => {
  const made = await Promise.all(
    ['x', 'y', 'z'].map((code) =>
      organization.must.post('/accounts', { name: code, code, emailAddress: 'a@example.com' }),
    ),
  )
  let isOver = false
  const sending = Array.from({ length: 4 }, async (_, sender) => {
    for (let n = 0; !isOver; n += 1) expect((await send(`${sender}-${n}`)).status).toBe(200)
  })
  for (const { id } of made) {
    expect((await organization.delete(`/accounts/${id}`)).status).toBe(200)
  }
  isOver = true

  await Promise.all(sending)
})

test('a server that is away is told at once, and taken up again when it is back', async () => {
  await send('a')
  await stand.close()

  const refused = await send('b')
  expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } })
  expect(refused.headers['retry-after']).toBeDefined()
  expect(
    await organization.post('/usage/query', { startDate: ts, endDate: '2100-01-01T00:00:00Z' }),
  ).toMatchObject({ status: 503 })

  stand = await startStand()
  await expect.poll(() => send('a', 'b').then(({ status }) => status)).toBe(200)
  expect(await stored()).toEqual(['a', 'b'])
})

test('a repeat under one Idempotency-Key is taken too, although the first had made the account', async () => {
  await stand.close()
  const request = {
    headers: { 'idempotency-key': 'sent twice' },
    body: { measurements: [measurement('a')] },
  }

  const refused = await organization.call('POST', '/measurements', request)
  stand = await startStand()
  const repeated = await organization.call('POST', '/measurements', request)

  expect([refused.status, repeated.status]).toEqual([503, 200])
  expect(await stored()).toEqual(['a'])
})
