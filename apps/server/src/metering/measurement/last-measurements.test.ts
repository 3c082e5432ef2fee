/** When a meter last had a measurement: by arrival, of one's own meters, over the last months. */
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

let server: TestServer
let ours: TestOrganization

beforeAll(async () => {
  server = await startTestServer({ now: '2024-03-05T12:00:00Z' })
})
beforeEach(async () => {
  server.clock.set('2024-03-05T12:00:00Z')
  ours = await server.organization()
})
afterAll(() => server.close())

async function makeMeter(code: string, organization = ours): Promise<string> {
  const { id } = await organization.must.post('/meters', {
    name: code,
    code,
    dataFields: [{ category: 'MEASURE', code: 'n', name: 'n', unit: '1' }],
    derivedFields: [],
  })
  return id
}

async function send(meter: string, ts: string, organization = ours) {
  await organization.must.post('/measurements', {
    measurements: [{ meter, account: 'acme', ts, measure: { n: 1 } }],
  })
}

const last = (...ids: string[]) => ours.must.get(`/measurements/last?meterIds=${ids.join()}`)

test('each meter tells when its newest measurement arrived, whatever time that one is about', async () => {
  const calls = await makeMeter('calls')
  const disks = await makeMeter('disks')
  const silent = await makeMeter('silent')
  await send('disks', '2024-03-05T11:00:00Z')
  await send('calls', '2024-03-05T11:59:00Z')
  server.clock.set('2024-03-06T08:00:00.250Z')
  await send('calls', '2023-05-01T00:00:00Z')

  const answer = await last(calls, silent, disks)

  expect(answer.since).toBe('2024-01-01T00:00:00Z')
  expect(answer.data).toHaveLength(2)
  expect(answer.data).toEqual(
    expect.arrayContaining([
      { meterId: calls, receivedAt: '2024-03-06T08:00:00.250Z' },
      { meterId: disks, receivedAt: '2024-03-05T12:00:00Z' },
    ]),
  )
})

test('what arrived before the month before last is not looked at', async () => {
  const calls = await makeMeter('calls')
  await send('calls', '2024-03-05T11:00:00Z')

  server.clock.set('2024-05-31T23:59:59Z')
  const still = await last(calls)
  server.clock.set('2024-06-01T00:00:00Z')
  const later = await last(calls)

  expect(still.data).toEqual([{ meterId: calls, receivedAt: '2024-03-05T12:00:00Z' }])
  expect(later).toEqual({ since: '2024-04-01T00:00:00Z', data: [] })
})

test('a meter of another organization is as unknown as one that never was', async () => {
  const theirs = await server.organization()
  const hidden = await makeMeter('calls', theirs)
  await send('calls', '2024-03-05T11:00:00Z', theirs)

  const answer = await last(hidden, '00000000-0000-4000-8000-000000000000')

  expect(answer.data).toEqual([])
})

test.each([
  ['no meter', ''],
  ['101 meters', Array(101).fill('00000000-0000-4000-8000-000000000000').join()],
  ['no id', 'calls'],
])('%s is refused by the name of the parameter', async (_name, meterIds) => {
  const answer = await ours.get(`/measurements/last?meterIds=${meterIds}`)

  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
  expect(answer.body.errors[0].field).toMatch(/^meterIds/)
})
