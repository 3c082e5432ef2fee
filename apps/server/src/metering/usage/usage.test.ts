import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer
let organization: TestOrganization
let uploads: string
const ids = new Map<string, string>()

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-12T15:20:00Z' })
  organization = await server.organization()
  const product = await organization.must.post('/products', { name: 'files', code: 'files' })
  await makeAccount('acme')
  const meter = await organization.must.post('/meters', {
    productId: product.id,
    name: 'uploads',
    code: 'uploads',
    dataFields: [
      { category: 'MEASURE', code: 'gb', name: 'gb', unit: 'GiBy' },
      { category: 'METADATA', code: 'file', name: 'file' },
    ],
    derivedFields: [],
  })
  uploads = meter.id
  // Data of S-AGG-1.
  await send([
    ['1', '2024-03-04T10:00:00Z', 12.5, 'a.png'],
    ['2', '2024-03-20T10:00:00Z', 4, 'b.png'],
    ['3', '2024-03-11T10:00:00Z', 7.25, 'a.png'],
    ['4', '2024-03-12T10:00:00Z', 0.25, 'A.png'],
  ])
})

afterAll(() => server.close())

async function makeAccount(code: string) {
  const emailAddress = `${code}@example.com`
  const account = await organization.must.post('/accounts', { name: code, code, emailAddress })
  ids.set(code, account.id)
}

async function send(rows: [string, string, number, string][], account = 'acme') {
  const measurements = rows.map(([uid, ts, gb, file]) => ({
    uid,
    meter: 'uploads',
    account,
    ts,
    measure: { gb },
    metadata: { file },
  }))
  await organization.must.post('/measurements', { measurements })
}

const march = { startDate: '2024-03-01T00:00:00Z', endDate: '2024-04-01T00:00:00Z' }

const measure = (name: string) => ({
  meterId: uploads,
  fieldCode: 'gb',
  fieldType: 'MEASURE',
  function: name,
})

const query = (body: Record<string, unknown>) =>
  organization.post('/usage/query', { ...march, ...body })

