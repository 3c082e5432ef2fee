import type { AddressInfo } from 'node:net'
import { SYSTEM_PRINCIPAL } from '@countinghouse/server/kit/principal.ts'
import {
  addKey,
  createServiceUser,
  makeKey,
} from '@countinghouse/server/organization/service-user/service.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clientOf } from './client.ts'
import { prepareDemo } from './first-start.ts'
import { listAll } from './send.ts'

/** As much as it takes to see every stage. */
const SMALL = ['--measurements', '2000']

let server: TestServer
let url: string

beforeAll(async () => {
  server = await startTestServer({ config: { seed: 'demo' } })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

it('fills an unused instance once, through the API, and leaves no key behind', async () => {
  const first = await prepareDemo(server.context, SMALL)
  if (!first) throw new Error('no demo was prepared')
  await first.fill(url)

  const client = await clientFor(first.organizationId)
  const bills = (await listAll(client, '/bills')) as Record<string, unknown>[]
  const ofState = (status: string, locked: boolean) =>
    bills.filter((bill) => bill.status === status && bill.locked === locked).length
  expect(ofState('APPROVED', true)).toBeGreaterThanOrEqual(35)
  expect(ofState('APPROVED', false)).toBeGreaterThanOrEqual(35)
  expect(ofState('PENDING', false)).toBeGreaterThanOrEqual(35)

  const [, program] = await listAll(client, '/serviceusers')
  expect(program).toMatchObject({ name: 'Demo', activeAccessKeys: 0 })

  const again = await prepareDemo(server.context, SMALL)
  await again?.fill(url)
  expect(again?.organizationId).toBe(first.organizationId)
  expect((await listAll(client, '/bills')).length).toBe(bills.length)
}, 120_000)

it.each([
  ['it was asked not to', { seed: 'none' as const }],
  ['PostgreSQL is the operator’s own', { databaseUrl: 'postgres://db.example.com/x' }],
  ['ClickHouse is the operator’s own', { clickhouseUrl: 'http://events.example.com:8123' }],
  ['somebody works already', { dataDir: '/a/folder/without/a/demo' }],
])('makes no demo where %s', async (_reason, config) => {
  const context = { ...server.context, config: { ...server.context.config, ...config } }

  expect(await prepareDemo(context)).toBeNull()
})

async function clientFor(organizationId: string) {
  const { database } = server.context
  const scope = { organizationId, principalId: SYSTEM_PRINCIPAL.id, now: Date.now() }
  const key = await makeKey()
  await database.transaction(async (writer) => {
    const reader = { name: 'Reader', managedPolicy: 'ADMINISTRATOR' }
    await addKey(writer, scope, (await createServiceUser(writer, scope, reader)).id, key)
  })
  return clientOf({ baseUrl: url, organizationId, ...key })
}
