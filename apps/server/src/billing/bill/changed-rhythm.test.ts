/** What was billed stays billed once when periods are cut anew (billing 3.2, 3.3). */
import {
  arrange,
  billFor,
  configure,
  type Made,
  runJob,
  use,
  type World,
} from '@countinghouse/tests/support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-15T00:00:00Z' })
})
afterAll(() => server.close())

const world: World = {
  plan: { standingCharge: 310 },
  pricings: [{ name: 'calls', bands: [[0, 0, 1]] }],
  accountPlan: { startDate: '2024-01-01T00:00:00Z' },
}

/** One call a day at noon, from New Year to the end of April: 121. */
async function callDaily(made: Made): Promise<void> {
  const days = Array.from({ length: 121 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day, 12)))
  await use(
    made,
    days.map((day) => [day.toISOString(), { calls: 1 }]),
  )
}

async function linesOf({ organization }: Made, type: string): Promise<Json[]> {
  const { data } = await organization.must.get(`/lineitems?lineItemType=${type}&pageSize=100`)
  return data
}

/** Service periods in their order, `from..to`. */
async function charged(made: Made, type: string): Promise<string[]> {
  const lines = await linesOf(made, type)
  return lines
    .map(
      (line) =>
        `${line.servicePeriodStartDate.slice(0, 10)}..${line.servicePeriodEndDate.slice(0, 10)}`,
    )
    .sort()
}

async function calls(made: Made): Promise<number> {
  return (await linesOf(made, 'USAGE')).reduce((total, { quantity }) => total + quantity, 0)
}

async function setEpoch(made: Made, billEpoch: string): Promise<void> {
  const account = await made.organization.must.get(`/accounts/${made.account.id}`)
  await made.organization.must.put(`/accounts/${account.id}`, { ...account, billEpoch })
}

async function setRhythm(made: Made, changes: Json): Promise<void> {
  const template = await made.organization.must.get(`/plantemplates/${made.template.id}`)
  await made.organization.must.put(`/plantemplates/${template.id}`, { ...template, ...changes })
}

async function monthly(made: Made, ...lastDays: string[]): Promise<Json[]> {
  const bills = []
  for (const lastDay of lastDays) bills.push(await billFor(server, made, lastDay))
  return bills
}

