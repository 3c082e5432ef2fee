import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

let server: TestServer
let ours: TestOrganization
let productId: string
let meterId: string

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  ours = await server.organization()
  productId = (await ours.must.post('/products', { name: 'Storage', code: 'storage' })).id
  meterId = (await ours.must.post('/meters', meterBody('storage', productId))).id
})
afterAll(() => server.close())

const meterBody = (code: string, product?: string) => ({
  name: 'Storage',
  code,
  productId: product,
  dataFields: [
    { category: 'MEASURE', code: 'gb', name: 'Gigabytes', unit: 'GBy' },
    { category: 'WHERE', code: 'region', name: 'Region' },
    { category: 'WHAT', code: 'tier', name: 'Tier' },
    { category: 'METADATA', code: 'file', name: 'File' },
    { category: 'OTHER', code: 'constructor', name: 'Constructor' },
  ],
  derivedFields: [{ category: 'OTHER', code: 'both', name: 'Both', calculation: 'region + tier' }],
})

const body = (changes: Record<string, unknown> = {}) => ({
  name: 'Stored',
  code: 'stored',
  meterId,
  targetField: 'gb',
  aggregation: 'SUM',
  rounding: 'UP',
  quantityPerUnit: 10,
  unit: '10 GB',
  ...changes,
})

const segmented = {
  segmentedFields: ['region', 'tier'],
  segments: [
    { region: 'EU', tier: 'gold' },
    { region: '*', tier: '*' },
  ],
}

const compoundBody = (calculation: string) => ({
  name: 'Total',
  code: 'total',
  calculation,
  rounding: 'NONE',
  quantityPerUnit: 1,
  unit: 'GB',
})

describe('an aggregation', () => {
  it('belongs to the product of its meter and is found by it', async () => {
    const globalMeter = await ours.must.post('/meters', meterBody('global'))
    const ofProduct = await ours.must.post('/aggregations', body())
    const global = await ours.must.post(
      '/aggregations',
      body({ code: 'g', meterId: globalMeter.id }),
    )

    const listed = await ours.must.get(`/aggregations?productId=${productId}`)

    expect(ofProduct.productId).toBe(productId)
    expect(global.productId).toBe(undefined)
    expect(listed.data.map(({ id }: { id: string }) => id)).toEqual([ofProduct.id])
  })

  it('keeps exact numbers and segments with derived text fields', async () => {
    const segments = { segmentedFields: ['both'], segments: [{ both: 'EUgold' }] }

    const made = await ours.must.post(
      '/aggregations',
      body({ ...segments, quantityPerUnit: 0.1, defaultValue: 0 }),
    )

    expect(made).toMatchObject({ ...segments, quantityPerUnit: 0.1, defaultValue: 0 })
  })

  it.each([
    [
      'a method that is not available',
      { aggregation: 'CUSTOM_SQL' },
      'aggregation',
      /not available in this version/,
    ],
    ['custom SQL', { customSql: 'select 1' }, 'customSql', /not available in this version/],
    [
      'a target that the meter lacks',
      { targetField: 'gib' },
      'targetField',
      /has no field "gib".*gb, region/,
    ],
    ['a sum of text', { targetField: 'region' }, 'aggregation', /needs a numeric field/],
    [
      'different texts of a number',
      { aggregation: 'UNIQUE' },
      'aggregation',
      /COUNT to count values/,
    ],
    ['no quantity per unit', { quantityPerUnit: 0 }, 'quantityPerUnit', /0/],
    ['a default below zero', { defaultValue: -1 }, 'defaultValue', /0/],
    [
      'an unknown meter',
      { meterId: '00000000-0000-4000-8000-000000000000' },
      'meterId',
      /no meter/,
    ],
    ['a code that starts with a digit', { code: '1st' }, 'code', /./],
    ['segmented fields alone', { segmentedFields: ['region'] }, 'segments', /go together/],
    ['segments alone', { segments: [{ region: 'EU' }] }, 'segmentedFields', /go together/],
    [
      'an unknown segmented field',
      { ...segmented, segmentedFields: ['region', 'zone'] },
      'segmentedFields[1]',
      /no field "zone"/,
    ],
    [
      'a numeric segmented field',
      { segmentedFields: ['gb'], segments: [{ gb: '1' }] },
      'segmentedFields[0]',
      /MEASURE/,
    ],
    [
      'a metadata segmented field',
      { segmentedFields: ['file'], segments: [{ file: 'a' }] },
      'segmentedFields[0]',
      /METADATA/,
    ],
    [
      'a segment without one of the fields',
      { ...segmented, segments: [{ region: 'EU' }] },
      'segments[0]',
      /each of region, tier/,
    ],
    [
      'a segment with another field',
      { ...segmented, segments: [{ region: 'EU', tier: 'a', zone: 'b' }] },
      'segments[0]',
      /nothing else/,
    ],
    [
      'a segment without a field that every object seems to have',
      { segmentedFields: ['constructor'], segments: [{ region: 'EU' }] },
      'segments[0]',
      /each of constructor/,
    ],
    [
      'an empty value',
      { ...segmented, segments: [{ region: 'EU', tier: '' }] },
      'segments[0]',
      /cannot be empty/,
    ],
    [
      'the same segment twice',
      {
        ...segmented,
        segments: [
          { region: 'EU', tier: 'a' },
          { tier: 'a', region: 'EU' },
        ],
      },
      'segments[1]',
      /number 1/,
    ],
  ])('is refused with %s', async (_case, changes, field, message) => {
    const answer = await ours.post('/aggregations', body(changes))

    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([{ field, message: expect.stringMatching(message) }]),
    )
  })
})

