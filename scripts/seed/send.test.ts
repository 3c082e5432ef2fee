import { expect, it } from 'vitest'
import type { Client } from './client.ts'
import { listAll, sendWorld } from './send.ts'
import { worldOf } from './world/world.ts'

const NOW = Date.parse('2026-11-22T17:05:00Z')
const watcher = { report: () => undefined }
const world = worldOf({ now: NOW, seed: 'test', accounts: 40, months: 3, measurements: 2500 })

/** Keeps what is posted and answers lists from it: enough of an API to see what is asked of it. */
function recordingClient() {
  const stored = new Map<string, { id: string; code?: string }[]>()
  const calls: string[] = []
  const client: Client = {
    get: async <Answer>(path: string) => {
      calls.push(`GET ${path}`)
      const [collection = ''] = path.split('?')
      const answer = path.startsWith('/billjobs/')
        ? { id: 'job', status: 'COMPLETE' }
        : path === '/organizationconfig'
          ? { version: 1, dayEpoch: '2022-01-01' }
          : { data: stored.get(collection) ?? [] }
      return answer as Answer
    },
    post: async <Answer>(path: string, body: unknown) => {
      calls.push(`POST ${path}`)
      const entry = { id: `id-${calls.length}`, ...(body as { code?: string }) }
      if (path !== '/measurements') stored.set(path, [entry, ...(stored.get(path) ?? [])])
      return { ...entry, status: 'RUNNING' } as Answer
    },
    put: async <Answer>(path: string, body: unknown) => {
      calls.push(`PUT ${path} ${JSON.stringify(body)}`)
      return body as Answer
    },
  }
  return { client, calls, stored }
}

it('creates everything once, and nothing again when it is run again', async () => {
  const { client, calls } = recordingClient()
  await sendWorld(client, world, watcher)
  const creates = () =>
    calls.filter((call) => world.steps.some((step) => call === `POST ${step.collection}`))
  expect(creates().length).toBe(world.steps.length)

  await sendWorld(client, world, watcher)

  expect(creates().length).toBe(world.steps.length)
})

it('keeps what the organization has configured beside its own settings', async () => {
  const { client, calls } = recordingClient()
  await sendWorld(client, world, watcher)
  const put = calls.find((call) => call.startsWith('PUT /organizationconfig'))
  expect(put).toContain('"dayEpoch":"2022-01-01"')
  expect(put).toContain('"timezone":"Europe/London"')
})

it('sends measurements before it bills, and bills the months in order', async () => {
  const { client, calls } = recordingClient()
  await sendWorld(client, world, watcher)
  const order = calls.filter((call) => /measurements|approve/.test(call))
  expect(order.slice(-2)).toEqual([
    'POST /bills/billingperiod/2026-09-30/monthly/approve',
    'POST /bills/billingperiod/2026-10-31/monthly/approve',
  ])
})

it('reads lists to their last page', async () => {
  const pages = [{ data: [{ id: 'a' }], nextToken: 'more' }, { data: [{ id: 'b' }] }]
  const client = { ...recordingClient().client, get: async <Answer>() => pages.shift() as Answer }

  expect(await listAll(client, '/meters')).toEqual([{ id: 'a' }, { id: 'b' }])
})

it('goes on after the packs that had been reached', async () => {
  const { client, calls } = recordingClient()
  const reached: number[] = []
  await sendWorld(client, world, { ...watcher, reached: (packs) => reached.push(packs) })
  const all = calls.filter((call) => call === 'POST /measurements').length
  expect(reached.at(-1)).toBe(all)

  const again = recordingClient()
  await sendWorld(again.client, world, watcher, all - 1)

  expect(again.calls.filter((call) => call === 'POST /measurements').length).toBe(1)
})
