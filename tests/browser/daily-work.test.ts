/** What people do day by day: bill a month and answer for it, price, send and mend measurements. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '../support/server.ts'
import { choose, field, listenForTrouble } from './browser.ts'
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

const clipboard = () => page.evaluate(() => navigator.clipboard.readText())

it('a bill run names the account it left out, and bills it once the cause is gone', async () => {
  const { client, made } = world
  const foreign = await client.post('/accounts', {
    name: 'Alpine Data',
    code: 'alpine',
    emailAddress: 'pay@alpine.example',
    currency: 'EUR',
  })
  const { startDate, planId } = await client.get(`/accountplans/${made.accountPlan}`)
  await client.post('/accountplans', { accountId: foreign.id, planId, startDate })
  const { lastDateInBillingPeriod } = await client.get(`/billjobs/${made.job}`)
  const job = await client.post('/billjobs', { lastDateInBillingPeriod })

  await visit.open(`/billing/jobs/${job.id}`)
  const left = page.getByRole('region', { name: 'Accounts without a bill' })
  await left.getByText('There is no conversion rate from USD to EUR').waitFor()
  await client.put(`/accounts/${foreign.id}`, { ...foreign, currency: 'USD' })
  await left.getByRole('button', { name: 'Bill it again' }).click()

  await page.waitForURL((url) => !url.pathname.endsWith(job.id))
  await page.getByRole('table', { name: 'Bills' }).getByText('Alpine Data').waitFor()
  await expect(left.count()).resolves.toBe(0)
})

it('approving by invoice date says beforehand how many bills and what they come to', async () => {
  const pending: Json = await world.client.get('/bills?status=PENDING&includeBillTotal=true')
  const total = pending.data.reduce((sum: number, bill: Json) => sum + bill.billTotal, 0)
  const [first, last] = monthOf(pending.data[0].externalInvoiceDate)

  await visit.open('/billing/bills')
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Approve by invoice date' }).click()
  const dialog = page.getByRole('dialog', { name: 'Approve bills' })
  await dialog.getByRole('button', { name: 'Invoice dates' }).click()
  await page.getByRole('button', { name: first, exact: true }).click()
  await page.getByRole('button', { name: last, exact: true }).click()
  const money = total.toLocaleString('en-GB', { minimumFractionDigits: 2 })
  await dialog.getByText(money).waitFor()
  await dialog.getByRole('button', { name: `Approve ${pending.data.length} bills` }).click()

  await page.getByText(`${pending.data.length} bills approved`).waitFor()
  expect((await world.client.get('/bills?status=PENDING')).data).toEqual([])
})

it('endless digits are cut on the bill, and a click copies all of them', async () => {
  const { client, made } = world
  const shares = await client.post('/compoundaggregations', {
    productId: made.product,
    name: 'Shares',
    code: 'shares',
    calculation: 'aggregation.stored_gigabytes / 17',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'GB',
  })
  const { startDate } = await client.get(`/pricings/${made.pricing}`)
  await client.post('/pricings', {
    planId: made.plan,
    compoundAggregationId: shares.id,
    startDate,
    pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 1 }],
  })
  await client.post('/billjobs/recalculate', { billIds: [made.bill] })
  await visit.open(`/billing/bills/${made.bill}`)
  const door = page.getByRole('button', { name: /Shares/ })
  await door.click()
  const measured = page.getByText('Measured as Shares').locator('..')

  await measured.getByRole('button').first().click()

  const digits = await clipboard()
  expect(digits).toMatch(/^\d+\.\d{20,}$/)
  const shown = await measured
    .getByRole('button')
    .first()
    .evaluate((each) => {
      const rest = each.querySelector<HTMLElement>(':scope > span > span')
      return {
        seen: each.textContent?.slice(0, -(rest?.textContent?.length ?? 0)),
        wide: rest?.offsetWidth,
      }
    })
  expect(shown).toEqual({ seen: digits.slice(0, digits.indexOf('.') + 7), wide: 0 })
})

it('a line says how its compound quantity was calculated, also once that was changed', async () => {
  const { client, made } = world
  const [shares] = (await client.get('/compoundaggregations?codes=shares')).data
  await client.put(`/compoundaggregations/${shares.id}`, {
    ...shares,
    calculation: 'aggregation.stored_gigabytes / 18',
  })

  await visit.open(`/billing/bills/${made.bill}`)
  await page.getByRole('button', { name: /Shares/ }).click()
  const story = page.getByRole('region', { name: 'How the quantity was calculated' })
  await story.getByText('The calculation was changed since').waitFor()

  const texts = await story.locator('pre').allInnerTexts()
  expect(texts).toEqual([
    'aggregation.stored_gigabytes / 17',
    expect.stringMatching(/^(\d+(?:\.\d+)?) \/ 17 = \d+\.\d{20,}$/),
    'aggregation.stored_gigabytes / 18',
  ])
  const [part = ''] = texts[1]?.split(' ') ?? []
  const row = story.getByRole('row', { name: /aggregation\.stored_gigabytes/ })
  expect((await row.textContent())?.replaceAll(',', '')).toContain(part)
})

it('a refused CSV file is reported line by line', async () => {
  await visit.open(`/metering/meters/${world.made.meter}`)
  await page.getByText('CSV file', { exact: true }).click()
  const rows = [
    'a,storage,alder,2024-01-01T00:00:00Z,1,EU',
    'a,storage,alder,2024-01-01T00:00:00Z,,EU',
  ]
  await page.locator('input[type=file]').setInputFiles({
    name: 'january.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      ['uid,meter,account,ts,measure.megabytes,where.region', ...rows].join('\n'),
    ),
  })

  await page.getByText('Nothing of january.csv was taken').waitFor()
  const problems = page.getByRole('table', { name: 'Problems of the file' })
  const cells = await problems.getByRole('row').allInnerTexts()
  expect(cells.map((row) => row.split(/\s+/).slice(0, 2).join(' '))).toEqual(
    expect.arrayContaining(['3 uid', '3 measure.megabytes']),
  )
})

it('a filter finds an account among more than one page of them, by name or code', async () => {
  const { client } = world
  await Promise.all(
    Array.from({ length: 101 }, (_, at) =>
      client.post('/accounts', {
        name: `Crowd ${at}`,
        code: `crowd_${at}`,
        emailAddress: 'pay@crowd.example',
      }),
    ),
  )
  await visit.open('/billing/bills')
  await page.getByRole('button', { name: 'Account', exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Name or code' }).fill('ald')
  await page.getByRole('button', { name: 'Alder Analytics' }).click()

  const bills = page.getByRole('table', { name: 'Bill management' })
  await expect
    .poll(async () => new Set(await bills.locator('tbody td[data-grow]').allInnerTexts()))
    .toEqual(new Set(['Alder Analytics']))
  await page.getByRole('button', { name: 'Clear the filter Account' }).click()
})

it('attaching a plan says beforehand what follows, and what would keep a bill from being made', async () => {
  const account = await world.client.post('/accounts', {
    name: 'Fjord Maps',
    code: 'fjord',
    emailAddress: 'pay@fjord.example',
    currency: 'EUR',
  })
  await visit.open(`/accounts/${account.id}/plans/attach`)
  await choose(page, field(page, 'planId'), 'Standard')

  await page.getByText('No rate from USD to EUR').waitFor()
  await page.getByRole('region', { name: 'What it charges' }).getByText('30.00').waitFor()
  const bills = page.getByRole('table', { name: 'The first bills' })
  await expect.poll(() => bills.getByRole('row').count()).toBe(3)
})

it('a price asks for its plan, and says beside each cell what is wrong', async () => {
  await visit.open('/pricing/pricings/create')
  await choose(page, page.getByRole('combobox', { name: 'Which plan or template?' }), 'Standard')
  await page.getByLabel('Lower limit of band 2').fill('10')
  await page.getByLabel('Unit price of band 2').fill('cheap')
  await page.getByRole('button', { name: 'Save price' }).click()

  await page.getByText('Choose what is priced.').first().waitFor()
  const cell = (column: string) => field(page, column).locator('xpath=ancestor::td').textContent()
  await expect(cell('pricingBands.0.unitPrice')).resolves.toContain('Write a price')
  await expect(cell('pricingBands.1.unitPrice')).resolves.toContain('"cheap" is not a number')
})

it('a link to the data explorer asks the same question again', async () => {
  await visit.open('/metering/explorer')
  await choose(page, page.getByRole('combobox', { name: 'Time period' }), 'Last year')
  await page.getByRole('switch', { name: 'By account' }).click()
  await page.getByText('The query has changed').waitFor()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const table = page.getByRole('table', { name: 'Usage' })
  await table.getByText('Nimbus Robotics').first().waitFor()
  await page.getByRole('button', { name: 'Use elsewhere' }).click()
  await page.getByRole('menuitem', { name: 'Copy link' }).click()
  const link = await clipboard()
  const rows = await table.getByRole('row').allInnerTexts()

  const trouble = listenForTrouble(page)
  await page.goto(link)
  await settled(page)

  await expect.poll(() => table.getByRole('row').allInnerTexts()).toEqual(rows)
  await expect(page.getByRole('switch', { name: 'By account' }).isChecked()).resolves.toBe(true)
  expect(trouble.take()).toEqual([])
})

/** The first and the last day of the month of a day, as the calendar calls them. */
function monthOf(day: string): [first: string, last: string] {
  const [year = 0, month = 0] = day.split('-').map(Number)
  const named = (at: number) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(at)
  return [named(Date.UTC(year, month - 1, 1)), named(Date.UTC(year, month, 0))]
}
