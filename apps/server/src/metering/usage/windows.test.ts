/** Many windows in one statement, nested, adjacent and apart: each counts what lies in it. */
import { makeAccount, makeMeter } from '@countinghouse/tests/support/catalog.ts'
import { randomFrom } from '@countinghouse/tests/support/random.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { meterDirectory } from '../meter/service/directory.ts'
import { tracksOf } from './service/aggregate-sql.ts'
import { aggregate, aggregationQuestion } from './service.ts'

const START = Date.UTC(2024, 5, 1)
const HOUR = 3_600_000

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

test.each([1, 2, 3])('whatever windows are asked for together, seed %i', async (seed) => {
  const pick = randomFrom(seed).below
  const organization = await server.organization()
  const field = { name: 'Value', code: 'value', category: 'MEASURE', unit: '1' }
  const meter = await makeMeter(organization, { dataFields: [field], derivedFields: [] })
  const made: Json[] = []
  for (let at = 0; at < 4; at += 1) made.push(await makeAccount(organization))
  const { accounts } = await accountsOf(organization.id, made)
  const events = Array.from({ length: 200 }, (_, at) => ({
    account: pick(4),
    // Often exactly on the border of a window.
    ts: START + pick(48) * HOUR + (at % 3 === 0 ? 0 : pick(HOUR)),
    value: pick(1_000),
  }))
  await organization.must.post('/measurements', {
    measurements: events.map(({ account, ts, value }, at) => ({
      uid: `event-${at}`,
      meter: meter.code,
      account: made[account].code,
      ts: new Date(ts).toISOString(),
      measure: { [field.code]: value },
    })),
  })
  const [schema] = await meterDirectory(server.context.database.reader).byIds(organization.id, [
    meter.id,
  ])
  if (schema === undefined) throw new Error('The meter is gone.')
  const questions = Array.from({ length: 60 }, () => {
    const from = START + pick(40) * HOUR
    const whose = [0, 1, 2, 3].filter(() => pick(2) === 0)
    const aggregation = aggregationQuestion(schema, {
      targetField: field.code,
      aggregation: (['SUM', 'MAX', 'COUNT'] as const)[pick(3)] ?? 'SUM',
    })
    return { aggregation, whose, from, to: from + (1 + pick(20)) * HOUR }
  })

  const answers = await aggregate(
    server.context.events,
    organization.number,
    questions.map(({ whose, ...question }) => ({
      ...question,
      accounts: whose.map((at) => accounts[at] ?? 0),
    })),
  )

  const found = questions.map(({ whose }, at) =>
    whose.map((account) => answers[at]?.value(accounts[account] ?? 0) ?? null),
  )
  expect(found).toEqual(
    questions.map(({ whose, from, to, aggregation: { method } }) =>
      whose.map((account) => {
        const values = events
          .filter((event) => event.account === account && event.ts >= from && event.ts < to)
          .map(({ value }) => value)
        if (values.length === 0) return null
        if (method === 'COUNT') return String(values.length)
        if (method === 'MAX') return String(Math.max(...values))
        return String(values.reduce((sum, value) => sum + value, 0))
      }),
    ),
  )
})

async function accountsOf(organizationId: string, made: Json[]): Promise<{ accounts: number[] }> {
  const { rows } = await server.context.database.pool.query<{ id: string; number: number }>(
    'select id, number from account where organization_id = $1',
    [organizationId],
  )
  const byId = new Map(rows.map(({ id, number }) => [id, Number(number)]))
  return { accounts: made.map(({ id }) => byId.get(id) ?? 0) }
}

describe('tracks of windows', () => {
  const windows = (...given: [from: number, to: number, accounts: number[]][]) =>
    given.map(([from, to, accounts]) => ({ from, to, accounts: new Set(accounts) }))

  test('hold windows that do not overlap, and accounts with the same ones share them', () => {
    const days = Array.from({ length: 1_000 }, (_, at): [number, number, number[]] => [
      at,
      at + 1,
      [1, 2, 3],
    ])

    const { accounts, windows: placed } = tracksOf(windows(...days))

    expect(accounts).toEqual([1, 2, 3].map((account) => ({ account, track: 0 })))
    expect(placed).toHaveLength(1_000)
  })

  test('are as many as windows overlap', () => {
    expect(tracksOf(windows([0, 10, [1]], [5, 15, [1]], [10, 20, [1, 2]])).accounts).toEqual([
      { account: 1, track: 0 },
      { account: 1, track: 1 },
      { account: 2, track: 2 },
    ])
  })
})