describe('usage queries', () => {
  test('S-QRY-1: weekly sums and counts, newest week first', async () => {
    const body = {
      aggregations: [measure('SUM'), measure('COUNT')],
      groups: [{ groupType: 'TIME', frequency: 'WEEK' }],
    }
    const weeks = [
      { timestamp: '2024-03-18T00:00:00Z', 'uploads.gb.SUM': 4, 'uploads.gb.COUNT': 1 },
      { timestamp: '2024-03-11T00:00:00Z', 'uploads.gb.SUM': 7.5, 'uploads.gb.COUNT': 2 },
      { timestamp: '2024-03-04T00:00:00Z', 'uploads.gb.SUM': 12.5, 'uploads.gb.COUNT': 1 },
    ]

    expect(await query(body)).toMatchObject({
      status: 200,
      body: { data: weeks, hasMoreData: false },
    })
    expect((await query({ ...body, limit: 2 })).body).toEqual({
      data: weeks.slice(0, 2),
      hasMoreData: true,
    })
  })

  test('every function gives its value', async () => {
    const functions = ['SUM', 'MIN', 'MAX', 'COUNT', 'LATEST', 'MEAN']
    const file = { meterId: uploads, fieldCode: 'file', fieldType: 'DIMENSION' }

    const answer = await query({
      aggregations: [
        ...functions.map(measure),
        { ...file, function: 'UNIQUE' },
        { ...file, function: 'COUNT' },
      ],
    })

    expect(answer.body.data).toEqual([
      {
        'uploads.gb.SUM': 24,
        'uploads.gb.MIN': 0.25,
        'uploads.gb.MAX': 12.5,
        'uploads.gb.COUNT': 4,
        'uploads.gb.LATEST': 4,
        'uploads.gb.MEAN': 6,
        'uploads.file.UNIQUE': 3,
        'uploads.file.COUNT': 4,
      },
    ])
  })

  test('without aggregations the measurements come, most recently received first', async () => {
    const { body } = await query({ limit: 3 })

    expect(body.hasMoreData).toBe(true)
    expect(body.data.map((row: { uid: string }) => row.uid)).toEqual(['4', '3', '2'])
    expect(body.data[0]).toEqual({
      uid: '4',
      meterId: uploads,
      meterCode: 'uploads',
      accountId: ids.get('acme'),
      accountCode: 'acme',
      accountName: 'acme',
      timestamp: '2024-03-12T10:00:00Z',
      receivedAt: '2024-06-12T15:20:00Z',
      'measure.gb': 0.25,
      'metadata.file': 'A.png',
    })
  })

  test('a span without usage gives no row', async () => {
    const none = { startDate: '2023-01-01T00:00:00Z', endDate: '2023-02-01T00:00:00Z' }

    expect((await query({ ...none, aggregations: [measure('SUM')] })).body.data).toEqual([])
    expect((await query(none)).body.data).toEqual([])
  })

  test('1000 aggregations with 200 groups and 200 filters are one question still', async () => {
    const where = { category: 'WHERE', code: 'region', name: 'region' }
    const { id: meterId } = await organization.must.post('/meters', {
      name: 'many',
      code: 'many',
      dataFields: [{ category: 'MEASURE', code: 'gb', name: 'gb', unit: 'GiBy' }, where],
      derivedFields: [],
    })
    const uploadsOf = { uid: 'many', meter: 'many', account: 'acme', ts: '2024-03-04T10:00:00Z' }
    const measurements = [{ ...uploadsOf, measure: { gb: 24 }, where: { region: 'eu' } }]
    await organization.must.post('/measurements', { measurements })
    const region = { meterId, fieldCode: 'region' }

    const answer = await query({
      aggregations: Array(1000).fill({ ...measure('SUM'), meterId }),
      groups: Array(200).fill({ groupType: 'DIMENSION', ...region }),
      dimensionFilters: Array(200).fill({ ...region, values: ['eu'] }),
    })

    expect(answer).toMatchObject({
      status: 200,
      body: { data: [{ 'many.region': 'eu', 'many.gb.SUM': 24 }] },
    })
  })

  test.each([
    ['aggregations', 1000, () => measure('SUM')],
    ['groups', 200, () => ({ groupType: 'ACCOUNT' })],
    ['dimensionFilters', 200, () => ({ meterId: uploads, fieldCode: 'gb', values: ['a'] })],
  ])('more %s than %i are refused', async (field, most, part) => {
    const answer = await query({ [field]: Array(most + 1).fill(part()) })

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([{ field, message: expect.stringContaining(`${most}`) }])
  })

  test.each([
    ['groups without aggregations', { groups: [{ groupType: 'ACCOUNT' }] }, 'groups'],
    [
      'two times in one row',
      {
        aggregations: [{ fieldCode: 'gb', fieldType: 'MEASURE', function: 'SUM' }],
        groups: [
          { groupType: 'TIME', frequency: 'DAY' },
          { groupType: 'TIME', frequency: 'MONTH' },
        ],
      },
      'groups[1]',
    ],
    [
      'SUM of a text',
      { aggregations: [{ fieldCode: 'file', fieldType: 'DIMENSION', function: 'SUM' }] },
      'aggregations[0].function',
    ],
    [
      'the wrong field type',
      { aggregations: [{ fieldCode: 'gb', fieldType: 'DIMENSION', function: 'COUNT' }] },
      'aggregations[0].fieldType',
    ],
    [
      'an unknown field',
      { aggregations: [{ fieldCode: 'tb', fieldType: 'MEASURE', function: 'SUM' }] },
      'aggregations[0].fieldCode',
    ],
    [
      'a filter on metadata',
      { dimensionFilters: [{ fieldCode: 'file', values: ['a'] }] },
      'dimensionFilters[0].fieldCode',
    ],
    ['an unknown meter', { meterIds: ['nobody'] }, 'meterIds[0]'],
    [
      'an unknown account',
      { accountIds: ['2b0d7b3e-0000-4000-8000-000000000000'] },
      'accountIds[0]',
    ],
    ['the end before the start', { endDate: '2024-02-01T00:00:00Z' }, 'endDate'],
    ['a start without a zone', { startDate: '2024-03-01T00:00:00' }, 'startDate'],
    ['a start before the year 1', { startDate: '0001-01-01T00:00:00+02:00' }, 'startDate'],
    ['an end after the year 9999', { endDate: '9999-12-31T23:59:59-05:00' }, 'endDate'],
    ['no start', { startDate: undefined }, 'startDate'],
    ['a limit of 20,001', { limit: 20_001 }, 'limit'],
  ])('%s is refused by name', async (_name, body, field) => {
    const withMeter = JSON.parse(
      JSON.stringify(body, (key, value) =>
        ['aggregations', 'dimensionFilters'].includes(key)
          ? value.map((one: object) => ({ meterId: uploads, ...one }))
          : value,
      ),
    )
    const whole =
      'startDate' in body && body.startDate === undefined
        ? { ...withMeter, startDate: undefined }
        : withMeter

    const answer = await query(whole)

    expect(answer.status).toBe(400)
    expect(answer.body.errors.map((one: { field: string }) => one.field)).toContain(field)
  })

  test('a query without dates is told what is missing', async () => {
    const { status, body } = await query({ startDate: undefined, endDate: undefined })

    expect(status).toBe(400)
    expect(body.errors).toEqual(
      ['startDate', 'endDate'].map((field) => ({
        field,
        message: 'is required, such as 2024-06-01T00:00:00Z; or send a timePeriod.',
      })),
    )
  })

  test('sums keep every digit', async () => {
    const own = await server.organization()
    await own.must.post('/meters', {
      name: 'm',
      code: 'm',
      dataFields: [{ category: 'COST', code: 'usd', name: 'usd', unit: 'USD' }],
      derivedFields: [],
    })
    const numbers = ['99999999999999999999.123456789012345678', '0.000000000000000001', 0.1, 0.2]
    await own.must.post('/measurements', {
      measurements: numbers.map((usd, index) => ({
        uid: String(index),
        meter: 'm',
        account: 'a',
        ts: '2024-03-01T00:00:00Z',
        cost: { usd },
      })),
    })
    const [meter] = (await own.must.get('/meters')).data

    const response = await server.app.inject({
      method: 'POST',
      url: `/organizations/${own.id}/usage/query`,
      headers: { authorization: `Bearer ${await own.token()}` },
      payload: {
        ...march,
        aggregations: [
          { meterId: meter.id, fieldCode: 'usd', fieldType: 'COST', function: 'SUM' },
        ].map((one) => ({ ...one, fieldType: 'MEASURE' })),
      },
    })

    expect(response.body).toBe(
      '{"data":[{"m.usd.SUM":99999999999999999999.423456789012345679}],"hasMoreData":false}',
    )
  })

  test('a saved query with a time period moves with the clock', async () => {
    const saved = await organization.must.post('/usage/savedqueries', {
      name: 'Last quarter',
      usageQuery: { timePeriod: 'PREVIOUS_QUARTER', aggregations: [measure('SUM')] },
    })

    const { usageQuery } = await organization.must.get(`/usage/savedqueries/${saved.id}`)
    const answer = await organization.must.post('/usage/query', usageQuery)

    expect(answer.data).toEqual([{ 'uploads.gb.SUM': 24 }])
  })

  test('recent measurements and values of a field can be read', async () => {
    const recent = await organization.must.get(`/meters/${uploads}/measurements?limit=1`)
    const far = await organization.get(`/usage/fieldvalues?meterId=${uploads}&fieldCode=gb`)

    expect(recent.data[0]).toMatchObject({ uid: '4', values: { 'measure.gb': 0.25 } })
    expect(far.status).toBe(400)
  })
})

