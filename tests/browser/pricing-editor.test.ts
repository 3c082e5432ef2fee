/** The pricing editor by mouse: what it shows side by side, adds, reckons and takes away. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '../support/server.ts'
import { choose, listenForTrouble } from './browser.ts'
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

type Band = { lowerLimit: number; unitPrice: number }

/** Each band charges the units that lie in it. */
function tiered(bands: Band[], quantity: number): number[] {
  return bands.flatMap(({ lowerLimit, unitPrice }, at) => {
    const units = Math.min(quantity, bands[at + 1]?.lowerLimit ?? quantity) - lowerLimit
    return units > 0 ? [units * unitPrice] : []
  })
}

/** The band that the quantity reaches charges all of it. */
function volume(bands: Band[], quantity: number): number[] {
  const reached = bands.findLast(({ lowerLimit }) => quantity > lowerLimit)
  return reached ? [quantity * reached.unitPrice] : []
}

const sum = (amounts: number[]) => amounts.reduce((total, each) => total + each, 0)

/** Amounts of the rows, then the charge of all of them, as the preview shows them. */
async function reckoned(within: Page | Locator): Promise<{ bands: number[]; charge: number }> {
  const table = within.getByRole('table', { name: 'Charge band by band' })
  const rows = await table.locator('tbody tr td:last-child').allInnerTexts()
  const charge = await table
    .getByRole('row', { name: /^Charge/ })
    .locator('td')
    .textContent()
  const amount = (text: string | null) => Number(text?.replace(/[^\d.]/g, ''))
  return { bands: rows.map(amount), charge: amount(charge) }
}

async function ask(within: Page | Locator, quantity: number): Promise<void> {
  await within.getByLabel(/^What would so many/).fill(String(quantity))
}

const cell = (metric: string, plan: string) =>
  page.getByRole('button', { name: `${metric} in ${plan}`, exact: true })
const heads = async () =>
  (await page.getByRole('table', { name: 'Prices by plan' }).locator('thead th a').allInnerTexts())
    .map((text) => text.trim())
    .filter((text) => text !== '')
const rowHeads = async () => {
  const table = page.getByRole('table', { name: 'Prices by plan' })
  return table.locator('tbody th a').allInnerTexts()
}

function editor(more = ''): string {
  return `/pricing/editor?product=${world.made.product}&plans=${world.made.plan}${more}`
}

async function pricesOf(planId: string): Promise<Json[]> {
  return (await world.client.get(`/pricings?planId=${planId}`)).data
}

it('stands as its link says, with plans put in and taken off', async () => {
  const trouble = listenForTrouble(page)
  await visit.open(editor())
  await expect(heads()).resolves.toEqual(['Standard'])

  await choose(page, page.getByRole('combobox', { name: 'Plans and templates' }), /Monthly/)
  await expect.poll(heads).toEqual(['Monthly', 'Standard'])
  await page.keyboard.press('Escape')
  await page.reload()
  await settled(page)
  await expect(heads()).resolves.toEqual(['Monthly', 'Standard'])

  await page.getByRole('button', { name: 'Take Standard off the table' }).click()
  await expect.poll(heads).toEqual(['Monthly'])
  expect(trouble.take()).toEqual([])
})

it('reckons any quantity band by band, as a calculation by hand does', async () => {
  const bands = [
    { lowerLimit: 0, unitPrice: 2 },
    { lowerLimit: 10, unitPrice: 1.5 },
  ]
  await visit.open(editor())
  await cell('Stored gigabytes', 'Standard').click()
  await page.getByRole('menuitem', { name: 'Band by band, and through time' }).click()
  const dialog = page.getByRole('dialog', { name: 'Stored gigabytes in Standard' })

  for (const quantity of [4, 10, 10.5, 25, 1234.5]) {
    await ask(dialog, quantity)
    const byHand = volume(bands, quantity)
    await expect.poll(() => reckoned(dialog)).toEqual({ bands: byHand, charge: sum(byHand) })
  }
  await page.keyboard.press('Escape')
})

