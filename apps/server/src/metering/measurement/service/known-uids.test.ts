import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeMeter } from '@countinghouse/tests/support/catalog.ts'
import {
  type ClickHouseHttp,
  startClickHouseHttp,
} from '@countinghouse/tests/support/clickhouse-http.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../../kit/log.ts'
import { KnownUids } from './known-uids.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2024, 5, 1)

const folder = mkdtempSync(join(tmpdir(), 'ch-clickhouse-'))
let stand: ClickHouseHttp
let server: TestServer
let organization: TestOrganization
/** How many of the next questions for all uids are cut off. */
let cuts = 0

beforeAll(async () => {
  stand = await startClickHouseHttp(folder, {
    trouble(statement) {
      if (cuts === 0 || !/select org, count\(\)/.test(statement)) return null
      cuts -= 1
      return { isDone: false, answer: 'cut' }
    },
  })
  const now = new Date(NOW).toISOString()
  server = await startTestServer({ now, config: { clickhouseUrl: stand.url, logLevel: 'silent' } })
  organization = await server.organization()
  const { code: meter } = await makeMeter(organization)
  await organization.must.post('/measurements', {
    measurements: [
      {
        ...{ uid: 'counted', meter, account: 'acme', ts: now },
        ...{ measure: { gigabytes: 1 }, where: { region: 'EU' } },
      },
    ],
  })
})
afterAll(async () => {
  await server.close()
  await stand.close()
  rmSync(folder, { recursive: true, force: true })
})

const learn = () => new KnownUids(server.context.events, createLog('silent'))
const suspects = (known: KnownUids, now: number) =>
  known.suspects(organization.number, ['counted', 'fresh'], now)

test('until the filter is filled every uid is a suspect, then only what was counted', async () => {
  const known = learn()
  known.fill(NOW)
  expect(suspects(known, NOW)).toEqual(['counted', 'fresh'])

  await known.whenFilled()

  expect(suspects(known, NOW)).toEqual(['counted'])
})

test('a clock that was ahead when the filter was filled makes nothing count again', async () => {
  const known = learn()
  known.fill(NOW + 40 * DAY)
  await known.whenFilled()
  expect(suspects(known, NOW + 40 * DAY)).toEqual([])

  // Set right: what the filter had no reason to know matters now.
  expect(suspects(known, NOW + DAY)).toEqual(['counted', 'fresh'])

  await known.whenFilled()
  expect(suspects(known, NOW + DAY)).toEqual(['counted'])
})

test('a clock that is set back a little needs no filling', async () => {
  const known = learn()
  known.fill(NOW + HOUR)
  await known.whenFilled()

  expect(suspects(known, NOW + 1)).toEqual(['counted'])
})

test('a filling that the store cuts off is tried again', async () => {
  const known = learn()
  cuts = 1
  known.fill(NOW)

  await known.whenFilled()

  expect(cuts).toBe(0)
  expect(suspects(known, NOW)).toEqual(['counted'])
})

test('a filling that is not wanted any more ends', async () => {
  const known = learn()
  cuts = Number.POSITIVE_INFINITY
  known.fill(NOW)

  await known.close()

  cuts = 0
  expect(suspects(known, NOW)).toEqual(['counted', 'fresh'])
})
