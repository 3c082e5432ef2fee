import { printFraction } from '@countinghouse/engine/money/fraction.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import { makeCatalog, makePlan, makePricing } from '@countinghouse/tests/support/catalog.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPriceBook } from './service.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('the price book', () => {
  test('has plans, their templates and the prices of both, ready to rate with', async () => {
    const organization = await server.organization()
    const { plan, template, aggregation } = await makeCatalog(organization)
    const inherited = await makePricing(organization, {
      planTemplateId: template.id,
      aggregationId: aggregation.id,
      pricingBands: [
        { lowerLimit: 500, fixedPrice: 1.5, unitPrice: 0.1 },
        { lowerLimit: 0, fixedPrice: 0, unitPrice: 0.15 },
      ],
    })
    const own = await makePricing(organization, {
      planId: plan.id,
      aggregationId: aggregation.id,
      endDate: '2024-07-01T00:00:00Z',
      minimumSpend: 10.5,
    })

    const book = await readPriceBook(server.context.database.reader, organization.id)

    expect(book.plans.get(plan.id)?.planTemplateId).toBe(template.id)
    expect(book.templates.get(template.id)?.currency).toBe('USD')
    expect(book.pricings.get(plan.id)).toMatchObject([
      {
        id: own.id,
        startsAt: parseInstant('2024-01-01T00:00:00Z'),
        endsAt: parseInstant('2024-07-01T00:00:00Z'),
        minimumSpend: '10.5',
        type: 'DEBIT',
      },
    ])
    const [fromTemplate] = book.pricings.get(template.id) ?? []
    expect(fromTemplate).toMatchObject({ id: inherited.id, endsAt: null })
    expect(fromTemplate?.bands.map(({ lowerLimit }) => printFraction(lowerLimit))).toEqual([
      '0',
      '500',
    ])
  })

  test('of some plans has only what they need', async () => {
    const organization = await server.organization()
    const { plan, template, aggregation } = await makeCatalog(organization)
    const other = await makePlan(organization, { planTemplateId: template.id })
    await makePricing(organization, { planId: other.id, aggregationId: aggregation.id })

    const book = await readPriceBook(server.context.database.reader, organization.id, [plan.id])

    expect([...book.plans.keys()]).toEqual([plan.id])
    expect([...book.templates.keys()]).toEqual([template.id])
    expect(book.pricings.size).toBe(0)
  })
})

test('the database itself refuses two prices for the same thing at one time', async () => {
  const organization = await server.organization()
  const { plan, aggregation } = await makeCatalog(organization)
  const { id } = await makePricing(organization, {
    planId: plan.id,
    aggregationId: aggregation.id,
  })

  const copied = sql`
    insert into pricing (organization_id, id, version, created_at, created_by, modified_at,
      modified_by, plan_id, aggregation_id, body)
    select organization_id, gen_random_uuid(), 1, created_at, created_by, modified_at,
      modified_by, plan_id, aggregation_id, body
    from pricing where id = ${id}
  `.execute(server.context.database.reader)

  await expect(copied).rejects.toThrow('pricing_overlap')
})
