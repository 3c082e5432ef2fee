import { makeAccount, makeMeter } from '@countinghouse/tests/support/catalog.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-01T00:00:00Z' })
})
afterAll(() => server.close())

test('a derived field reads the uid, sent or given by the server (metering 9.5)', async () => {
  const { must, ...organization } = await server.organization()
  const meter = await makeMeter(
    { must, ...organization },
    {
      dataFields: [{ name: 'Value', code: 'value', category: 'MEASURE', unit: '1' }],
      derivedFields: [{ name: 'Own', code: 'own', category: 'METADATA', calculation: 'uid' }],
    },
  )
  const account = await makeAccount({ must, ...organization })
  const common = { meter: meter.code, account: account.code, ts: '2024-06-01T00:00:00Z' }
  await must.post('/measurements', {
    measurements: [
      { ...common, uid: 'sent', measure: { value: 1 } },
      { ...common, measure: { value: 2 } },
    ],
  })

  const { data } = await must.post('/usage/query', {
    startDate: '2024-06-01T00:00:00Z',
    endDate: '2024-07-01T00:00:00Z',
    meterIds: [meter.id],
  })

  const rows = data as Record<string, string>[]
  expect(rows.map((row) => row['metadata.own'])).toEqual(rows.map(({ uid }) => uid))
  expect(rows.map(({ uid }) => uid)).toContain('sent')
})
