/** Puts the demo world into an organization, so that doing it twice leaves what doing it once leaves. */
import { setTimeout as pause } from 'node:timers/promises'
import { ApiError, type Client } from './client.ts'
import type { Day } from './world/calendar.ts'
import type { Measurement } from './world/measurement.ts'
import { resolveReferences, type Step } from './world/step.ts'
import type { World } from './world/world.ts'

export type Watcher = {
  /** Told of each stage in words. */
  report(line: string): void
  /** Told how many packs of measurements are in, without a gap. */
  reached?(packs: number): void
}

type Page = { data: { id: string; code?: string }[]; nextToken?: string }
type Job = { id: string; status: string; total?: number; pending?: number }

const CREATES_AT_ONCE = 6
const PACKS_AT_ONCE = 3
const JOB_PATIENCE_MS = 10 * 60_000

/** A run that was cut off need not send the packs that had been reached again, though it may. */
export async function sendWorld(
  client: Client,
  world: World,
  { report, reached = () => undefined }: Watcher,
  afterPacks = 0,
): Promise<void> {
  const created = await createMissing(client, world.steps)
  report(`${created} products, meters, prices, accounts and plans created`)
  await configure(client, world.configuration)
  const sent = await sendPacks(client, world.packs().drop(afterPacks), (packs) =>
    reached(afterPacks + packs),
  )
  report(`${sent.toLocaleString('en-US')} measurements sent`)
  for (const [index, lastDay] of world.closedMonths.entries()) {
    await billMonth(client, lastDay, index < world.closedMonths.length - 1)
    report(`month to ${lastDay} billed`)
  }
  await runJob(client, { billingFrequency: 'MONTHLY' })
  report('open month calculated')
}

/** Codes tell what is there already; only the rest is created. */
async function createMissing(client: Client, steps: Step[]): Promise<number> {
  const known = new Map<string, string>()
  for (const collection of new Set(steps.map((step) => step.collection))) {
    for (const { id, code } of await listAll(client, collection)) {
      if (code !== undefined) known.set(`${collection}:${code}`, id)
    }
  }
  const find = (collection: string, code: string) => {
    const id = known.get(`${collection}:${code}`)
    if (id === undefined) throw new Error(`${collection} has no ${code}`)
    return id
  }
  const missing = steps.filter(({ collection, code }) => !known.has(`${collection}:${code}`))
  for (const group of runsOfOneCollection(missing)) {
    await inParallel(CREATES_AT_ONCE, group, async ({ collection, code, body }) => {
      const answer = await client.post<{ id: string }>(collection, resolveReferences(body, find))
      known.set(`${collection}:${code}`, answer.id)
    })
  }
  return missing.length
}

/** Neighbours of one collection do not refer to each other and may go side by side. */
function runsOfOneCollection(steps: Step[]): Step[][] {
  const groups: Step[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last?.[0]?.collection === step.collection) last.push(step)
    else groups.push([step])
  }
  return groups
}

export async function listAll(client: Client, path: string): Promise<Page['data']> {
  const all: Page['data'] = []
  let nextToken: string | undefined
  do {
    const query = new URLSearchParams({ pageSize: '100', ...(nextToken ? { nextToken } : {}) })
    const page = await client.get<Page>(`${path}${path.includes('?') ? '&' : '?'}${query}`)
    all.push(...page.data)
    nextToken = page.nextToken
  } while (nextToken !== undefined && nextToken !== null)
  return all
}

async function configure(client: Client, configuration: Record<string, unknown>): Promise<void> {
  const current = await client.get<Record<string, unknown>>('/organizationconfig')
  await client.put('/organizationconfig', { ...current, ...configuration })
}

async function sendPacks(
  client: Client,
  packs: IteratorObject<Measurement[]>,
  reached: (packs: number) => void,
): Promise<number> {
  let sent = 0
  let begun = 0
  const running = new Set<number>()
  await inParallel(PACKS_AT_ONCE, packs, async (measurements) => {
    const number = begun++
    running.add(number)
    await client.post('/measurements', { measurements })
    running.delete(number)
    sent += measurements.length
    reached(Math.min(begun, ...running))
  })
  return sent
}

async function billMonth(client: Client, lastDay: Day, locks: boolean): Promise<void> {
  await runJob(client, { billingFrequency: 'MONTHLY', lastDateInBillingPeriod: lastDay })
  const period = `/bills/billingperiod/${lastDay}/monthly`
  await client.post(`${period}/approve`, {})
  if (!locks) return
  const bills = (await listAll(client, period)) as (Page['data'][number] & { locked?: boolean })[]
  const open = bills.filter(({ locked }) => !locked)
  await inParallel(CREATES_AT_ONCE, open, ({ id }) => client.put(`/bills/${id}/lock`, {}))
}

export async function runJob(
  client: Client,
  request: Record<string, unknown>,
  pollMs = 200,
): Promise<Job> {
  let job = await client.post<Job>('/billjobs', request)
  const deadline = performance.now() + JOB_PATIENCE_MS
  while (job.status !== 'COMPLETE') {
    if (job.status === 'CANCELLED') throw new ApiError(0, `bill job ${job.id} was cancelled`)
    if (performance.now() > deadline) throw new ApiError(0, `bill job ${job.id} does not end`)
    await pause(pollMs)
    job = await client.get<Job>(`/billjobs/${job.id}`)
  }
  return job
}

/** Works through the items in order with so many workers; the first failure ends it. */
export async function inParallel<Item>(
  workers: number,
  items: Iterable<Item> | IteratorObject<Item>,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const iterator = items[Symbol.iterator]()
  const worker = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: workers }, worker))
}
