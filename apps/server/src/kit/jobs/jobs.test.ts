import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Jobs, QueueOptions } from './jobs.ts'

let server: TestServer
let jobs: Jobs

beforeAll(async () => {
  server = await startTestServer()
  jobs = server.context.jobs
})
afterAll(() => server.close())

const options: QueueOptions = {
  retryLimit: 2,
  concurrency: 1,
  expireInSeconds: 60,
  cron: undefined,
}

async function queueThatNotes(queue: string): Promise<unknown[]> {
  const seen: unknown[] = []
  await jobs.declare(queue, options)
  await jobs.work(queue, options, async (payload) => {
    seen.push(payload['value'])
  })
  return seen
}

describe('a job', () => {
  it('runs once the transaction that sent it commits', async () => {
    const seen = await queueThatNotes('committed')

    await server.context.database.transaction(async (writer) => {
      await jobs.send('committed', { value: 1 }, { writer })
    })
    await jobs.waitUntilIdle()

    expect(seen).toEqual([1])
  })

  it('never was when its transaction rolls back', async () => {
    const seen = await queueThatNotes('rolled-back')

    const work = server.context.database.transaction(async (writer) => {
      await jobs.send('rolled-back', { value: 1 }, { writer })
      throw new Error('changed my mind')
    })
    await expect(work).rejects.toThrow('changed my mind')
    await jobs.waitUntilIdle()

    expect(seen).toEqual([])
  })

  it('runs again after a failure', async () => {
    let attempts = 0
    await jobs.declare('stumbling', options)
    await jobs.work('stumbling', options, async () => {
      attempts += 1
      if (attempts === 1) throw new Error('stumbled')
    })

    await jobs.send('stumbling', {})
    await vi.waitFor(() => expect(attempts).toBe(2), 30_000)
    await jobs.waitUntilIdle()

    expect(attempts).toBe(2)
  })
})
