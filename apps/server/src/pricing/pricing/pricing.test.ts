import {
  type Catalog,
  makeAggregation,
  makeCatalog,
  makeMeter,
  makePlan,
  makePricing,
  makeProduct,
} from '@countinghouse/tests/support/catalog.ts'
import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let server: TestServer
let organization: TestOrganization
let catalog: Catalog

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await server.organization()
  catalog = await makeCatalog(organization)
})

const band = { lowerLimit: 0, fixedPrice: 0, unitPrice: 0.25 }

function bodyWith(own: object): Record<string, unknown> {
  const { plan, aggregation } = catalog
  return {
    planId: plan.id,
    aggregationId: aggregation.id,
    startDate: '2024-01-01T00:00:00Z',
    pricingBands: [band],
    ...own,
  }
}

async function problemsOf(own: object): Promise<{ field: string; message: string }[]> {
  const answer = await organization.post('/pricings', bodyWith(own))
  expect(answer.status, JSON.stringify(answer.body)).toBe(400)
  return answer.body.errors
}

describe('a new pricing', () => {
  test('has the documented defaults, and bands with ids in the order of their limits', async () => {
    const created = await organization.must.post(
      '/pricings',
      bodyWith({
        pricingBands: [
          { lowerLimit: 500, fixedPrice: 0, unitPrice: 0.1 },
          { lowerLimit: 0, fixedPrice: 0, unitPrice: 0.15 },
        ],
      }),
    )

    expect(created).toMatchObject({
      version: 1,
      type: 'DEBIT',
      cumulative: false,
      tiersSpanPlan: false,
      aggregationType: 'SIMPLE',
      startDate: '2024-01-01T00:00:00Z',
    })
    expect(created.pricingBands.map((item: { lowerLimit: number }) => item.lowerLimit)).toEqual([
      0, 500,
    ])
    expect(created.pricingBands[0].id).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('writes its dates in one spelling', async () => {
    const created = await organization.must.post(
      '/pricings',
      bodyWith({ startDate: '2024-01-01T01:00:00+01:00', endDate: '2024-02-01T00:00:00.000Z' }),
    )

    expect(created).toMatchObject({
      startDate: '2024-01-01T00:00:00Z',
      endDate: '2024-02-01T00:00:00Z',
    })
  })

  test.each([
    ['startDate', '0000-06-01T00:00:00Z'],
    ['endDate', '9999-12-31T23:59:59-05:00'],
  ])('is refused with the %s %s, which cannot be stored', async (field, date) => {
    const problems = await problemsOf({ [field]: date })

    expect(problems).toEqual([
      { field, message: expect.stringContaining('outside the years 1 to 9999') },
    ])
  })

  test('keeps prices to the last digit', async () => {
    const answer = await organization.call('POST', '/pricings', {
      body: JSON.stringify(bodyWith({})).replace('0.25', '12345678901234567.000000000000001'),
    })
    const { id } = answer.body
    const stored = await server.context.database.reader
      .withTables<{ pricing: { id: string; body: { pricingBands: { unitPrice: string }[] } } }>()
      .selectFrom('pricing')
      .select('body')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()

    expect(stored.body.pricingBands[0]?.unitPrice).toBe('12345678901234567.000000000000001')
  })
})

describe('what a pricing must say', () => {
  test.each([
    ['no plan and no template', { planId: undefined }, 'planId', 'Send planId or planTemplateId'],
    [
      'no aggregation',
      { aggregationId: undefined },
      'aggregationId',
      'Send aggregationId or compoundAggregationId',
    ],
    ['no bands', { pricingBands: [] }, 'pricingBands', ''],
    [
      'an end that is not after the start',
      { endDate: '2024-01-01T00:00:00Z' },
      'endDate',
      'must lie after the start',
    ],
    [
      'two bands with one limit',
      { pricingBands: [band, { ...band, lowerLimit: 10 }, { ...band, lowerLimit: '10.0' }] },
      'pricingBands[2].lowerLimit',
      '',
    ],
    [
      'overage bands without cumulative',
      { overagePricingBands: [band] },
      'overagePricingBands',
      'need a cumulative pricing',
    ],
    [
      'overage bands over the whole plan',
      { overagePricingBands: [band], cumulative: true, tiersSpanPlan: true },
      'overagePricingBands',
      'bands over the whole plan',
    ],
    ['a segment where there are none', { segment: { region: 'EU' } }, 'segment', 'has no segments'],
    [
      'a negative lower limit',
      { pricingBands: [{ ...band, lowerLimit: -1 }] },
      'pricingBands[0].lowerLimit',
      '',
    ],
    ['a negative minimum spend', { minimumSpend: -1 }, 'minimumSpend', ''],
  ])('%s is refused', async (_name, own, field, message) => {
    const problems = await problemsOf(own)

    expect(problems[0]?.field).toBe(field)
    expect(problems[0]?.message).toContain(message)
  })

  test('equal limits are refused, naming the band', async () => {
    const problems = await problemsOf({ pricingBands: [band, { ...band, fixedPrice: 1 }] })

    expect(problems).toEqual([
      {
        field: 'pricingBands[1].lowerLimit',
        message: 'Band 1 starts at 0 already. Each band needs a limit of its own.',
      },
    ])
  })

  test('a plan and a template at once are refused', async () => {
    const problems = await problemsOf({ planTemplateId: catalog.template.id })

    expect(problems[0]).toMatchObject({ field: 'planTemplateId' })
    expect(problems[0]?.message).toContain('not both')
  })

  test('all problems are told at once', async () => {
    const problems = await problemsOf({
      planId: undefined,
      endDate: '2023-01-01T00:00:00Z',
      overagePricingBands: [band],
    })

    expect(problems.map(({ field }) => field).sort()).toEqual([
      'endDate',
      'overagePricingBands',
      'planId',
    ])
  })
})

describe('segments', () => {
  test('a segmented aggregation needs a segment, and says which there are', async () => {
    const problems = await problemsOf({ aggregationId: catalog.segmented.id })

    expect(problems[0]?.field).toBe('segment')
    expect(problems[0]?.message).toContain('{EU}, {US}, {*}')
  })

  test('is never priced and taken from the aggregation at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const segmented = await makeAggregation(organization, {
        meterId: catalog.meter.id,
        segmentedFields: ['region'],
        segments: [{ region: 'EU' }, { region: '*' }],
      })
      const plan = await makePlan(organization, { planTemplateId: catalog.template.id })

      const answers = await Promise.all([
        organization.post('/pricings', {
          planId: plan.id,
          aggregationId: segmented.id,
          segment: { region: 'EU' },
          startDate: '2024-01-01T00:00:00Z',
          pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
        }),
        organization.put(`/aggregations/${segmented.id}`, {
          ...segmented,
          segments: [{ region: '*' }],
        }),
      ])

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    }
  })

  test('a segment that is not listed is refused', async () => {
    const problems = await problemsOf({
      aggregationId: catalog.segmented.id,
      segment: { region: 'JP' },
    })

    expect(problems[0]?.message).toContain('no such segment')
  })

  test('each listed segment has a pricing of its own, wildcards too', async () => {
    const segments = [{ region: 'EU' }, { region: 'US' }, { region: '*' }]
    const made = []
    for (const segment of segments) {
      made.push(
        await organization.must.post(
          '/pricings',
          bodyWith({ aggregationId: catalog.segmented.id, segment }),
        ),
      )
    }

    expect(made.map(({ segmentString }) => segmentString)).toEqual(['EU', 'US', '*'])
  })
})