describe('changing an aggregation', () => {
  it('is free as long as nothing reads it', async () => {
    const { id } = await ours.must.post('/aggregations', body(segmented))
    const other = await ours.must.post('/meters', meterBody('other', productId))

    const answer = await ours.put(`/aggregations/${id}`, {
      ...body({ code: 'renamed', aggregation: 'MAX', meterId: other.id }),
      version: 1,
    })

    expect(answer.status).toBe(200)
  })

  it('keeps code and meter that a compound aggregation relies on', async () => {
    const { id } = await ours.must.post('/aggregations', body())
    await ours.must.post('/compoundaggregations', compoundBody('aggregation.stored * 2'))
    const other = await ours.must.post('/meters', meterBody('other', productId))

    const renamed = await ours.put(`/aggregations/${id}`, { ...body({ code: 'x' }), version: 1 })
    const moved = await ours.put(`/aggregations/${id}`, {
      ...body({ meterId: other.id }),
      version: 1,
    })
    const deleted = await ours.delete(`/aggregations/${id}`)

    expect(renamed.body.errors).toMatchObject([{ field: 'code' }])
    expect(moved.body.errors).toMatchObject([{ field: 'meterId' }])
    expect(deleted.status).toBe(400)
    expect(deleted.body.message).toContain('the compound aggregation "Total"')
  })

  it('keeps one segment in common with what a compound aggregation reads beside it', async () => {
    const eu = { segmentedFields: ['region'], segments: [{ region: 'EU' }] }
    const { id } = await ours.must.post('/aggregations', body(eu))
    await ours.must.post('/aggregations', body({ ...eu, code: 'other' }))
    await ours.must.post(
      '/compoundaggregations',
      compoundBody('aggregation.stored + aggregation.other'),
    )

    const answer = await ours.put(`/aggregations/${id}`, {
      ...body({ ...eu, segments: [{ region: 'US' }] }),
      version: 1,
    })

    expect(answer.body.errors).toMatchObject([{ field: 'segments' }])
  })

  describe('with a pricing', () => {
    const priced = async (changes: Record<string, unknown>, segment?: Record<string, string>) => {
      const { id } = await ours.must.post('/aggregations', body(changes))
      const template = await ours.must.post('/plantemplates', {
        name: 'Monthly',
        code: 'monthly',
        productId,
        currency: 'USD',
        standingCharge: 0,
        billFrequency: 'MONTHLY',
        billFrequencyInterval: 1,
        standingChargeInterval: 1,
        standingChargeOffset: 0,
      })
      const plan = await ours.must.post('/plans', {
        name: 'Plan',
        code: 'plan',
        planTemplateId: template.id,
      })
      await ours.must.post('/pricings', {
        aggregationId: id,
        planId: plan.id,
        startDate: '2024-01-01T00:00:00Z',
        pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
        ...(segment && { segment }),
      })
      return id as string
    }

    it('keeps the segment that is priced', async () => {
      const id = await priced(segmented, { region: 'EU', tier: 'gold' })
      const put = (segments: Record<string, string>[]) =>
        ours.put(`/aggregations/${id}`, { ...body({ ...segmented, segments }), version: 1 })

      const without = await put([{ region: '*', tier: '*' }])
      const unsegmented = await ours.put(`/aggregations/${id}`, { ...body(), version: 1 })
      const more = await put([
        { tier: 'gold', region: 'EU' },
        { region: 'US', tier: '*' },
      ])

      expect(without.body.message).toContain('{region EU, tier gold}')
      expect(unsegmented.status).toBe(400)
      expect(more.status).toBe(200)
    })

    it('stays without segments once it is priced as a whole, and stays with its meter', async () => {
      const id = await priced({})
      const other = await ours.must.post('/meters', meterBody('other', productId))

      const split = await ours.put(`/aggregations/${id}`, { ...body(segmented), version: 1 })
      const moved = await ours.put(`/aggregations/${id}`, {
        ...body({ meterId: other.id }),
        version: 1,
      })
      const deleted = await ours.delete(`/aggregations/${id}`)

      expect(split.body.errors).toMatchObject([{ field: 'segments' }])
      expect(moved.body.errors).toMatchObject([{ field: 'meterId' }])
      expect(deleted.body.code).toBe('STILL_REFERENCED')
    })
  })
})

describe('changes at the same moment', () => {
  it.each([1, 2, 3, 4, 5])('never take a field from under a new aggregation (%i)', async () => {
    const { derivedFields, dataFields, ...rest } = meterBody('storage', productId)
    const without = { ...rest, derivedFields, dataFields: dataFields.slice(1), version: 1 }

    const [changed, counted] = await Promise.all([
      ours.put(`/meters/${meterId}`, without),
      ours.post('/aggregations', body()),
    ])

    expect([changed.status, counted.status].sort()).toEqual([200, 400])
  })

  it.each([1, 2, 3, 4, 5])('never take a code from under a new calculation (%i)', async () => {
    const { id } = await ours.must.post('/aggregations', body())

    const [renamed, read] = await Promise.all([
      ours.put(`/aggregations/${id}`, { ...body({ code: 'renamed' }), version: 1 }),
      ours.post('/compoundaggregations', compoundBody('aggregation.stored')),
    ])

    expect([renamed.status, read.status].sort()).toEqual([200, 400])
  })
})
