/**
 * Acknowledged measurements are never lost and never counted twice, whatever dies when
 * (docs/decisions/0001-exactly-once-ingest.md).
 */
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chooseSeed, type Random, randomFrom } from '../support/random.ts'
import { type Measurement, type Senders, startSenders } from './senders.ts'
import { cut, makeEvents, makeWorld, type World } from './world.ts'

const ROUNDS = 52
const EVENTS_PER_ROUND = 200
const SENDERS = 8

let world: World
let senders: Senders

beforeEach(async () => {
  world = await makeWorld()
  senders = startSenders(SENDERS, world.target)
}, 60_000)

afterEach(async () => {
  await senders.stop()
  await world.close()
}, 60_000)

/** Each round's events three times: at once, and twice at random in this or a later round. */
function planRounds(random: Random, rounds: number, first: number): Measurement[][][] {
  const plan: Measurement[][] = Array.from({ length: rounds }, () => [])
  for (let round = 0; round < rounds; round += 1) {
    const events = makeEvents(random, first + round * EVENTS_PER_ROUND, EVENTS_PER_ROUND)
    for (const event of events) {
      plan[round]?.push(event)
      for (let copy = 0; copy < 2; copy += 1) {
        const later = Math.min(round + random.below(random.below(6) + 1), rounds - 1)
        plan[later]?.push(event)
      }
    }
  }
  return plan.map((events) => cut(random, random.shuffle(events), 250))
}

/** Every acknowledged uid is there once, with its own quantity; nothing is there twice. */
async function checkStored(): Promise<void> {
  const acknowledged = [...senders.acknowledged]

  const rows = await world.stored()

  const seen = new Set<string>()
  const doubled: string[] = []
  for (const { uid, n } of rows) {
    if (seen.has(uid)) doubled.push(uid)
    seen.add(uid)
    if (uid !== `event-${n}`) throw new Error(`${uid} carries the quantity ${n}`)
  }
  const lost = acknowledged.filter((uid) => !seen.has(uid))
  expect({ doubled, lost }).toEqual({ doubled: [], lost: [] })
}

describe('ingest under faults', () => {
  test(`the server is killed ${ROUNDS} times while every event is sent three times`, async () => {
    const random = randomFrom(chooseSeed('killing the server'))
    const plan = planRounds(random, ROUNDS, 0)
    let started = 0

    for (const batches of plan) {
      senders.give(batches)
      // Somewhere among the requests of the round, and somewhere inside of what they cause.
      started += 1 + random.below(batches.length)
      await senders.whenStarted(started)
      await pause(random.below(60))
      await world.kill()
      await world.restart()
      await checkStored()
    }
    await senders.whenIdle()

    await checkStored()
    expect(senders.acknowledged.size).toBe(ROUNDS * EVENTS_PER_ROUND)
    expect((await world.stored()).length).toBe(ROUNDS * EVENTS_PER_ROUND)
    console.log('answers', Object.fromEntries(senders.answers))
  }, 540_000)

  test('PostgreSQL is killed under it', async () => {
    const random = randomFrom(chooseSeed('killing PostgreSQL'))
    const rounds = 8

    for (const [round, batches] of planRounds(random, rounds, 1_000_000).entries()) {
      // A new account needs PostgreSQL: without it the batch is not taken.
      const fresh = makeEvents(random, 2_000_000 + round, 1)
      senders.give([...batches, ...fresh.map((event) => [{ ...event, account: `new-${round}` }])])
      await pause(random.below(40))
      await world.killPostgres()
      await senders.whenIdle()
      await checkStored()
    }

    expect(senders.acknowledged.size).toBe(rounds * (EVENTS_PER_ROUND + 1))
    expect(senders.answers.get('500')).toBeUndefined()
  }, 240_000)
})
