/**
 * The main job of the product, by mouse and keyboard alone (console R1): from an instance in which
 * nothing exists to a bill whose every amount can be opened.
 */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choose, field, listenForTrouble, openBrowser, openContext, type Theme } from './browser.ts'
import { type Instance, startInstance } from './console.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser.close())

describe.each<Theme>(['light', 'dark'])('from nothing to an opened bill line, %s', (theme) => {
  let instance: Instance
  let page: Page

  beforeAll(async () => {
    instance = await startInstance()
    const context = await openContext(browser, instance.url, { theme })
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
  })

  afterAll(() => instance.close())

  it('is all done in the Console', async () => {
    const trouble = listenForTrouble(page)
    await setUpFirstAdministrator(page, instance.setupLink)
    await seeTheConfiguration(page)
    await createProduct(page)
    await createMeter(page)
    await createAggregation(page)
    await createPlanTemplate(page)
    await createPlan(page)
    await addPrice(page)
    await createAccount(page)
    await attachPlan(page)
    await sendMeasurements(page, ['8000', '7500'])
    await runBilling(page)
    await openTheBill(page)
    await openTheUsageLine(page)
    expect(trouble.take(), instance.output()).toEqual([])
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme)
  })
})

/** The calendar month before the present one, in the zone of the organization. */
function lastMonth(): { first: Date; last: Date } {
  const now = new Date()
  return {
    first: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)),
    last: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 0)),
  }
}

/** As the Console writes days: 1 Oct 2026. */
function written(day: Date): string {
  return day
    .toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    })
    .replace('Sept', 'Sep')
}

async function setUpFirstAdministrator(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Organization').fill('Harbour Works')
  await page.getByLabel('First name').fill('Ada')
  await page.getByLabel('Last name').fill('Miller')
  await page.getByLabel('Email').fill('ada@harbour.example')
  await page.locator('input[type=password]').fill('a long and own pass phrase')
  await page.getByRole('button', { name: 'Create sign-in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
}

async function seeTheConfiguration(page: Page): Promise<void> {
  await section(page, 'Settings')
  await page.getByRole('heading', { level: 1, name: 'Organization' }).waitFor()
  await page.getByText('USD').first().waitFor()
  await page.getByText('UTC').first().waitFor()
}

async function createProduct(page: Page): Promise<void> {
  await section(page, 'Products')
  await page.getByRole('link', { name: 'Create product' }).first().click()
  await field(page, 'name').fill('Vector storage')
  await field(page, 'code').click()
  await expect.poll(() => field(page, 'code').inputValue()).toBe('vector_storage')
  await save(page, 'Create product', 'Vector storage')
}

async function createMeter(page: Page): Promise<void> {
  await section(page, 'Metering')
  await page.getByRole('link', { name: 'Create meter' }).first().click()
  await choose(page, field(page, 'productId'), 'Vector storage')
  await field(page, 'name').fill('Storage')
  await field(page, 'code').click()
  await field(page, 'dataFields.0.name').fill('Megabytes')
  await field(page, 'dataFields.0.code').click()
  await field(page, 'dataFields.0.unit').fill('MBy')
  await page.getByRole('button', { name: 'Add derived field' }).click()
  await field(page, 'derivedFields.0.name').fill('Gigabytes')
  await field(page, 'derivedFields.0.code').click()
  await field(page, 'derivedFields.0.unit').fill('GBy')
  await page.getByRole('textbox', { name: 'Calculation' }).click()
  await page.keyboard.type('megabytes / 1000')
  await save(page, 'Create meter', 'Storage')
  await page.locator('summary', { hasText: 'Gigabytes' }).click()
  await page.getByText('megabytes / 1000').first().waitFor()
}

async function createAggregation(page: Page): Promise<void> {
  await panelOfSection(page, 'Aggregations')
  await page.getByRole('link', { name: 'Create aggregation' }).first().click()
  await field(page, 'name').fill('Stored gigabytes')
  await field(page, 'code').click()
  await choose(page, field(page, 'meterId'), 'Storage')
  await choose(page, field(page, 'targetField'), /Gigabytes/)
  await expect.poll(() => field(page, 'unit').inputValue()).toBe('GBy')
  await field(page, 'unit').fill('GB')
  await save(page, 'Create aggregation', 'Stored gigabytes')
}

async function createPlanTemplate(page: Page): Promise<void> {
  await section(page, 'Pricing')
  await panelOfSection(page, 'Plan templates')
  await page.getByRole('link', { name: 'Create plan template' }).first().click()
  await choose(page, field(page, 'productId'), 'Vector storage')
  await field(page, 'name').fill('Monthly')
  await field(page, 'code').click()
  await field(page, 'standingCharge').fill('30')
  await choose(page, field(page, 'standingChargeBillInAdvance'), /arrears/)
  await save(page, 'Create plan template', 'Monthly')
}

async function createPlan(page: Page): Promise<void> {
  await panelOfSection(page, 'Plans')
  await page.getByRole('link', { name: 'Create plan' }).first().click()
  await choose(page, field(page, 'planTemplateId'), 'Monthly')
  await field(page, 'name').fill('Standard')
  await field(page, 'code').click()
  await save(page, 'Create plan', 'Standard')
}

/** 2.00 for each of the first ten gigabytes, 1.50 for each beyond. */
async function addPrice(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /Add (a )?price/ })
    .first()
    .click()
  await choose(page, field(page, 'aggregationId'), 'Stored gigabytes')
  await page.getByRole('radio', { name: /^Tiered/ }).click()
  await page.getByLabel('Unit price of band 1').fill('2')
  if ((await page.getByLabel('Lower limit of band 2').count()) === 0)
    await page.getByRole('button', { name: 'Add band' }).click()
  await page.getByLabel('Lower limit of band 2').fill('10')
  await page.getByLabel('Unit price of band 2').fill('1.5')
  await page.getByLabel('What would so many GB cost?').fill('15.5')
  const preview = page.getByRole('table', { name: 'Charge band by band' })
  await expect
    .poll(() => numbersOf(preview.getByRole('row')))
    .toEqual(['20.00', '8.25', '28.25', '1.8225806'])
  await typeDay(page, 'startDate', lastMonth().first)
  await save(page, 'Save price', 'Standard')
}

