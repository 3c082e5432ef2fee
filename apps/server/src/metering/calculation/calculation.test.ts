import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let server: TestServer
let ours: TestOrganization
let meterId: string

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-01T08:30:00Z' })
  ours = await server.organization()
  const { version } = await ours.must.get('/customfields')
  await ours.must.put('/customfields', { version, account: { rate: 0.5 }, plan: { free: 100 } })
  const meter = await ours.must.post('/meters', {
    name: 'Storage',
    code: 'storage',
    dataFields: [
      { category: 'MEASURE', code: 'gb', name: 'Gigabytes', unit: 'GBy' },
      { category: 'WHERE', code: 'region', name: 'Region' },
    ],
    derivedFields: [],
  })
  meterId = meter.id
  await ours.must.post('/aggregations', {
    name: 'Stored',
    code: 'stored',
    meterId,
    targetField: 'gb',
    aggregation: 'SUM',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'GB',
  })
})
afterAll(() => server.close())

const derived = (calculation: string, more: Record<string, unknown> = {}) => ({
  place: 'derived-field',
  meterId,
  calculation,
  ...more,
})
const compound = (calculation: string, more: Record<string, unknown> = {}) => ({
  place: 'compound-aggregation',
  calculation,
  ...more,
})

describe('checking a calculation', () => {
  it('answers with every problem and its place', async () => {
    const { problems } = await ours.must.post('/calculations/check', derived('gigs +\n region * 2'))

    expect(problems).toEqual([
      {
        message: expect.stringContaining('"gigs" is not known here.'),
        position: 0,
        length: 4,
        line: 1,
        column: 1,
      },
      {
        message: '"*" cannot join text and a number.',
        position: 8,
        length: 10,
        line: 2,
        column: 2,
      },
    ])
  })

  it('takes the fields of a form that is not saved yet', async () => {
    const dataFields = [{ category: 'MEASURE', code: 'hours', name: 'Hours', unit: 'h' }]
    const question = { place: 'derived-field', dataFields, calculation: 'hours * account.rate' }

    const answer = await ours.must.post('/calculations/check', { ...question, category: 'COST' })

    expect(answer).toMatchObject({ problems: [], resultType: 'number' })
  })

  it('offers what the place may use', async () => {
    const inMeter = await ours.must.post('/calculations/check', derived(''))
    const inCompound = await ours.must.post('/calculations/check', compound('7'))
    const texts = ({ completions }: { completions: { text: string }[] }) =>
      completions.map(({ text }) => text)

    expect(texts(inMeter)).toEqual(
      expect.arrayContaining(['gb', 'region', 'timestamp.ts', 'account.rate', 'Math.round(']),
    )
    expect(texts(inCompound)).toEqual(expect.arrayContaining(['aggregation.stored', 'plan.free']))
    expect(texts(inCompound)).not.toContain('gb')
  })

  it('refuses a meter that does not exist', async () => {
    const unknown = derived('1', { meterId: '00000000-0000-4000-8000-000000000000' })

    const answer = await ours.post('/calculations/check', unknown)

    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'meterId' }] } })
  })
})

describe('trying a calculation', () => {
  it.each([
    ['sample values', 'gb * account.rate', { gb: 130.5 }, '65.25'],
    ['a sample for a custom field', 'gb * account.rate', { gb: 2, 'account.rate': 3 }, '6'],
    ['another spelling', 'customFields.account.rate', { 'account.rate': 3 }, '3'],
    ['the clock for timestamps', 'DateTime.hour(timestamp.ts)', {}, '8'],
    ['a timestamp', 'DateTime.year(ts)', { 'timestamp.ts': '2020-01-01T00:00:00Z' }, '2020'],
  ])('uses %s in a derived field', async (_case, calculation, values, text) => {
    const answer = await ours.must.post('/calculations/evaluate', derived(calculation, { values }))

    expect(answer).toMatchObject({ problems: [], text })
  })

  it.each([
    ['values of aggregations', 'aggregation.stored - plan.free', '30'],
    ['null where no sample is given', 'aggregation["stored"] + account.rate * null', undefined],
  ])('uses %s in a compound aggregation', async (_case, calculation, text) => {
    const values = { 'aggregation.stored': 130 }

    const answer = await ours.must.post('/calculations/evaluate', compound(calculation, { values }))

    expect(answer.problems).toEqual([])
    expect(answer.text).toBe(text)
  })

  it('says why the samples give no value', async () => {
    const answer = await ours.must.post(
      '/calculations/evaluate',
      derived('1 / gb', { values: { gb: 0 } }),
    )

    expect(answer).toEqual({ problems: [], error: 'A number cannot be divided by zero.' })
  })

  it('says that a sample is longer than any number may be', async () => {
    const answer = await ours.must.post(
      '/calculations/evaluate',
      derived('gb * 2', { values: { gb: 1e100 } }),
    )

    expect(answer).toEqual({
      problems: [],
      error: 'gb: The number 1e+100 has more than 60 digits. Use fewer.',
    })
  })

  it('answers with the problems of a calculation that cannot be tried', async () => {
    const answer = await ours.must.post('/calculations/evaluate', derived('1 +'))

    expect(answer.problems).toHaveLength(1)
    expect(answer.text).toBe(undefined)
  })
})
