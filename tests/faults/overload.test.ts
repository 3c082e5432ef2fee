/**
 * Three times more than can be taken, for a bounded number of requests: whoever is not let in is
 * told so, memory and queues stay bounded, nothing acknowledged is lost, and service is full again
 * afterwards.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWorld, type World } from './world.ts'

const AT_ONCE = 30
const CALLERS = 3 * AT_ONCE
const REQUESTS = 6_000
const BATCH = 250

let world: World

beforeAll(async () => {
  world = await makeWorld({ environment: { LIMIT_REQUESTS_AT_ONCE: String(AT_ONCE) } })
}, 60_000)
afterAll(() => world.close())

type Outcome = { status: number; retryAfter: unknown }

/** Measurements of which each has the quantity of its number. */
async function send(first: number, count: number): Promise<Outcome> {
  const ts = new Date().toISOString()
  const measurements = Array.from({ length: count }, (_, index) => ({
    uid: `event-${first + index}`,
    meter: 'work',
    account: `account-${(first + index) % 20}`,
    ts,
    measure: { n: first + index },
    what: { kind: 'k' },
  }))
  const { status, headers } = await world.organization.post('/measurements', { measurements })
  return { status, retryAfter: headers['retry-after'] }
}

async function totals(): Promise<{ sum: number; count: number }> {
  const [meter] = (await world.organization.must.get('/meters')).data
  const field = { meterId: meter.id, fieldCode: 'n', fieldType: 'MEASURE' }
  const { data } = await world.organization.must.post('/usage/query', {
    startDate: '2020-01-01T00:00:00Z',
    endDate: '2100-01-01T00:00:00Z',
    aggregations: [
      { ...field, function: 'SUM' },
      { ...field, function: 'COUNT' },
    ],
  })
  const [row = {}] = data as Record<string, number>[]
  return { sum: row['work.n.SUM'] ?? 0, count: row['work.n.COUNT'] ?? 0 }
}

/** Bytes of the process that are in memory. */
async function memory(): Promise<number> {
  const text = await (await fetch(`${world.server.url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(text)?.[1])
}

test('ingest and queries at three times what is let in', async () => {
  await send(0, BATCH)
  const before = await memory()
  const refusals: Outcome[] = []
  const accepted: number[] = [0]
  let next = 1
  let most = 0

  const caller = async () => {
    while (next <= REQUESTS) {
      const batch = next
      next += 1
      const outcome = await send(batch * BATCH, BATCH)
      if (outcome.status === 200) accepted.push(batch)
      else refusals.push(outcome)
    }
  }
  const asker = async () => {
    while (next <= REQUESTS) {
      const { status, headers } = await world.organization.get('/products')
      if (status !== 200) refusals.push({ status, retryAfter: String(headers['retry-after']) })
      most = Math.max(most, await memory())
      await pause(50)
    }
  }
  await Promise.all([...Array.from({ length: CALLERS }, caller), asker()])

  expect(refusals.length).toBeGreaterThan(REQUESTS / 20)
  expect(new Set(refusals.map(({ status }) => status))).toEqual(new Set([503]))
  expect(new Set(refusals.map(({ retryAfter }) => retryAfter))).toEqual(new Set(['1']))
  expect(accepted.length).toBeGreaterThan(AT_ONCE)
  expect(most - before).toBeLessThan(1_000_000_000)

  for (let call = 1; call <= 20; call += 1) {
    const batch = REQUESTS + call
    expect(await send(batch * BATCH, BATCH)).toEqual({ status: 200, retryAfter: undefined })
    accepted.push(batch)
  }
  expect(await totals()).toEqual({
    count: accepted.length * BATCH,
    sum: accepted.reduce((sum, batch) => sum + sumOf(batch * BATCH, BATCH), 0),
  })
})

function sumOf(first: number, count: number): number {
  return count * first + (count * (count - 1)) / 2
}
