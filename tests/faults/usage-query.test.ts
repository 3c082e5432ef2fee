/**
 * Usage queries while everything happens at once: new meters and accounts, many askers and ones that
 * go away, PostgreSQL killed. An answer is right, or says that it cannot be given now; never 500.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chooseSeed, randomFrom } from '../support/random.ts'
import { type Senders, startSenders } from './senders.ts'
import { cut, makeEvents, makeWorld, type World } from './world.ts'

const EVENTS = 2_000
const ASKERS = 12
const QUESTIONS = 60
const KILLS = 2
const RETRY_PAUSE_MS = 100

let world: World
let senders: Senders

beforeAll(async () => {
  world = await makeWorld()
  senders = startSenders(3, world.target)
}, 60_000)
afterAll(async () => {
  await senders.stop()
  await world.close()
})

const ever = { startDate: '2020-01-01T00:00:00Z', endDate: '2100-01-01T00:00:00Z' }

function questionsAbout(meterId: string): object[] {
  const measure = { meterId, fieldCode: 'n', fieldType: 'MEASURE' }
  const kind = { meterId, fieldCode: 'kind', fieldType: 'DIMENSION' }
  const sum = [{ ...measure, function: 'SUM' }]
  return [
    { ...ever, limit: 50 },
    { ...ever, meterIds: [meterId], limit: 50 },
    { ...ever, aggregations: [...sum, { ...measure, function: 'LATEST' }] },
    { ...ever, aggregations: sum, groups: [{ groupType: 'ACCOUNT' }] },
    { ...ever, aggregations: [{ ...kind, function: 'UNIQUE' }] },
    { ...ever, aggregations: sum, groups: [{ groupType: 'TIME', frequency: 'DAY' }] },
  ]
}

test('are answered or put off, whatever happens beside them', async () => {
  const random = randomFrom(chooseSeed('usage queries'))
  const [meter] = (await world.organization.must.get('/meters')).data
  const questions = questionsAbout(meter.id)
  const statuses = new Map<number, number>()
  let asked = 0
  let kills = 0
  let askedBefore = 0

  const ask = async () => {
    while (kills < KILLS || asked - askedBefore < QUESTIONS) {
      asked += 1
      const number = asked
      const question = questions[number % questions.length]
      if (number % 5 === 0) await askAndGoAway(question)
      const { status } = await world.organization.post('/usage/query', question)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status === 503) await pause(RETRY_PAUSE_MS)
      if (number % 20 === 0) await makeMeter(number)
    }
  }
  const askAndGoAway = (question: unknown) => {
    const { url, organizationId, token } = world.target()
    return fetch(`${url}/organizations/${organizationId}/usage/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(question),
      signal: AbortSignal.timeout(1 + random.below(30)),
    }).catch(() => undefined)
  }
  senders.give(cut(random, makeEvents(random, 0, EVENTS), 60))
  const asking = Promise.all(Array.from({ length: ASKERS }, ask))
  for (; kills < KILLS; kills += 1) await world.killPostgres()
  askedBefore = asked
  await asking
  await senders.whenIdle()

  expect([...statuses.keys()].filter((status) => status !== 200 && status !== 503)).toEqual([])
  expect(statuses.get(200)).toBeGreaterThan(0)
  expect(senders.answers.get('500')).toBeUndefined()
  const { data } = await world.organization.must.post('/usage/query', questions[2])
  expect(data[0]['work.n.SUM']).toBe((EVENTS * (EVENTS - 1)) / 2)
})

/** Its first query meets a meter that nobody has asked for yet. */
async function makeMeter(number: number): Promise<void> {
  const field = { category: 'MEASURE', code: 'n', name: 'n', unit: '1' }
  const body = { name: 'new', code: `new-${number}`, dataFields: [field], derivedFields: [] }
  const { status, body: made } = await world.organization.post('/meters', body)
  expect([200, 503]).toContain(status)
  if (status !== 200) return
  const answer = await world.organization.post('/usage/query', { ...ever, meterIds: [made.id] })
  expect([200, 503]).toContain(answer.status)
}
