/**
 * The process that takes measurements loses its seat to another one while an insert of its own is
 * on its way: what it had judged before is not written after.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '@countinghouse/server/kit/log.ts'
import { openPool } from '@countinghouse/server/kit/postgres/database.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { makeMeter } from '../support/catalog.ts'
import { type ClickHouseHttp, startClickHouseHttp } from '../support/clickhouse-http.ts'
import { makePostgresServer, type PostgresServer } from '../support/postgres-server.ts'
import { startTestServer, type TestOrganization, type TestServer } from '../support/server.ts'

/** The lock that is the seat, as `metering/measurement/service.ts` names it. */
const SEAT = 731_000_203

const folder = mkdtempSync(join(tmpdir(), 'ch-clickhouse-'))
let postgres: PostgresServer
let stand: ClickHouseHttp
let server: TestServer
let organization: TestOrganization
let meter: { code: string; id: string }
let inserts = 0
/** Inserts of measurements are cut off before they are done. */
let isCutting = false
/** The next one is done at once, and answered when this resolves. */
let held: Promise<void> | null = null

beforeAll(async () => {
  postgres = await makePostgresServer()
  stand = await startClickHouseHttp(folder, {
    trouble(statement) {
      if (!statement.startsWith('insert into event ')) return null
      inserts += 1
      if (isCutting) return { isDone: false, answer: 'cut' }
      const after = held
      held = null
      return after && { isDone: true, answer: { after } }
    },
  })
  server = await startTestServer({
    config: { databaseUrl: postgres.url(), clickhouseUrl: stand.url, logLevel: 'silent' },
  })
  organization = await server.organization()
  meter = await makeMeter(organization)
}, 120_000)
beforeEach(() => {
  inserts = 0
})
afterAll(async () => {
  await server.close()
  await stand.close()
  await postgres.remove()
  rmSync(folder, { recursive: true, force: true })
})

const send = (uid: string) =>
  organization.post('/measurements', {
    measurements: [
      {
        ...{ uid, meter: meter.code, account: 'acme', ts: '2024-05-01T00:00:00Z' },
        ...{ measure: { gigabytes: 1 }, where: { region: 'EU' } },
      },
    ],
  })

async function stored(): Promise<string[]> {
  const { data } = await organization.must.get(`/meters/${meter.id}/measurements`)
  return data.map(({ uid }: { uid: string }) => uid).sort()
}

const oneConnection = () =>
  openPool({ connectionString: postgres.url() }, createLog('silent'), {
    max: 1,
    idleTimeoutMillis: 0,
  })

/** The two locks that groups hold by turns, from before they are judged until they have landed. */
const TURNS = [731_000_201, 731_000_202]

const groupsOnTheirWay = () =>
  postgres.run(`select from pg_locks where objid in (${TURNS}) and mode = 'ShareLock' and granted`)

const groupsThatAsk = () =>
  postgres.run(`select from pg_stat_activity where query like '%try_advisory_lock_shared%'
    and pid <> pg_backend_pid()`)

async function keepGroupsFromBeginning(): Promise<() => Promise<void>> {
  const other = oneConnection()
  for (const turn of TURNS) await other.query('select pg_advisory_lock($1)', [turn])
  return () => other.end()
}

/** Another process sits down, as it may when the database has ended the connection of the first. */
async function loseSeat(): Promise<{ end(): Promise<void> }> {
  const other = oneConnection()
  const otherSits = other.query(`select pg_advisory_lock(${SEAT})`)
  const waiting = () => postgres.run(`select from pg_locks where objid = ${SEAT} and not granted`)
  await expect.poll(waiting).toHaveLength(1)
  await postgres.run(
    `select pg_terminate_backend(pid) from pg_locks where objid = ${SEAT} and granted`,
  )
  await otherSits
  return other
}

/** Sends again until it is taken, as a sender does. */
async function sendUntilTaken(uid: string): Promise<void> {
  await expect.poll(() => send(uid).then(({ status }) => status)).toBe(200)
}

test('an insert that is cut off is not repeated once another process sits there', async () => {
  isCutting = true
  const sent = send('cut off')
  await expect.poll(() => inserts).toBeGreaterThan(0)

  const other = await loseSeat()
  isCutting = false

  expect(await sent).toMatchObject({ status: 503 })
  expect(await stored()).toEqual([])
  await other.end()
  await sendUntilTaken('cut off')
  expect(await stored()).toEqual(['cut off'])
})

test('what waits behind an insert is not written once another process sits there', async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  held = answered
  const letBegin = await keepGroupsFromBeginning()
  const first = send('first')
  await expect.poll(groupsThatAsk).toHaveLength(1)
  const next = send('next')
  await letBegin()
  await expect.poll(groupsOnTheirWay).toHaveLength(2)

  const other = await loseSeat()
  answer()

  expect(await first).toMatchObject({ status: 200 })
  expect(await next).toMatchObject({ status: 503 })
  expect(await stored()).toEqual(['cut off', 'first'])
  await other.end()
  await sendUntilTaken('next')
  expect(await stored()).toEqual(['cut off', 'first', 'next'])
})