describe('groups and filters', () => {
  let own: TestOrganization
  let calls: string
  let other: string

  beforeAll(async () => {
    own = await server.organization()
    const make = async (code: string) => {
      const made = await own.must.post('/meters', {
        name: code,
        code,
        dataFields: [
          { category: 'WHERE', code: 'region', name: 'region' },
          { category: 'MEASURE', code: 'n', name: 'n', unit: '{call}' },
        ],
        derivedFields: [],
      })
      return made.id
    }
    calls = await make('calls')
    other = await make('other')
    const rows: [string, string, string, number][] = [
      ['calls', 'b', 'EU', 1],
      ['calls', 'a', 'EU', 10],
      ['calls', 'a', "U'S", 100],
      ['other', 'a', 'EU', 1000],
    ]
    await own.must.post('/measurements', {
      measurements: rows.map(([meter, account, region, n], index) => ({
        uid: String(index),
        meter,
        account,
        ts: `2024-03-0${index + 1}T23:30:00-01:00`,
        where: { region },
        measure: { n },
      })),
    })
  })

  const sum = (meterId: string) => ({
    meterId,
    fieldCode: 'n',
    fieldType: 'MEASURE',
    function: 'SUM',
  })

  const ask = async (body: Record<string, unknown>) =>
    (await own.must.post('/usage/query', { ...march, ...body })).data

  test('groups by account come in the order of their codes', async () => {
    const rows = await ask({ aggregations: [sum(calls)], groups: [{ groupType: 'ACCOUNT' }] })

    expect(rows).toMatchObject([
      { accountCode: 'a', accountName: 'a-autocreated', 'calls.n.SUM': 110 },
      { accountCode: 'b', 'calls.n.SUM': 1 },
    ])
  })

  test('rows of another meter stand under null of a dimension', async () => {
    const rows = await ask({
      aggregations: [sum(calls), sum(other)],
      groups: [{ groupType: 'DIMENSION', meterId: calls, fieldCode: 'region' }],
    })

    expect(rows).toEqual([
      { 'calls.region': 'EU', 'calls.n.SUM': 11, 'other.n.SUM': null },
      { 'calls.region': "U'S", 'calls.n.SUM': 100, 'other.n.SUM': null },
      { 'calls.region': null, 'calls.n.SUM': null, 'other.n.SUM': 1000 },
    ])
  })

  test('a filter restricts only its own meter', async () => {
    const rows = await ask({
      aggregations: [sum(calls), sum(other)],
      dimensionFilters: [{ meterId: calls, fieldCode: 'region', values: ["U'S"] }],
    })

    expect(rows).toEqual([{ 'calls.n.SUM': 100, 'other.n.SUM': 1000 }])
  })

  test('days are days of UTC', async () => {
    const rows = await ask({
      aggregations: [sum(calls)],
      groups: [{ groupType: 'TIME', frequency: 'DAY' }],
      meterIds: [calls],
    })

    expect(rows.map((row: { timestamp: string }) => row.timestamp)).toEqual([
      '2024-03-04T00:00:00Z',
      '2024-03-03T00:00:00Z',
      '2024-03-02T00:00:00Z',
    ])
  })

  test('another organization sees none of it', async () => {
    const stranger = await server.organization()

    const answer = await stranger.post('/usage/query', { ...march, aggregations: [sum(calls)] })

    expect(answer.status).toBe(400)
    expect((await stranger.must.post('/usage/query', march)).data).toEqual([])
  })
})

