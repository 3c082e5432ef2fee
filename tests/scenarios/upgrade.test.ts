/**
 * Data directories of earlier versions, brought up to date by this one: everything that is stored
 * reads as it did (tests/golden; a sample is added when a shape changes, and never edited).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answered, ask } from '../golden/answers.ts'
import { restore } from '../golden/stored.ts'
import { END, type Keys } from '../golden/world.ts'
import { runJob } from '../support/billing-world.ts'
import { personAt } from '../support/person.ts'
import {
  clientOf,
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '../support/server.ts'

const golden = join(import.meta.dirname, '../golden')
const samples = readdirSync(golden, { withFileTypes: true }).filter((entry) => entry.isDirectory())

describe.each(samples.map(({ name }) => name))('a data directory as of step %s', (name) => {
  const folder = join(golden, name)
  const keys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as Keys
  const expected = readFileSync(join(folder, 'answers.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answered)
  let server: TestServer
  let organization: TestOrganization

  beforeAll(async () => {
    server = await startTestServer({ now: END, fill: (dataDir) => restore(folder, dataDir) })
    const token = await signIn(server, keys)
    const identity = { id: keys.organizationId, number: 1, serviceUserId: '', ...keys }
    organization = clientOf({ ...identity, token: async () => token }, server.call)
  })
  afterAll(() => server.close())

  test('lets in the program and the person that it knows', async () => {
    const answer = await personAt(server).call('POST', '/auth/sign-in/email', {
      body: keys.person,
    })

    expect(answer).toMatchObject({ status: 200 })
    expect((await organization.get('/organization')).status).toBe(200)
  })

  test('answers every question as it did', async () => {
    const now = await ask(organization, expected)

    expect(now).toHaveLength(expected.length)
    for (const [at, { path, answer }] of expected.entries()) {
      expect(now[at]?.answer, path).toMatchObject(answer)
    }
  })

  test('has bills that a recalculation leaves as they are', async () => {
    await runJob(server, organization, { lastDateInBillingPeriod: '2024-02-29' })

    const bills = expected.filter(({ path }) => /^\/bills\/[^/]+-[^/]+(\/lineitems)?$/.test(path))
    for (const { path, answer } of bills) {
      const { lastCalculatedDate: _then, billJobId: _by, ...lasting } = answer
      expect(await organization.must.get(path), path).toMatchObject(lasting)
    }
  })

  test('goes on: what comes next has numbers of its own', async () => {
    const product = await organization.must.post('/products', { name: 'New', code: 'new' })
    const { data } = await organization.must.get('/products')

    expect(data[0].id).toBe(product.id)
  })
})

async function signIn(server: TestServer, { accessKey }: Keys): Promise<string> {
  const { accessKeyId, apiSecret } = accessKey
  const answer = await server.call('POST', '/oauth/token', {
    body: { grant_type: 'client_credentials' },
    headers: { authorization: `Basic ${btoa(`${accessKeyId}:${apiSecret}`)}` },
  })
  if (answer.status !== 200) throw new Error(`no token: ${JSON.stringify(answer.body)}`)
  return answer.body.access_token
}