async function createAccount(page: Page): Promise<void> {
  await section(page, 'Accounts')
  await page.getByRole('link', { name: 'Create account' }).first().click()
  await field(page, 'name').fill('Nimbus Robotics')
  await field(page, 'code').click()
  await field(page, 'emailAddress').fill('billing@nimbus.example')
  await save(page, 'Create account', 'Nimbus Robotics')
}

async function attachPlan(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Attached plans' }).click()
  await page.getByRole('link', { name: 'Attach plan' }).first().click()
  await choose(page, field(page, 'planId'), 'Standard')
  await typeDay(page, 'startDate', lastMonth().first)
  await page.getByRole('button', { name: 'Attach plan' }).click()
  await page.getByRole('link', { name: 'Standard' }).first().waitFor()
}

/** By the form on the page of the meter, with a day of last month picked from the calendar. */
async function sendMeasurements(page: Page, megabytes: string[]): Promise<void> {
  await section(page, 'Metering')
  await page.getByRole('link', { name: 'Storage', exact: true }).click()
  await page.getByText('Form', { exact: true }).click()
  await choose(page, page.getByRole('combobox', { name: 'Account' }), 'Nimbus Robotics')
  const recent = page.getByRole('table', { name: 'Recent measurements' })
  for (const [at, amount] of megabytes.entries()) {
    await page.getByRole('button', { name: 'Timestamp' }).click()
    await page.getByRole('button', { name: 'Previous', exact: true }).click()
    await page.getByRole('button', { name: `${10 + at} ${monthName()}`, exact: false }).click()
    await page.getByRole('button', { name: 'Take this time' }).click()
    await page.getByLabel('Megabytes').fill(amount)
    await page.getByRole('button', { name: 'Send measurement' }).click()
    await expect.poll(() => recent.getByRole('row').count()).toBe(at + 2)
  }
  await expect(recent.textContent()).resolves.toContain('7,500')
  await expect(recent.textContent()).resolves.toContain('7.5')
}

async function runBilling(page: Page): Promise<void> {
  await section(page, 'Billing')
  await page.getByRole('button', { name: 'Run billing' }).first().click()
  const dialog = page.getByRole('dialog')
  await field(dialog, 'lastDateInBillingPeriod').fill(written(lastMonth().last))
  await page.keyboard.press('Tab')
  await dialog.getByRole('button', { name: 'Run billing' }).click()
  await page.getByRole('link', { name: 'Open', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Bill run' }).waitFor()
  await page.getByText('Complete', { exact: true }).first().waitFor()
}

async function openTheBill(page: Page): Promise<void> {
  await page
    .getByRole('link', { name: /^\S+-?\d+/ })
    .or(page.getByRole('row', { name: /Nimbus/ }))
    .first()
    .click()
  await page.getByText('Nimbus Robotics owes').waitFor()
  await expect(
    page.getByText('Nimbus Robotics owes').locator('..').textContent(),
  ).resolves.toContain('58.25')
  const doors = page.getByRole('region', { name: 'Vector storage' }).getByRole('button')
  await expect.poll(() => numbersOf(doors)).toEqual(['30.00', '28.25'])
}

async function openTheUsageLine(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Stored gigabytes/ }).click()
  const bands = page.getByRole('table', { name: 'Charge by band' })
  await expect
    .poll(() => bands.getByRole('row').allInnerTexts().then(cells))
    .toEqual([
      'Band Units Price Fixed Amount',
      'above 0 up to 10 10 2.00 0.00 20.00',
      'above 10 5.5 1.50 0.00 8.25',
      'Together 28.25',
    ])
  await expect(
    page.getByText('Amount of this line').locator('..').textContent(),
  ).resolves.toContain('28.25')
  await page.getByRole('button', { name: 'Show the measurements behind it' }).click()
  const measurements = page.getByRole('table', { name: 'Measurements behind this line' })
  await expect.poll(() => measurements.getByRole('row').count()).toBe(3)
  await expect
    .poll(() => measurements.getByRole('row').allInnerTexts().then(cells))
    .toEqual([
      expect.stringContaining('Time'),
      expect.stringMatching(new RegExp(`^11 ${monthName()}.*7\\.5`)),
      expect.stringMatching(new RegExp(`^10 ${monthName()}.*8`)),
    ])
}

function cells(rows: string[]): string[] {
  return rows.map((row) => row.trim().split(/\s+/).join(' '))
}

function monthName(): string {
  return written(lastMonth().first).split(' ')[1] ?? ''
}

async function section(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('link', { name, exact: true })
    .click()
}

/** A page of the section's Nav panel. */
async function panelOfSection(page: Page, name: string): Promise<void> {
  await page
    .locator('nav:not([aria-label=Sections])')
    .getByRole('link', { name, exact: true })
    .click()
}

/** Sends the form and waits for the page of what was made. */
async function save(page: Page, button: string, title: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
}

async function typeDay(page: Page, name: string, day: Date): Promise<void> {
  await field(page, name).fill(written(day))
  await page.keyboard.press('Tab')
}

async function numbersOf(rows: Locator): Promise<string[]> {
  const texts = await rows.allInnerTexts()
  return texts.map((text) => /[\d.,]+(?=\D*$)/.exec(text)?.[0] ?? '')
}