describe('the product', () => {
  test('an aggregation of another product is refused', async () => {
    const other = await makeProduct(organization)
    const meter = await makeMeter(organization, { productId: other.id })
    const aggregation = await makeAggregation(organization, { meterId: meter.id })

    const problems = await problemsOf({ aggregationId: aggregation.id })

    expect(problems[0]?.field).toBe('aggregationId')
    expect(problems[0]?.message).toContain('belongs to another product')
  })

  test('a global aggregation prices plans of any product', async () => {
    const meter = await makeMeter(organization)
    const aggregation = await makeAggregation(organization, { meterId: meter.id })

    const answer = await organization.post('/pricings', bodyWith({ aggregationId: aggregation.id }))

    expect(answer.status).toBe(200)
  })
})

describe('two prices for the same thing', () => {
  const year = { startDate: '2024-01-01T00:00:00Z', endDate: '2025-01-01T00:00:00Z' }

  test.each([
    ['the same time', { ...year }],
    ['an open end', { startDate: '2024-12-31T23:59:59Z' }],
    [
      'a part in the middle',
      { startDate: '2024-03-01T00:00:00Z', endDate: '2024-04-01T00:00:00Z' },
    ],
  ])('are refused for %s', async (_name, dates) => {
    const first = await organization.must.post('/pricings', bodyWith(year))

    const problems = await problemsOf(dates)

    expect(problems[0]?.field).toBe('startDate')
    expect(problems[0]?.message).toContain(first.id)
    expect(problems[0]?.message).toContain('End that one first')
  })

  test('follow each other without a gap', async () => {
    await organization.must.post('/pricings', bodyWith(year))

    const next = await organization.post('/pricings', bodyWith({ startDate: year.endDate }))

    expect(next.status).toBe(200)
  })

  test.each([
    ['another type', { type: 'PRODUCT_CREDIT' }],
    ['another plan', 'plan'],
    ['the template', 'template'],
  ])('are allowed with %s', async (_name, difference) => {
    await organization.must.post('/pricings', bodyWith({}))
    const { template } = catalog
    const own = {
      plan: { planId: (await makePlan(organization, { planTemplateId: template.id })).id },
      template: { planId: undefined, planTemplateId: template.id },
    }

    const answer = await organization.post(
      '/pricings',
      bodyWith(typeof difference === 'string' ? own[difference as 'plan'] : difference),
    )

    expect(answer.status).toBe(200)
  })

  test('are refused also when both come at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => organization.post('/pricings', bodyWith({}))),
    )

    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([200, 400, 400, 400, 400, 400])
  })

  test('a change that would overlap is refused', async () => {
    const { endDate: _end, ...first } = await organization.must.post('/pricings', bodyWith(year))
    await organization.must.post('/pricings', bodyWith({ startDate: year.endDate }))

    const answer = await organization.put(`/pricings/${first.id}`, first)

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('startDate')
  })
})