it('takes a price by mouse, shows what it comes to before it is saved, and comes back with it', async () => {
  const { plan } = world.made
  await visit.open(editor())
  await cell('Terabytes', 'Standard').click()
  await page.getByRole('menuitem', { name: 'Add price' }).click()
  await page.getByRole('heading', { name: 'Add price' }).waitFor()
  await settled(page)
  await page.getByRole('radio', { name: /^Tiered/ }).check()
  await page.getByLabel('Unit price of band 1').fill('120')
  await page.getByLabel('Lower limit of band 2').fill('5')
  await page.getByLabel('Unit price of band 2').fill('90.5')
  const bands = [
    { lowerLimit: 0, unitPrice: 120 },
    { lowerLimit: 5, unitPrice: 90.5 },
  ]

  for (const quantity of [3, 5, 8, 40]) {
    await ask(page, quantity)
    const byHand = tiered(bands, quantity)
    await expect.poll(() => reckoned(page)).toEqual({ bands: byHand, charge: sum(byHand) })
  }
  await page.getByRole('radio', { name: /^Volume/ }).check()
  await ask(page, 8)
  await expect.poll(() => reckoned(page)).toEqual({ bands: [724], charge: 724 })
  await page.getByRole('button', { name: 'Save price' }).click()

  await page.waitForURL((url) => url.pathname.endsWith('/pricing/editor'))
  await settled(page)
  await expect(heads()).resolves.toEqual(['Standard'])
  await expect.poll(() => cell('Terabytes', 'Standard').textContent()).toContain('120.00 to 90.50')
  const [saved] = (await pricesOf(plan)).filter((each) => each.compoundAggregationId)
  expect(saved).toMatchObject({ cumulative: false, compoundAggregationId: world.made.compound })

  await cell('Terabytes', 'Standard').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete pricing' }).click()
  await cell('Terabytes', 'Standard').getByText('Add price').waitFor()
  expect((await pricesOf(plan)).filter((each) => each.compoundAggregationId)).toEqual([])
})

it('shows a price that is still to come as what it is, and lets it be changed', async () => {
  const { plan, compound } = world.made
  const year = new Date().getUTCFullYear() + 1
  await world.client.post('/pricings', {
    planId: plan,
    compoundAggregationId: compound,
    startDate: `${year}-02-01T00:00:00Z`,
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 77 }],
  })
  await visit.open(editor())

  const coming = cell('Terabytes', 'Standard')
  await expect(coming.textContent()).resolves.toMatch(new RegExp(`77\\.00[^]*from 1 Feb ${year}`))
  await coming.click()
  await page.getByRole('menuitem', { name: 'Edit in place' }).click()
  await page.getByRole('heading', { name: 'Edit price' }).waitFor()
  await settled(page)
  await expect(page.getByLabel('Unit price of band 1').inputValue()).resolves.toBe('77')
})

it('offers aggregations of no product, and prices them once they are added', async () => {
  const meter = await world.client.post('/meters', {
    name: 'Support calls',
    code: 'support_calls',
    dataFields: [{ name: 'Minutes', code: 'minutes', category: 'MEASURE', unit: 'min' }],
    derivedFields: [],
  })
  await world.client.post('/aggregations', {
    meterId: meter.id,
    name: 'Support minutes',
    code: 'support_minutes',
    targetField: 'minutes',
    aggregation: 'SUM',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'min',
  })
  await visit.open(editor())
  await expect(rowHeads()).resolves.not.toContain('Support minutes')
  const others = page.getByRole('combobox', { name: 'Add a global aggregation' })
  await choose(page, others, 'Support minutes')
  await expect.poll(rowHeads).toContain('Support minutes')
  await page.getByRole('button', { name: 'Take Support minutes off the table' }).click()
  await expect.poll(rowHeads).not.toContain('Support minutes')

  await choose(page, others, 'Support minutes')
  await cell('Support minutes', 'Standard').click()
  await page.getByRole('menuitem', { name: 'Add price' }).click()
  await settled(page)
  await page.getByLabel('Unit price of band 1').fill('0.4')
  await page.getByRole('button', { name: 'Save price' }).click()

  await page.waitForURL((url) => url.pathname.endsWith('/pricing/editor'))
  await settled(page)
  await expect
    .poll(() => cell('Support minutes', 'Standard').textContent())
    .toContain('0.40 per min')
  // A priced row belongs to the table; it cannot be taken off.
  await expect(
    page.getByRole('button', { name: 'Take Support minutes off the table' }).count(),
  ).resolves.toBe(0)
})
