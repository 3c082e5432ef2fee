/** What stands beside the matter of a page: where one is, who did it, where help is, what needs a look. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { field, listenForTrouble, type Trouble } from './browser.ts'
import { enterWorld, type Visit } from './visit.ts'
import type { World } from './world.ts'

let visit: Visit
let world: World
let page: Page
let trouble: Trouble

beforeAll(async () => {
  visit = await enterWorld()
  ;({ world, page } = visit)
  trouble = listenForTrouble(page)
}, 120_000)

beforeEach(() => void trouble.take())
afterAll(() => visit.close())

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const region = (name: string) => page.getByRole('region', { name })

describe('a details page', () => {
  it('says who made the thing and who changed it last, and leads to both', async () => {
    const path = `/products/${world.made.product}`
    const program = await world.client.get(`/serviceusers/${world.made.program}`)
    await visit.open(`${path}/edit`)
    await field(page, 'name').fill('Vector storage, renamed')
    await page.getByRole('button', { name: 'Update product' }).click()
    await heading('Vector storage, renamed')
    const history = region('History')

    await history.getByRole('link', { name: 'Ada Miller' }).click()
    await heading('Ada Miller')
    await page.goBack()
    await history.getByRole('link', { name: program.name }).click()

    await heading(program.name)
    expect(trouble.take()).toEqual([])
  })

  it('leads back to the list that it stands in', async () => {
    await visit.open(`/metering/aggregations/${world.made.aggregation}`)

    await page
      .getByRole('navigation', { name: 'Breadcrumbs' })
      .getByRole('link', { name: 'Aggregations' })
      .click()

    await heading('Aggregations')
  })
})

describe('help', () => {
  it('opens the guides in a tab of their own', async () => {
    await visit.open('/dashboard')
    const opened = page.context().waitForEvent('page')

    await page.getByRole('link', { name: 'Help Center' }).first().click()

    const guides = await opened
    await guides.getByRole('heading', { level: 1 }).waitFor()
    expect(new URL(guides.url()).pathname).toBe('/docs')
    await guides.close()
  })
})

describe('alerts', () => {
  it('of refused measurements stand on the Dashboard, and all of them behind View All', async () => {
    await visit.open('/dashboard')
    await region('Your Alerts')
      .getByText(/UndefinedMeter/)
      .waitFor()

    await region('Your Alerts').getByRole('link', { name: 'View All' }).click()

    await heading('System alerts')
    await page
      .getByRole('main')
      .getByText(/UndefinedMeter/)
      .first()
      .waitFor()
  })
})

describe('the page of a meter', () => {
  const recent = () => page.getByRole('table', { name: 'Recent measurements' })

  it('has a sample that can be copied and sent as it is', async () => {
    await visit.open(`/metering/meters/${world.made.meter}`)
    const samples = region('Submit measurements')
    await samples.getByRole('button', { name: 'Copy code' }).click()
    const sample = await page.evaluate(() => navigator.clipboard.readText())

    const answer = await world.client.post('/measurements', JSON.parse(sample))
    await region('Recent measurements').getByRole('button', { name: 'Refresh' }).click()

    expect(answer).toEqual({ result: 'accepted' })
    await recent().getByText('account_code').first().waitFor()
  })

  it('takes its own CSV template filled in, and shows what arrived', async () => {
    await visit.open(`/metering/meters/${world.made.meter}`)
    await page.getByText('CSV file', { exact: true }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'download the CSV template' }).click()
    const [header = ''] = (await read((await downloading).createReadStream())).split('\n')
    const cells: Record<string, string> = {
      ...{ uid: 'by-hand', meter: 'storage', account: 'alder', ts: '2024-01-01T00:00:00Z' },
      ...{ 'measure.megabytes': '321', 'where.region': 'EU' },
    }
    const row = header.split(',').map((name) => cells[name] ?? '')

    await page.locator('input[type=file]').setInputFiles({
      name: 'filled.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${header}\n${row.join(',')}\n`),
    })

    await page.getByText('1 measurement of filled.csv accepted').waitFor()
    await recent().getByText('321').first().waitFor()
    expect(trouble.take()).toEqual([])
  })
})

async function read(stream: Promise<AsyncIterable<Buffer>>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