describe('single aggregations', () => {
  const values = async (id: string, more = '') =>
    (
      await organization.must.get(
        `/measurements/aggregations/${id}?startDate=2024-03-01T00:00:00Z&endDate=2024-04-01T00:00:00Z&accountCode=acme${more}`,
      )
    ).values

  const aggregation = (body: Record<string, unknown>) =>
    organization.must.post('/aggregations', {
      name: 'x',
      meterId: uploads,
      targetField: 'gb',
      aggregation: 'SUM',
      rounding: 'NONE',
      quantityPerUnit: 1,
      unit: 'unit',
      ...body,
    })

  test.each([
    ['SUM', 'gb', {}, 24, 24],
    ['MIN', 'gb', {}, 0.25, 0.25],
    ['MAX', 'gb', {}, 12.5, 12.5],
    ['COUNT', 'gb', {}, 4, 4],
    ['LATEST', 'gb', {}, 4, 4],
    ['MEAN', 'gb', {}, 6, 6],
    ['UNIQUE', 'file', {}, 3, 3],
    ['SUM', 'gb', { quantityPerUnit: 10, rounding: 'UP' }, 24, 3],
  ])('S-AGG-1: %s of %s %o', async (method, targetField, more, quantity, units) => {
    const { id } = await aggregation({ aggregation: method, targetField, ...more })

    expect(await values(id)).toEqual([{ quantity, units }])
  })

  test('S-AGG-2: no usage is null, unless there is a default; borders belong to one period', async () => {
    await makeAccount('idle')
    await makeAccount('busy')
    await send(
      [
        ['a', '2024-02-29T23:59:59.999Z', 1, 'x'],
        ['b', '2024-03-01T00:00:00Z', 10, 'x'],
        ['c', '2024-03-31T23:59:59.999Z', 100, 'x'],
        ['d', '2024-04-01T00:00:00Z', 1000, 'x'],
      ],
      'busy',
    )
    const plain = await aggregation({})
    const withDefault = await aggregation({ defaultValue: 5 })
    const of = async (id: string, account: string) =>
      (
        await organization.must.get(
          `/measurements/aggregations/${id}?startDate=2024-03-01T00:00:00Z&endDate=2024-04-01T00:00:00Z&accountCode=${account}`,
        )
      ).values

    expect(await of(plain.id, 'idle')).toEqual([{ quantity: null, units: null }])
    expect(await of(withDefault.id, 'idle')).toEqual([{ quantity: 5, units: 5 }])
    expect(await of(withDefault.id, 'busy')).toEqual([{ quantity: 110, units: 110 }])
  })

  test('S-SEG-2: each measurement goes to its most specific segment', async () => {
    const own = await server.organization()
    const meter = await own.must.post('/meters', {
      name: 'calls',
      code: 'calls',
      dataFields: [
        { category: 'WHERE', code: 'region', name: 'region' },
        { category: 'WHAT', code: 'tier', name: 'tier' },
        { category: 'MEASURE', code: 'n', name: 'n', unit: '{call}' },
      ],
      derivedFields: [],
    })
    const rows: [string, string, number][] = [
      ['EU', 'gold', 1],
      ['EU', 'iron', 10],
      ['US', 'gold', 100],
      ['US', 'iron', 1000],
      ['eu', 'iron', 2000],
    ]
    await own.must.post('/measurements', {
      measurements: rows.map(([region, tier, n], index) => ({
        uid: String(index),
        meter: 'calls',
        account: 'a',
        ts: '2024-06-02T00:00:00Z',
        where: { region },
        what: { tier },
        measure: { n },
      })),
    })
    const segments = [
      { region: 'EU', tier: 'gold' },
      { region: 'EU', tier: '*' },
      { region: '*', tier: 'gold' },
      { region: '*', tier: '*' },
    ]
    const made = await own.must.post('/aggregations', {
      name: 'calls',
      code: 'calls',
      meterId: meter.id,
      targetField: 'n',
      aggregation: 'SUM',
      rounding: 'NONE',
      quantityPerUnit: 1,
      unit: 'unit',
      segmentedFields: ['region', 'tier'],
      segments,
    })

    const answer = await own.must.get(
      `/measurements/aggregations/${made.id}?startDate=2024-06-01T00:00:00Z&endDate=2024-07-01T00:00:00Z&accountCode=a`,
    )

    expect(answer.values).toEqual([
      { segment: segments[0], quantity: 1, units: 1 },
      { segment: segments[1], quantity: 10, units: 10 },
      { segment: segments[2], quantity: 100, units: 100 },
      { segment: segments[3], quantity: 3000, units: 3000 },
    ])
  })

  test('S-COMP-3: a compound aggregation reads quantities, not units', async () => {
    await aggregation({ code: 'base', quantityPerUnit: 10, rounding: 'UP' })
    const halved = await organization.must.post('/compoundaggregations', {
      name: 'halved',
      calculation: 'aggregation.base / 2',
      quantityPerUnit: 5,
      rounding: 'UP',
      unit: 'unit',
    })

    const answer = await organization.must.get(
      `/measurements/compoundaggregations/${halved.id}?startDate=2024-03-01T00:00:00Z&endDate=2024-04-01T00:00:00Z&accountCode=acme`,
    )

    expect(answer.values).toEqual([{ quantity: 12, units: 3 }])
  })
})