describe('changing a pricing', () => {
  test('keeps the ids of bands that are sent back and gives new ones to others', async () => {
    const created = await organization.must.post('/pricings', bodyWith({}))
    const [kept] = created.pricingBands

    const updated = await organization.must.put(`/pricings/${created.id}`, {
      ...created,
      pricingBands: [
        { ...kept, unitPrice: 0.3 },
        { ...band, lowerLimit: 10, id: 'made up' },
      ],
    })

    expect(updated.pricingBands[0]).toMatchObject({ id: kept.id, unitPrice: 0.3 })
    expect(updated.pricingBands[1].id).not.toBe('made up')
    expect(updated.version).toBe(2)
  })
})

describe('the list', () => {
  test.each([
    ['2023-12-31', []],
    ['2024-01-01', ['first']],
    ['2024-06-30', ['first']],
    ['2024-07-01', ['second']],
    ['2024-06-30T23:59:59Z', ['first']],
    ['2030-01-01T00:00:00Z', ['second']],
  ])('of %s has what counts then', async (date, expected) => {
    await organization.must.post(
      '/pricings',
      bodyWith({ code: 'first', endDate: '2024-07-01T00:00:00Z' }),
    )
    await organization.must.post(
      '/pricings',
      bodyWith({ code: 'second', startDate: '2024-07-01T00:00:00Z' }),
    )

    const { data } = await organization.must.get(`/pricings?date=${date}`)

    expect(data.map(({ code }: { code: string }) => code)).toEqual(expected)
  })

  test('can be narrowed by plan, template and aggregation', async () => {
    const { plan, template, aggregation, segmented } = catalog
    const own = await organization.must.post('/pricings', bodyWith({}))
    const inherited = await makePricing(organization, {
      planTemplateId: template.id,
      aggregationId: segmented.id,
      segment: { region: 'EU' },
    })
    const idsOf = async (query: string) =>
      (await organization.must.get(`/pricings?${query}`)).data.map(({ id }: { id: string }) => id)

    expect(await idsOf(`planId=${plan.id}`)).toEqual([own.id])
    expect(await idsOf(`planTemplateId=${template.id}`)).toEqual([inherited.id])
    expect(await idsOf(`aggregationId=${aggregation.id}`)).toEqual([own.id])
  })

  test('a date that is none is refused with an example', async () => {
    const answer = await organization.get('/pricings?date=soon')

    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain('2024-06-01')
  })
})

test('what is priced cannot be deleted while its pricing stands', async () => {
  await organization.must.post('/pricings', bodyWith({}))

  const answer = await organization.delete(`/aggregations/${catalog.aggregation.id}`)

  expect(answer.status).toBe(400)
  expect(answer.body.code).toBe('STILL_REFERENCED')
})
