/** Metering day by day: which meters still send, which belong together, and usage as a pivot. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

/** The cells of each row, its name first. */
async function rowsOf(table: string): Promise<string[][]> {
  const rows = await page.getByRole('region', { name: table }).locator('tr').all()
  return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()))
}

describe('the list of meters', () => {
  it('tells when each had its last measurement, behind a list that does not move', async () => {
    await world.client.post('/meters', {
      name: 'Quiet sensor',
      code: 'quiet_sensor',
      dataFields: [{ name: 'Reading', code: 'reading', category: 'MEASURE', unit: '1' }],
      derivedFields: [],
    })
    const held = Promise.withResolvers<void>()
    await page.route('**/measurements/last?**', async (route) => {
      await held.promise
      await route.continue()
    })
    const boxes = () =>
      page
        .locator('[data-list-row] td')
        .evaluateAll((cells) => cells.map((cell) => JSON.stringify(cell.getBoundingClientRect())))
    await page.goto(`/o/${world.organizationId}/metering/meters`)
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    await row('vector_storage').or(row('Storage service')).first().waitFor()
    await row('Quiet sensor').getByText('Global').waitFor()
    await page.getByText('Vector storage').first().waitFor()
    const before = await boxes()

    held.resolve()
    await settled(page)

    await row('Quiet sensor').getByText('Not lately').waitFor()
    const arrived = row('Storage service').locator('time')
    await expect(arrived.textContent()).resolves.toMatch(/^(just now|\d+ minutes? ago)$/)
    await expect(boxes()).resolves.toEqual(before)
    await arrived.hover()
    await expect(page.getByRole('tooltip').textContent()).resolves.toMatch(/\d\d:\d\d:\d\d/)
    await page.unroute('**/measurements/last?**')
  })

  it('gathers meters in a group that is made by typing its name', async () => {
    const [sensor] = (await world.client.get('/meters?codes=quiet_sensor')).data
    await visit.open(`/metering/meters/${sensor.id}/edit`)
    await field(page, 'groupId').click()
    await field(page, 'groupId').fill('Sensors')
    await page.getByRole('option', { name: 'Create group “Sensors”' }).click()
    await page.getByText('Meter group Sensors created').waitFor()
    await page.getByRole('button', { name: 'Update meter' }).click()
    await page.getByRole('link', { name: 'Sensors', exact: true }).click()

    await settled(page)

    const names = await page.locator('[data-list-row] td[data-first]').allInnerTexts()
    expect(names).toEqual(['Quiet sensor'])
    await page.getByRole('link', { name: 'Groups', exact: true }).click()
    const group = page.getByRole('row').filter({ hasText: 'Sensors' })
    await expect.poll(() => group.textContent()).toContain('1')
  })
})

describe('a measurement sent by the form', () => {
  it('says beside each input what is missing, and shows what arrived', async () => {
    await visit.open(`/metering/meters/${world.made.meter}?submit=form`)
    const send = page.getByRole('button', { name: 'Send measurement' })
    await send.click()
    await page.getByText('Choose whose usage this is.').waitFor()
    const value = page.getByRole('textbox', { name: 'Megabytes' })
    const region = page.getByRole('textbox', { name: 'Region' })
    await expect(value.getAttribute('aria-invalid')).resolves.toBe('true')

    await choose(page, page.getByRole('combobox', { name: 'Account' }), 'Nimbus Robotics')
    await value.fill('12 or so')
    await page.getByText('Write a number, such as 12.5.').waitFor()
    await value.fill('1'.repeat(30))
    await region.fill('EU')
    await send.click()
    await page.getByRole('alert').getByText('Nothing was sent').waitFor()
    await expect(value.getAttribute('aria-invalid')).resolves.toBe('true')
    await page.getByText(/^must be a number of at most 20 digits/).waitFor()
    await value.fill('12345.678')
    await send.click()

    await page.getByText('Measurement accepted').waitFor()
    const row = page.getByRole('table', { name: 'Recent measurements' }).getByText('12,345.678')
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Refresh' }).click()
        return row.count()
      })
      .toBe(1)
    await expect(page.getByText('Choose whose usage this is.').count()).resolves.toBe(0)
  })
})

