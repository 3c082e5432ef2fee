/** Prices through time: those that would meet are told while days are chosen, gaps where they are looked at. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '../support/server.ts'
import { settled } from './person.ts'
import { enterWorld, type Visit } from './visit.ts'
import type { World } from './world.ts'

let visit: Visit
let world: World
let page: Page

beforeAll(async () => {
  visit = await enterWorld()
  ;({ world, page } = visit)
}, 120_000)
afterAll(() => visit.close())

async function pricesOfAggregation(): Promise<Json[]> {
  const { data } = await world.client.get(`/pricings?planId=${world.made.plan}`)
  return data.filter((each: Json) => each.aggregationId === world.made.aggregation)
}

const warning = () => page.getByRole('alert').filter({ hasText: 'Another price counts then' })

it('a price that would meet another names it before saving, and can end it', async () => {
  const { plan, aggregation, pricing } = world.made
  await visit.open(`/pricing/pricings/create?planId=${plan}&metric=${aggregation}`)
  await page.getByLabel('Unit price of band 1').fill('3')
  const other = warning().getByRole('link')
  await expect(other.getAttribute('href')).resolves.toContain(`/pricing/pricings/${pricing}/edit`)

  await warning()
    .getByRole('button', { name: /^End it on/ })
    .click()

  await warning().waitFor({ state: 'detached' })
  await page.getByText(/^Saving ends the price from/).waitFor()
  await page.getByRole('button', { name: 'Save price' }).click()
  await page.getByText('Price saved').waitFor()
  const [newer, older] = await pricesOfAggregation()
  expect(older.id).toBe(pricing)
  expect(older.endDate).toBe(newer.startDate)
})

it('time without a price is shown with the plan, and filled from there', async () => {
  const [newer, older] = await pricesOfAggregation()
  const endDate = new Date(Date.parse(newer.startDate) - 5 * 86_400_000).toISOString()
  const startDate = new Date(Date.parse(newer.startDate) + 5 * 86_400_000).toISOString()
  await world.client.put(`/pricings/${older.id}`, { ...older, endDate })
  await world.client.put(`/pricings/${newer.id}`, { ...newer, startDate })
  await visit.open(`/pricing/plans/${world.made.plan}`)

  const gap = page.getByRole('row').filter({ hasText: 'usage in this time is not charged' })
  await gap.getByRole('link', { name: 'Add price' }).click()

  await page.getByRole('heading', { name: 'Add price' }).waitFor()
  await settled(page)
  await expect(warning().count()).resolves.toBe(0)
  await page.getByLabel('Unit price of band 1').fill('2.5')
  await page.getByRole('button', { name: 'Save price' }).click()
  await page.getByText('Price saved').waitFor()
  expect(await pricesOfAggregation()).toHaveLength(3)
  await visit.open(`/pricing/plans/${world.made.plan}`)
  await expect(gap.count()).resolves.toBe(0)
})
