import { digits } from '@countinghouse/engine/money/decimal.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readCompoundRules } from './service.ts'

let server: TestServer
let ours: TestOrganization
let meterId: string

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  ours = await server.organization()
  const meter = await ours.must.post('/meters', {
    name: 'Calls',
    code: 'calls',
    dataFields: [
      { category: 'MEASURE', code: 'n', name: 'Calls', unit: '{call}' },
      { category: 'WHERE', code: 'region', name: 'Region' },
    ],
    derivedFields: [],
  })
  meterId = meter.id
})
afterAll(() => server.close())

const aggregate = (code: string, regions: string[] = []) =>
  ours.must.post('/aggregations', {
    name: code,
    code,
    meterId,
    targetField: 'n',
    aggregation: 'SUM',
    rounding: 'UP',
    quantityPerUnit: 10,
    unit: 'call',
    ...(regions.length > 0 && {
      segmentedFields: ['region'],
      segments: regions.map((region) => ({ region })),
    }),
  })

const body = (calculation: string, changes: Record<string, unknown> = {}) => ({
  name: 'Compound',
  code: 'compound',
  calculation,
  rounding: 'NONE',
  quantityPerUnit: 1,
  unit: 'call',
  ...changes,
})

describe('a compound aggregation', () => {
  it('may read aggregations, custom fields and nothing at all', async () => {
    const { version } = await ours.must.get('/customfields')
    await ours.must.put('/customfields', { version, plan: { free: 5 }, account: { rate: 1 } })
    await aggregate('calls')

    const answers = [
      await ours.post(
        '/compoundaggregations',
        body('aggregation.calls - plan.free', { code: 'a' }),
      ),
      await ours.post(
        '/compoundaggregations',
        body('account.customFields.rate * 2', { code: 'b' }),
      ),
      await ours.post('/compoundaggregations', body('7', { code: 'c' })),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it.each([
    [
      'an unknown aggregation',
      'aggregation.call * 2',
      /Line 1, column 1: "aggregation.call" is not known.*aggregation\.calls/,
    ],
    ['a compound aggregation', 'aggregation.compound * 2', /is a compound aggregation itself/],
    ['an unknown custom field', 'plan.free', /"plan.free" is not known here/],
    ['a data field', 'n * 2', /"n" is not known here/],
    ['text', '"a" + "b"', /gives no number/],
    ['a calculation that cannot be read', '2 *', /ends too early/],
    [
      'aggregations without a segment in common',
      'aggregation.eu + aggregation.us',
      /no segment in common/,
    ],
  ])('is refused with %s', async (_case, calculation, message) => {
    await aggregate('calls')
    await aggregate('eu', ['EU'])
    await aggregate('us', ['US'])
    await ours.must.post('/compoundaggregations', body('1'))

    const answer = await ours.post('/compoundaggregations', body(calculation, { code: 'new' }))

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([
      { field: 'calculation', message: expect.stringMatching(message) },
    ])
  })

  it('shows the segments that its aggregations have in common, none without any', async () => {
    await aggregate('calls')
    await aggregate('wide', ['EU', 'US', '*'])
    await aggregate('narrow', ['US', 'EU'])
    const both = body('aggregation.wide + aggregation.narrow + aggregation.calls')

    const segmented = await ours.must.post('/compoundaggregations', both)
    const plain = await ours.must.post(
      '/compoundaggregations',
      body('aggregation.calls', { code: 'p' }),
    )
    const listed = await ours.must.get('/compoundaggregations')

    expect(segmented.segments).toEqual([{ region: 'EU' }, { region: 'US' }])
    expect(plain.segments).toBe(undefined)
    expect(listed.data.map(({ segments }: { segments?: unknown }) => segments)).toEqual([
      undefined,
      segmented.segments,
    ])
  })

  it('keeps a custom field that its calculation reads', async () => {
    const { version } = await ours.must.get('/customfields')
    const after = await ours.must.put('/customfields', { version, plan: { free: 5, other: 1 } })
    await ours.must.post('/compoundaggregations', body('plan.free * 2'))

    const refused = await ours.put('/customfields', { version: after.version, plan: { other: 1 } })
    const allowed = await ours.put('/customfields', { version: after.version, plan: { free: 6 } })

    expect(refused.body.message).toContain('the compound aggregation "Compound"')
    expect(allowed.status).toBe(200)
  })

  it('is handed to bills compiled, with the aggregations that it reads', async () => {
    await aggregate('calls')
    const { id } = await ours.must.post(
      '/compoundaggregations',
      body('isnull(aggregation.calls, 1) / 2', {
        evaluateNullAggregations: true,
        quantityPerUnit: 4,
      }),
    )

    const rule = (await readCompoundRules(server.context.database.reader, ours.id, [id])).get(id)
    const value = rule?.calculation.evaluate({ aggregation: () => null, customField: () => null })

    expect(rule?.aggregations.get('calls')).toMatchObject({
      method: 'SUM',
      targetField: 'n',
      meterId,
    })
    expect(rule && digits(rule.quantityPerUnit)).toBe('4')
    expect(value && digits(value)).toBe('0.5')
  })
})
