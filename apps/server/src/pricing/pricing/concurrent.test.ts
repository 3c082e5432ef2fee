import { makeCatalog, makePricing, unique } from '@countinghouse/tests/support/catalog.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

/** Each of these holds the others' rows, in an order of its own. */
it('lets everybody change what is measured, read and priced at one time', async () => {
  const organization = await server.organization()
  const { must } = organization
  const catalog = await makeCatalog(organization)
  const { aggregation, plan } = catalog
  const compound = await must.post('/compoundaggregations', {
    name: 'Twice as much',
    code: unique('compound'),
    calculation: `aggregation.${aggregation.code} * 2`,
    quantityPerUnit: 1,
    rounding: 'NONE',
    unit: 'GB',
  })

  const rename = async (path: string, id: string) => {
    const { createdBy: _by, ...stored } = await must.get(`${path}/${id}`)
    return organization.put(`${path}/${id}`, { ...stored, name: unique('name') })
  }
  const price = (measured: object, year: number) =>
    makePricingOf({
      planId: plan.id,
      ...measured,
      startDate: `${year}-01-01T00:00:00Z`,
      endDate: `${year}-06-01T00:00:00Z`,
    })
  const makePricingOf = (body: object) =>
    makePricing(organization, body).then(
      ({ id }) => organization.delete(`/pricings/${id}`),
      (error: Error) => ({ status: Number(/answered (\d+)/.exec(error.message)?.[1]) }),
    )
  const rounds = Array.from({ length: 12 }, (_, round) => [
    price({ compoundAggregationId: compound.id }, 2000 + round),
    rename('/aggregations', aggregation.id),
    price({ aggregationId: aggregation.id }, 2000 + round),
    rename('/compoundaggregations', compound.id),
    rename('/meters', catalog.meter.id),
    rename('/plans', plan.id),
  ])
  const answers = await Promise.all(rounds.flat())

  // A stale version is refused; that is all that may come between them.
  const others = answers.filter(({ status }) => status !== 200 && status !== 400)
  expect(others).toEqual([])
  const priced = answers.filter((_, at) => at % 6 === 0 || at % 6 === 2)
  expect(new Set(priced.map(({ status }) => status))).toEqual(new Set([200]))
})
