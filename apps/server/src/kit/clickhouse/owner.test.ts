import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startClickHouseHttp } from '@countinghouse/tests/support/clickhouse-http.ts'
import { startTestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EventDatabase } from './event-database.ts'
import { EventStoreError, openEmbedded } from './open.ts'
import { claimEvents } from './owner.ts'

const folder = mkdtempSync(join(tmpdir(), 'ch-owner-'))
let events: EventDatabase

beforeAll(async () => {
  events = await openEmbedded(folder)
})
afterAll(async () => {
  await events.close()
  rmSync(folder, { recursive: true })
})

it('an event store belongs to the instance that opened it first, and to no other', async () => {
  await claimEvents(events, 'one')

  await claimEvents(events, 'one')

  await expect(claimEvents(events, 'two')).rejects.toBeInstanceOf(EventStoreError)
  await claimEvents(events, 'one')
})

it('belongs to one of those that claim it at the same moment', async () => {
  await events.command('drop table owner')

  const claims = await Promise.allSettled(
    Array.from({ length: 4 }, (_, number) => claimEvents(events, `claim ${number}`)),
  )

  expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

it('a server with a configuration store of its own does not start on the measurements of another', async () => {
  const stand = await startClickHouseHttp(folder)
  const config = { clickhouseUrl: stand.url, logLevel: 'silent' } as const
  await events.command('drop table owner')
  const server = await startTestServer({ config })

  await expect(startTestServer({ config })).rejects.toThrow(/belong to another/)

  await server.close()
  await stand.close()
})
