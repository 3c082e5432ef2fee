/** Prices through time: those that would meet are told while days are chosen, gaps where they are looked at. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '../support/server.ts'
import { openBrowser, openContext } from './browser.ts'
import { type Instance, startInstance } from './console.ts'
import { settled, signIn } from './person.ts'
import { makeWorld, type World } from './world.ts'

let browser: Browser
let instance: Instance
let world: World
let page: Page

beforeAll(async () => {
  ;[browser, instance] = await Promise.all([openBrowser(), startInstance()])
  world = await makeWorld(instance)
  const context = await openContext(browser, instance.url)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await signIn(page, world.email, world.password)
}, 120_000)

afterAll(async () => {
  await browser.close()
  await instance.close()
})

async function open(path: string): Promise<void> {
  await page.goto(`/o/${world.organizationId}${path}`)
  await settled(page)
}

async function pricesOfAggregation(): Promise<Json[]> {
  const { data } = await world.client.get(`/pricings?planId=${world.made.plan}`)
  return data.filter((each: Json) => each.aggregationId === world.made.aggregation)
}

const warning = () => page.getByRole('alert').filter({ hasText: 'Another price counts then' })

it('a price that would meet another names it before saving, and can end it', async () => {
  const { plan, aggregation, pricing } = world.made
  await open(`/pricing/pricings/create?planId=${plan}&metric=${aggregation}`)
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
  await open(`/pricing/plans/${world.made.plan}`)

  const gap = page.getByRole('row').filter({ hasText: 'usage in this time is not charged' })
  await gap.getByRole('link', { name: 'Add price' }).click()

  await page.getByRole('heading', { name: 'Add price' }).waitFor()
  await settled(page)
  await expect(warning().count()).resolves.toBe(0)
  await page.getByLabel('Unit price of band 1').fill('2.5')
  await page.getByRole('button', { name: 'Save price' }).click()
  await page.getByText('Price saved').waitFor()
  expect(await pricesOfAggregation()).toHaveLength(3)
  await open(`/pricing/plans/${world.made.plan}`)
  await expect(gap.count()).resolves.toBe(0)
})
