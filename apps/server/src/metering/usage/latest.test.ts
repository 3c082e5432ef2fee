/** LATEST where several measurements have the same time: receipt decides, then arrival (metering 7.2). */
import { arrange, billFor, type Made, use } from '@countinghouse/tests/support/billing-world.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

const TS = '2024-06-15T12:00:00.123Z'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-01T12:00:00Z' })
})
afterAll(() => server.close())

async function latestOf(send: (made: Made) => Promise<void>): Promise<[string, string]> {
  server.clock.set('2024-07-01T12:00:00Z')
  const made = await arrange(await server.organization(), {
    pricings: [{ name: 'seats', method: 'LATEST', bands: [[0, 0, 1]] }],
  })
  await send(made)
  server.clock.set('2024-07-01T13:00:00Z')
  const bill = await billFor(server, made, '2024-06-30')
  const [line] = bill.lineItems
  const { data } = await made.organization.must.get(
    `/bills/${bill.id}/lineitems/${line.id}/measurements`,
  )
  return [String(line.quantity), data[0].value]
}

test('in one request the last one counts, whatever its value', async () => {
  const found = await latestOf((made) =>
    use(made, [
      [TS, { seats: 9 }],
      [TS, { seats: 12 }],
      [TS, { seats: 3 }],
      ['2024-06-15T12:00:00.122Z', { seats: 100 }],
    ]),
  )

  expect(found).toEqual(['3', '3'])
})

test('of two requests the later one counts', async () => {
  const found = await latestOf(async (made) => {
    await use(made, [[TS, { seats: 12 }]])
    server.clock.advance(1)
    await use(made, [[TS, { seats: 5 }]])
  })

  expect(found).toEqual(['5', '5'])
})

test('what was received later by the clock counts, though it arrived before the clock stepped back', async () => {
  const found = await latestOf(async (made) => {
    await use(made, [[TS, { seats: 12 }]])
    server.clock.set('2024-07-01T11:00:00Z')
    await use(made, [[TS, { seats: 5 }]])
  })

  expect(found).toEqual(['12', '12'])
})
