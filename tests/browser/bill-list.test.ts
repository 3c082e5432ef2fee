/** The list of bills beyond one page: the server searches and sorts it, and it leaves as a CSV file. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '../support/server.ts'
import { settled } from './person.ts'
import { enterWorld, type Visit } from './visit.ts'
import type { World } from './world.ts'

const CROWD = 110

let visit: Visit
let world: World
let page: Page

beforeAll(async () => {
  visit = await enterWorld()
  ;({ world, page } = visit)
  await billCrowd(world)
}, 120_000)
afterAll(() => visit.close())

/** Bills of more accounts than a page holds; the first has a name that a spreadsheet would run. */
async function billCrowd({ client, made }: World): Promise<void> {
  const { startDate, planId } = await client.get(`/accountplans/${made.accountPlan}`)
  const { lastDateInBillingPeriod } = await client.get(`/billjobs/${made.job}`)
  for (let at = 0; at < CROWD; at += 1) {
    const account = await client.post('/accounts', {
      name: at === 0 ? '=SUM(A1), "Zürich"' : `Crowd ${at}`,
      code: `crowd_${at}`,
      emailAddress: 'pay@crowd.example',
    })
    await client.post('/accountplans', { accountId: account.id, planId, startDate })
  }
  const { id } = await client.post('/billjobs', { lastDateInBillingPeriod })
  for (let status = ''; status !== 'COMPLETE'; ) ({ status } = await client.get(`/billjobs/${id}`))
}

const table = () => page.getByRole('table', { name: 'Bill management' })
const accounts = () => table().locator('tbody td[data-grow]').allInnerTexts()

async function open(path = ''): Promise<void> {
  await page.goto(`/o/${world.organizationId}/billing/bills${path}`)
  await settled(page)
}

it('a search is one question to the server, and its link shows the same', async () => {
  await open()
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (pathname.includes('/bills')) asked.push(pathname.replace(/.*\/bills/, '') + search)
  })

  await page.getByRole('searchbox', { name: 'Search reference or account' }).fill('alder')

  await expect.poll(accounts).toEqual(['Alder Analytics'])
  expect(asked.at(-1)).toContain('searchQuery=words%7Ealder')
  expect(asked.filter((each) => !/^\/search\?.*fromDocument=0/.test(each))).toEqual([])
  await page.goto(page.url())
  await settled(page)
  await expect(accounts()).resolves.toEqual(['Alder Analytics'])
})

it('a column sorts all bills, not only those that are loaded', async () => {
  const dearest = await world.client.get('/bills/search?sortBy=billTotal&pageSize=1')
  await open()

  await table().getByRole('button', { name: 'Total' }).click()
  await table().getByRole('button', { name: 'Total' }).click()

  await expect
    .poll(() => table().getByRole('link').first().textContent())
    .toBe(dearest.data[0].sequentialInvoiceNumber ?? `INV-${dearest.data[0].id.slice(-4)}`)
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-billTotal')
  await expect(page.getByRole('button', { name: 'Load more' }).isVisible()).resolves.toBe(true)
})

it('an export holds every bill that the filters find, exact and harmless', async () => {
  const all: Json = await world.client.get('/bills/search?searchQuery=words~crowd&pageSize=100')
  expect(all.nextToken).toBeDefined()
  await open('?q=crowd&status=PENDING')

  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const download = await waiting

  expect(download.suggestedFilename()).toMatch(/^harbour-works-bills-\d{4}-\d\d-\d\d\.csv$/)
  const text = await readFile(await download.path(), 'utf8')
  const lines = text.replace(/^\uFEFF/, '').split('\r\n')
  expect(lines).toHaveLength(CROWD + 2)
  expect(lines[0]).toMatch(/^Reference,Account,Account code,.*Currency,Total,Status/)
  expect(text).toContain(`"'=SUM(A1), ""Zürich""",crowd_0,`)
  const first = lines.find((line) => line.includes(',crowd_1,')) ?? ''
  expect(first).toContain(`,USD,${all.data[0].billTotal},PENDING,false,`)
})

it('an export that is cancelled ends without a file', async () => {
  await open()
  const downloads: unknown[] = []
  page.on('download', (download) => downloads.push(download))
  await page.route(/fromDocument=100/, () => {})
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const toast = page.getByText(/Exporting bills: 100 so far/)
  await toast.waitFor()

  await page.getByRole('button', { name: 'Cancel' }).click()

  await toast.waitFor({ state: 'detached' })
  expect(downloads).toEqual([])
})

it('an export that is told to wait goes on afterwards, with nothing missing', async () => {
  await open('?q=crowd')
  const answers: number[] = []
  await page.unrouteAll()
  await page.route(/fromDocument=100/, async (route) => {
    answers.push(answers.length === 0 ? 429 : 200)
    if (answers.length > 1) return route.continue()
    return route.fulfill({ status: 429, json: { message: 'Too many requests.' } })
  })

  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export as CSV' }).click()
  const text = await readFile(await (await waiting).path(), 'utf8')

  expect(answers).toEqual([429, 200])
  expect(text.trimEnd().split('\r\n')).toHaveLength(CROWD + 1)
})

it('on a phone bills are selected by a tap on their card, and the list is exported', async () => {
  await page.unrouteAll()
  await page.setViewportSize({ width: 390, height: 844 })
  await open('?q=crowd&status=PENDING')
  await page.getByRole('button', { name: 'Export as CSV' }).waitFor()
  const ticks = table().getByRole('checkbox')
  await expect.poll(() => ticks.first().isVisible()).toBe(false)

  await page.getByRole('button', { name: 'Select rows' }).click()
  await table()
    .locator('[data-list-row]')
    .first()
    .click({ position: { x: 200, y: 8 } })

  const bar = page.getByRole('toolbar', { name: 'Selected rows' })
  await bar.getByText('1 selected').waitFor()
  expect(new URL(page.url()).pathname).toMatch(/\/billing\/bills$/)
  await bar.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('1 bill approved').waitFor()
  await page.setViewportSize({ width: 1440, height: 900 })
})
