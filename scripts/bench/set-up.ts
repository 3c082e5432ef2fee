/** An organization of the bench: one product, one meter and, where bills are wanted, prices. */
import { inParallel, listAll } from '../seed/send.ts'
import type { Bench } from './bench-context.ts'
import { MEASURES, METER, runName } from './body.ts'
import type { LoadAnswer, LoadQuestion } from './load.ts'
import type { OursOrganization } from './ours.ts'

export type Meter = { productId: string; meterId: string }

const PLANS_AT_ONCE = 12

export async function createMeter({ client }: OursOrganization): Promise<Meter> {
  const product = await client.post<{ id: string }>('/products', { name: 'Bench', code: 'bench' })
  const meter = await client.post<{ id: string }>('/meters', {
    name: 'Bench',
    code: METER,
    productId: product.id,
    dataFields: [
      { category: 'WHAT', code: 'kind', name: 'Kind' },
      ...MEASURES.map((code) => ({ category: 'MEASURE', code, name: code, unit: '1' })),
    ],
    derivedFields: [],
  })
  return { productId: product.id, meterId: meter.id }
}

/** Three priced aggregations, as every billed account of the bench has. */
export async function createPlan(
  { client }: OursOrganization,
  { productId, meterId }: Meter,
  firstDay: string,
): Promise<string> {
  const template = await client.post<{ id: string }>('/plantemplates', {
    name: 'Bench',
    code: 'bench',
    productId,
    currency: 'USD',
    standingCharge: 0,
    billFrequency: 'MONTHLY',
  })
  const plan = await client.post<{ id: string }>('/plans', {
    name: 'Bench',
    code: 'bench',
    planTemplateId: template.id,
  })
  for (const [index, field] of MEASURES.entries()) {
    const aggregation = await client.post<{ id: string }>('/aggregations', {
      name: field,
      code: field,
      meterId,
      targetField: field,
      aggregation: 'SUM',
      rounding: 'NONE',
      quantityPerUnit: 1,
      unit: 'units',
    })
    await client.post('/pricings', {
      planId: plan.id,
      aggregationId: aggregation.id,
      cumulative: true,
      pricingBands: [
        { lowerLimit: 0, fixedPrice: 0, unitPrice: 0.002 * (index + 1) },
        { lowerLimit: 1000, fixedPrice: 0, unitPrice: 0.001 * (index + 1) },
      ],
      startDate: `${firstDay}T00:00:00Z`,
    })
  }
  return plan.id
}

/** Accounts make themselves from the measurements; each then gets the plan. */
export async function attachPlans(
  { client }: OursOrganization,
  planId: string,
  firstDay: string,
): Promise<number> {
  const accounts = await listAll(client, '/accounts')
  await inParallel(PLANS_AT_ONCE, accounts, ({ id }) =>
    client.post('/accountplans', { accountId: id, planId, startDate: `${firstDay}T00:00:00Z` }),
  )
  return accounts.length
}

/** A question to the load generator about sending measurements to an organization of ours. */
export function loadOn(
  bench: Bench,
  organization: OursOrganization,
  of: Pick<LoadQuestion, 'senders' | 'seconds'> &
    Partial<Pick<LoadQuestion, 'rate' | 'requests' | 'sweeps'>> & {
      events: number
      accounts: number
    },
): LoadQuestion {
  const { events, accounts, ...rest } = of
  return {
    host: '127.0.0.1',
    port: bench.ours.port,
    path: `/organizations/${organization.id}/measurements`,
    token: organization.token,
    body: { events, run: runName(), accounts, from: bench.month.from, to: bench.month.to },
    ...rest,
  }
}

export async function send(bench: Bench, question: LoadQuestion): Promise<LoadAnswer> {
  const patienceMs = (question.seconds + 60) * 1000
  const answer = await bench.load.ask<LoadAnswer>(question, patienceMs)
  if (answer.refused > 0) {
    throw new Error(
      `${answer.refused} of ${answer.requests} requests were refused: ${answer.refusal}`,
    )
  }
  return answer
}

export function eventsPerSecond(answer: { events: number; seconds: number }): number {
  return answer.events / answer.seconds
}