describe('the list of ingest events', () => {
  it('is sifted whole, also what was not loaded yet, and keeps the sieve in the address', async () => {
    const at = new Date().toISOString()
    const lost = (uid: string, own: object) => ({
      ...{ uid, meter: 'storage', account: 'alder', ts: at, where: { region: 'EU' } },
      ...own,
    })
    await world.client.post('/measurements', { measurements: [lost('incomplete', {})] })
    const missing = () =>
      world.client.get('/events?eventName=ingest.validation.failure').then(({ data }) => data)
    await expect.poll(async () => (await missing()).length).toBeGreaterThan(1)
    const crowd = Array.from({ length: 130 }, (_, count) =>
      lost(`crowd-${count}`, { meter: 'never_heard_of', measure: { megabytes: 1 } }),
    )
    await world.client.post('/measurements', { measurements: crowd })
    await expect.poll(async () => (await missing()).length).toBeGreaterThan(99)
    await visit.open('/metering/ingest-events')

    await page.getByRole('button', { name: 'Type', exact: true }).click()
    await page.getByRole('button', { name: 'MissingField', exact: true }).click()
    const rows = page.locator('[data-list-row]')
    await expect.poll(() => rows.count()).toBe(1)
    await expect(rows.first().textContent()).resolves.toContain('MissingField')

    // Not yet begun in any zone.
    const later = new Date(Date.parse(at) + 2 * 86_400_000).toISOString().slice(0, 10)
    const url = new URL(page.url())
    await page.goto(`${url.pathname}?type=MissingField&from=${later}`)
    await page.getByText('Nothing matches').waitFor()
    await page.goto(`${url.pathname}?type=MissingField&until=${later}`)
    await expect.poll(() => rows.count()).toBe(1)
  })
})

describe('usage as a pivot', () => {
  const question = (method: string) => {
    const { meter } = world.made
    const asked = {
      timePeriod: 'PREVIOUS_MONTH',
      aggregations: [{ meterId: meter, fieldCode: 'megabytes', function: method }],
      byAccount: true,
      frequency: '',
      dimensions: [{ meterId: meter, fieldCode: 'region' }],
    }
    return `/metering/explorer?ask=${encodeURIComponent(JSON.stringify(asked))}`
  }

  it('has one split down, one across, and totals; it sorts, turns and is saved as it stands', async () => {
    const trouble = listenForTrouble(page)
    await visit.open(question('SUM'))
    await page.getByText('Pivot', { exact: true }).click()
    const byAccount = 'Megabytes, sum: Account by Region'

    await expect(rowsOf(byAccount)).resolves.toEqual([
      ['Account', 'APAC', 'EU', 'US', 'Total'],
      ['Alder Analytics', '1,500', '2,500', '3,500', '7,500'],
      ['Nimbus Robotics', '8,625', '8,875', '8,750', '26,250'],
      ['Total', '10,125', '11,375', '12,250', '33,750'],
    ])

    await page.getByRole('button', { name: 'Total' }).press('Enter')
    await expect
      .poll(async () => (await rowsOf(byAccount)).map(([name]) => name))
      .toEqual(['Account', 'Nimbus Robotics', 'Alder Analytics', 'Total'])

    await choose(page, page.getByRole('combobox', { name: 'Rows' }), 'Region')
    await expect(rowsOf('Megabytes, sum: Region by Account')).resolves.toEqual([
      ['Region', 'Alder Analytics', 'Nimbus Robotics', 'Total'],
      ['APAC', '1,500', '8,625', '10,125'],
      ['EU', '2,500', '8,875', '11,375'],
      ['US', '3,500', '8,750', '12,250'],
      ['Total', '7,500', '26,250', '33,750'],
    ])
    await page.getByRole('button', { name: 'Nimbus Robotics' }).click()

    await page.getByRole('button', { name: 'Export' }).click()
    const saving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'CSV' }).click()
    const saved = await readFile(await (await saving).path(), 'utf8')
    expect(saved.split('\r\n')).toEqual([
      'storage.region,Alder Analytics,Nimbus Robotics,Total',
      'EU,2500,8875,11375',
      'US,3500,8750,12250',
      'APAC,1500,8625,10125',
      'Total,7500,26250,33750',
      '',
    ])
    expect(trouble.take()).toEqual([])
  })

  it('has no totals of means, and says why; without two splits it says what it needs', async () => {
    await visit.open(`${question('MEAN')}&view=pivot`)
    const [head] = await rowsOf('Megabytes, mean: Account by Region')
    expect(head).toEqual(['Account', 'APAC', 'EU', 'US'])
    await page.getByText('No totals. Means cannot be added up').waitFor()

    await page.getByRole('switch', { name: 'By account' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()

    await page.getByText('A pivot needs two splits').waitFor()
  })

  it('scrolls by the arrow keys on a phone, where the question folds into one line', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await visit.open(`${question('SUM')}&view=pivot`)
    const table = page.getByRole('region', { name: 'Megabytes, sum: Account by Region' })
    await table.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => table.evaluate((each) => each.scrollLeft)).toBeGreaterThan(0)

    const line = page.getByRole('button', { name: 'Previous month · Megabytes, sum · by account' })
    const period = page.getByRole('combobox', { name: 'Time period' })
    await expect(period.isVisible()).resolves.toBe(false)
    await line.click()
    await expect(period.isVisible()).resolves.toBe(true)
  })
})