describe('named periods', () => {
  test.each([
    ['2024-06-12T15:00:00Z', 'PREVIOUS_WEEK', '2024-06-03T00:00:00Z', '2024-06-10T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'TODAY', '2024-06-12T00:00:00Z', '2024-06-12T15:20:00Z'],
    ['2024-06-12T15:20:00Z', 'YESTERDAY', '2024-06-11T00:00:00Z', '2024-06-12T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_12_HOURS', '2024-06-12T03:00:00Z', '2024-06-12T15:00:00Z'],
    ['2024-06-12T15:20:00Z', 'PREVIOUS_MONTH', '2024-05-01T00:00:00Z', '2024-06-01T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'PREVIOUS_QUARTER', '2024-01-01T00:00:00Z', '2024-04-01T00:00:00Z'],
    ['2024-06-12T15:20:00Z', 'LAST_7_DAYS', '2024-06-05T00:00:00Z', '2024-06-12T00:00:00Z'],
  ])('S-TIME-1: at %s %s is from %s to before %s', async (now, timePeriod, from, to) => {
    server.clock.set(now)
    const own = await server.organization()
    await own.must.post('/meters', {
      name: 'm',
      code: 'm',
      dataFields: [{ category: 'WHAT', code: 'kind', name: 'kind' }],
      derivedFields: [],
    })
    const [start, end] = [Date.parse(from), Date.parse(to)]
    const times = { before: start - 1, first: start, last: end - 1, after: end }
    await own.must.post('/measurements', {
      measurements: Object.entries(times).map(([uid, ts]) => ({
        uid,
        meter: 'm',
        account: 'a',
        ts: new Date(ts).toISOString(),
        what: { kind: 'x' },
      })),
    })

    const { data } = await own.must.post('/usage/query', { timePeriod })

    expect(data.map((row: { uid: string }) => row.uid)).toEqual(['last', 'first'])
    server.clock.set('2024-06-12T15:20:00Z')
  })
})
