import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-10T12:00:00Z' })
})

afterAll(() => server.close())

const ts = '2024-06-02T00:00:00Z'

async function meterOf(organization: TestOrganization, derivedFields: unknown[] = []) {
  return organization.must.post('/meters', {
    name: 'm',
    code: 'm',
    dataFields: [
      { category: 'MEASURE', code: 'a', name: 'a', unit: '{a}' },
      { category: 'MEASURE', code: 'b', name: 'b', unit: '{b}' },
      { category: 'WHAT', code: 'kind', name: 'kind' },
    ],
    derivedFields,
  })
}

const ratio = { category: 'MEASURE', code: 'ratio', name: 'ratio', unit: '1', calculation: 'a / b' }

/** What the store holds, by uid. */
async function storedOf(organization: TestOrganization) {
  return server.context.events.query<{ uid: string; numbers: string[]; texts: string[] }>(
    'select uid, numbers, texts from event where org = {org:UInt32} order by arrival',
    { org: organization.number },
  )
}

async function refusalsOf(organization: TestOrganization) {
  return server.context.events.query<{ uid: string; type: string }>(
    'select uid, type from refusal where org = {org:UInt32} order by uid',
    { org: organization.number },
  )
}

describe('measurements', () => {
  test('smoke', async () => {
    const organization = await server.organization()
    await meterOf(organization, [ratio])
    await organization.must.post('/accounts', {
      name: 'Acme',
      code: 'Acme',
      emailAddress: 'a@example.com',
    })
    const answer = await organization.post('/measurements', {
      measurements: [
        {
          uid: 'ok',
          meter: 'm',
          account: 'Acme',
          ts,
          measure: { a: 6, b: 3 },
          what: { kind: "x'\t\n\\ü" },
        },
      ],
    })
    expect(answer.body).toEqual({ result: 'accepted' })
    expect(await storedOf(organization)).toEqual([
      { uid: 'ok', numbers: ['6', '3', '2'], texts: ["x'\t\n\\ü"] },
    ])
    expect(await refusalsOf(organization)).toEqual([])
  })
})
