/** The disk under both stores is full: whoever writes is told, nothing acknowledged is lost, and room is all it takes. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog } from '@countinghouse/server/kit/log.ts'
import { openPool } from '@countinghouse/server/kit/postgres/database.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chooseSeed, randomFrom } from '../support/random.ts'
import { runAdmin, runServerToItsEnd, temporaryDataDir } from '../support/server-process.ts'
import { type Disk, makeSmallDisk, smallDiskTrouble } from '../support/small-disk.ts'
import { type Senders, startSenders } from './senders.ts'
import { cut, makeEvents, makeWorld, type World } from './world.ts'

const trouble = smallDiskTrouble()

let disk: Disk
let world: World
let senders: Senders
const random = randomFrom(chooseSeed('a full disk'))
let given = 0

beforeAll(async () => {
  if (trouble !== null) return
  disk = await makeSmallDisk(256)
  world = await makeWorld({ disk })
  senders = startSenders(4, world.target)
}, 120_000)
afterAll(async () => {
  if (trouble !== null) return
  await senders.stop()
  await world.close()
})

function give(count: number): void {
  senders.give(cut(random, makeEvents(random, given, count), 100))
  given += count
}

let products = 0
function makeProduct() {
  products += 1
  return world.organization.post('/products', { name: 'Boxed', code: `product-${products}` })
}

async function isReady(): Promise<boolean> {
  return (await fetch(`${world.server.url}/readyz`)).ok
}

/** Nothing; else what is not ready, and what the server said of it. */
async function whyNotReady(): Promise<string> {
  const answer = await fetch(`${world.server.url}/readyz`)
  return answer.ok ? '' : `${await answer.text()}\n${world.server.output().slice(-4_000)}`
}

/** Every acknowledged event once, and no other. */
async function checkStored(): Promise<void> {
  const stored = (await world.stored()).map(({ uid }) => uid)
  expect(stored.length).toBe(new Set(stored).size)
  expect(new Set(stored)).toEqual(senders.acknowledged)
}

const full = {
  status: 503,
  body: { code: 'DISK_FULL', message: expect.stringContaining('has made room, send it again') },
  headers: { 'retry-after': '10' },
}

if (trouble !== null) test(`a full disk is not tried: ${trouble}`, () => console.log(trouble))
else describe('a full disk', fullDisk)

function fullDisk(): void {
  test('is told to whoever sends measurements, while what is stored can be read', async () => {
    give(500)
    await senders.whenIdle()
    await disk.fill()

    const measurements = makeEvents(random, 1_000_000, 10)
    const refused = await world.organization.post('/measurements', { measurements })

    expect(refused).toMatchObject(full)
    await checkStored()
  })

  test('is told to whoever changes the configuration', async () => {
    // Some changes still fit into pages that are there already.
    let answer = await makeProduct()
    for (let more = 0; more < 1_000 && answer.status === 200; more += 1)
      answer = await makeProduct()

    expect(answer).toMatchObject(full)
  })

  test('costs nothing that was acknowledged, and takes everything once there is room', async () => {
    give(500)
    await expect.poll(() => senders.answers.get('503') ?? 0).toBeGreaterThan(3)
    await disk.free()
    await senders.whenIdle()

    expect(senders.acknowledged.size).toBe(given)
    await checkStored()
    expect(await makeProduct()).toMatchObject({ status: 200 })
  })

  test('may end the database in the middle of its log; room brings it back without a hand', async () => {
    await disk.fill()
    await exhaustLog()
    await expect.poll(isReady).toBe(false)
    give(200)
    const answer = await makeProduct()
    expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } })

    await disk.free()
    await expect.poll(whyNotReady, { timeout: 60_000 }).toBe('')
    await senders.whenIdle()

    expect(senders.acknowledged.size).toBe(given)
    await checkStored()
    expect(await makeProduct()).toMatchObject({ status: 200 })
    expect(senders.answers.get('500')).toBeUndefined()
  })

  test('is told at once to whoever starts a server on it', async () => {
    const other = await makeSmallDisk(1)
    await other.fill()

    const refused = await runServerToItsEnd({ dataDir: other.path, within: other.within })
    await other.remove()

    expect(refused.code).toBe(1)
    expect(refused.output).toContain(`DATA_DIR is "${other.path}", but its disk is full (ENOSPC)`)
  })

  test('leaves nothing that could be started when a backup does not fit on it', async () => {
    const full = await temporaryDataDir()
    const made = await runAdmin(['organization', 'create', '--name', 'Kept'], {
      dataDir: full.path,
    })
    const backup = `${full.path}-backup`
    const taken = await runAdmin(['backup', '--to', backup], { dataDir: full.path })
    const small = await makeSmallDisk(16)
    const place = { dataDir: join(small.path, 'data'), within: small.within }

    const restored = await runAdmin(['restore', '--from', backup], place)
    const started = await runServerToItsEnd(place)

    expect([made.code, taken.code]).toEqual([0, 0])
    expect(restored).toMatchObject({ code: 1, output: expect.stringContaining('is full (ENOSPC)') })
    expect(restored.output).not.toContain('    at ')
    expect(started).toMatchObject({
      code: 1,
      output: expect.stringContaining('was not copied back to its end'),
    })
    await small.remove()
    await full.remove()
    await rm(backup, { recursive: true })
  })
}

/** Writes log and nothing else, until the next piece of it has no place. */
async function exhaustLog(): Promise<void> {
  const address = { host: join(disk.outside, 'socket'), user: 'postgres', database: 'postgres' }
  const pool = openPool(address, createLog('silent'), { max: 1 })
  const write = () =>
    pool.query(`select pg_logical_emit_message(true, 'test', repeat('x', 1000000))`)
  for (let megabytes = 0; megabytes < 200; megabytes += 1) {
    const isGone = await write().then(
      () => false,
      () => true,
    )
    if (isGone) break
  }
  await pool.end()
}