describe('time that was billed is not billed again', () => {
  test('when the first bill date is moved to later', async () => {
    const made = await arrange(await server.organization(), world)
    await callDaily(made)
    await monthly(made, '2024-01-31')
    await setEpoch(made, '2024-02-15')

    const [extended] = await monthly(made, '2024-02-14', '2024-03-14')

    const periods = ['2024-01-01..2024-02-01', '2024-02-01..2024-02-15', '2024-02-15..2024-03-15']
    expect(await charged(made, 'USAGE')).toEqual(periods)
    expect(await charged(made, 'STANDING_CHARGE')).toEqual(periods)
    expect(await calls(made)).toBe(31 + 14 + 29)
    // 14 of the 31 days from 15 January to 15 February.
    expect(extended.billTotal).toBe(140 + 14)
    expect(extended.startDate).toBe('2024-01-01')
  })

  test('when the first bill date is moved to earlier, in whatever order bills are run', async () => {
    const made = await arrange(await server.organization(), {
      ...world,
      account: { billEpoch: '2024-02-15' },
    })
    await callDaily(made)
    await monthly(made, '2024-02-14', '2024-03-14')
    await setEpoch(made, '2024-01-01')

    await monthly(made, '2024-03-31', '2024-02-29', '2024-04-30', '2024-01-31')

    const periods = [
      '2024-01-01..2024-02-15',
      '2024-02-15..2024-03-15',
      '2024-03-15..2024-04-01',
      '2024-04-01..2024-05-01',
    ]
    expect(await charged(made, 'USAGE')).toEqual(periods)
    expect(await charged(made, 'STANDING_CHARGE')).toEqual(periods)
    expect(await calls(made)).toBe(121)
  })

  test('when a monthly plan becomes weekly', async () => {
    const made = await arrange(await server.organization(), world)
    await callDaily(made)
    await monthly(made, '2024-01-31')
    await setRhythm(made, { billFrequency: 'WEEKLY' })

    await monthly(made, '2024-01-29', '2024-02-05', '2024-02-12')

    const periods = ['2024-01-01..2024-02-01', '2024-02-01..2024-02-06', '2024-02-06..2024-02-13']
    expect(await charged(made, 'USAGE')).toEqual(periods)
    expect(await charged(made, 'STANDING_CHARGE')).toEqual(periods)
    expect(await calls(made)).toBe(31 + 5 + 7)
  })

  test.each([
    [1, 3, ['2024-01-31', '2024-02-29'], ['2024-03-31'], 3],
    [3, 1, ['2024-03-31'], ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30'], 2],
  ])('when every %s months become every %s', async (before, after, first, then, lines) => {
    const made = await arrange(await server.organization(), {
      ...world,
      template: { billFrequencyInterval: before },
    })
    await callDaily(made)
    await monthly(made, ...first)
    await setRhythm(made, { billFrequencyInterval: after })

    await monthly(made, ...then)

    const last = after === 3 ? 91 : 121
    expect(await calls(made)).toBe(last)
    expect(await linesOf(made, 'USAGE')).toHaveLength(lines)
    expect(await linesOf(made, 'STANDING_CHARGE')).toHaveLength(lines)
  })

  test('when only the middle of the new period was billed', async () => {
    const made = await arrange(await server.organization(), {
      ...world,
      plan: { standingCharge: 310, minimumSpend: 91 },
    })
    await callDaily(made)
    await monthly(made, '2024-02-29')
    await setRhythm(made, { billFrequencyInterval: 3 })

    const [quarter] = await monthly(made, '2024-03-31')
    const [again] = await monthly(made, '2024-03-31')

    const periods = ['2024-01-01..2024-02-01', '2024-02-01..2024-03-01', '2024-03-01..2024-04-01']
    expect(await charged(made, 'USAGE')).toEqual(periods)
    expect(await charged(made, 'STANDING_CHARGE')).toEqual(periods)
    expect(await calls(made)).toBe(91)
    // Only February stays below its minimum, by 62; of the others 31 of 91 are asked, and used.
    expect(await charged(made, 'MINIMUM_SPEND')).toEqual(['2024-02-01..2024-03-01'])
    expect([again.version, again.lineItems]).toEqual([quarter.version, quarter.lineItems])
  })

  test('when the time zone moves by more than half a day', async () => {
    const made = await arrange(await server.organization(), world)
    await use(made, [
      ['2024-01-15T12:00:00Z', { calls: 1 }],
      ['2024-01-31T12:00:00Z', { calls: 10 }],
      ['2024-02-01T00:00:00Z', { calls: 100 }],
    ])
    await monthly(made, '2024-01-31')
    await configure(made.organization, { timezone: 'Pacific/Kiritimati' })

    const [february] = await monthly(made, '2024-02-29')

    const usage = await linesOf(made, 'USAGE')
    expect(usage.map(({ quantity }) => quantity).sort((a, b) => a - b)).toEqual([11, 100])
    // The day in which the earlier bill ends is the new bill's.
    expect(february.billTotal).toBe(310 + 100)
  })
})

describe('bills that share time', () => {
  test('say so in the explanation, and stay as they are when calculated again', async () => {
    const made = await arrange(await server.organization(), world)
    await callDaily(made)
    const [january] = await monthly(made, '2024-01-31')
    await setEpoch(made, '2024-02-15')
    const [extended] = await monthly(made, '2024-02-14')
    const preview = await made.organization.must.post('/bills/preview', {
      accountIds: [made.account.id],
      billingFrequency: 'MONTHLY',
      billFrequencyInterval: 1,
      lastDateInBillingPeriod: '2024-02-14',
    })

    const [again] = await monthly(made, '2024-02-14')

    const [line] = extended.lineItems
    const why = await made.organization.must.get(
      `/bills/${extended.id}/lineitems/${line.id}/explanation`,
    )
    expect(why.windows).toContainEqual({
      of: 'UNCHARGED',
      from: '2024-02-01T00:00:00Z',
      to: '2024-02-15T00:00:00Z',
    })
    expect(preview.billTotal).toBe(extended.billTotal)
    expect(again.version).toBe(extended.version)
    expect(january.billTotal).toBe(310 + 31)
  })

  test('leave a locked one what it has charged, also when they were made before it', async () => {
    const made = await arrange(await server.organization(), {
      ...world,
      configuration: { timezone: 'Asia/Tokyo' },
    })
    // In Tokyo on 1 February.
    await use(made, [['2024-01-31T18:00:00Z', { calls: 1 }]])
    const [january, february] = await monthly(made, '2024-01-31', '2024-02-29')
    await made.organization.must.put(`/bills/${february.id}/status`, { status: 'APPROVED' })
    await made.organization.must.put(`/bills/${february.id}/lock`)
    await configure(made.organization, { timezone: 'UTC' })

    await runJob(server, made.organization, { billIds: [january.id] }, '/billjobs/recalculate')

    expect(await calls(made)).toBe(1)
  })

  test('leave all of it to the one that stays when the other is deleted', async () => {
    const made = await arrange(await server.organization(), world)
    await callDaily(made)
    const [january] = await monthly(made, '2024-01-31')
    await setEpoch(made, '2024-02-15')
    const [extended] = await monthly(made, '2024-02-14')
    await made.organization.must.delete(`/bills/${january.id}`)

    await runJob(server, made.organization, { billIds: [extended.id] }, '/billjobs/recalculate')

    expect(await charged(made, 'USAGE')).toEqual(['2024-01-01..2024-02-15'])
    expect(await charged(made, 'STANDING_CHARGE')).toEqual(['2024-01-01..2024-02-15'])
    expect(await calls(made)).toBe(31 + 14)
  })

  test('charge in advance once, and leave nothing out', async () => {
    const made = await arrange(await server.organization(), {
      ...world,
      plan: { standingCharge: 310, standingChargeBillInAdvance: true },
    })
    await callDaily(made)
    await monthly(made, '2023-12-31', '2024-01-31')
    await setEpoch(made, '2024-02-15')

    await monthly(made, '2024-02-14', '2024-03-14')

    expect(await charged(made, 'STANDING_CHARGE')).toEqual([
      '2024-01-01..2024-02-01',
      '2024-02-01..2024-03-01',
      '2024-03-01..2024-03-15',
      '2024-03-15..2024-04-15',
    ])
  })

  test('charge in advance once when the time zone moves to the west', async () => {
    const made = await arrange(await server.organization(), {
      ...world,
      configuration: { timezone: 'Europe/Berlin' },
      plan: { standingCharge: 310, standingChargeBillInAdvance: true },
    })
    await monthly(made, '2024-01-31')
    await configure(made.organization, { timezone: 'America/New_York' })

    await monthly(made, '2024-02-29')

    const { data } = await made.organization.must.get('/lineitems?lineItemType=STANDING_CHARGE')
    const periods = data.map((line: Json) => [
      line.servicePeriodStartDate,
      line.servicePeriodEndDate,
      line.subtotal,
    ])
    expect(periods.sort()).toEqual([
      ['2024-01-01T00:00:00Z', '2024-01-31T23:00:00Z', 310],
      ['2024-01-31T23:00:00Z', '2024-02-29T23:00:00Z', 310],
      // The day in which the charge ahead ends is the new bill's.
      ['2024-02-29T23:00:00Z', '2024-03-01T05:00:00Z', 10.69],
      ['2024-03-01T05:00:00Z', '2024-04-01T04:00:00Z', 310],
    ])
  })
})
