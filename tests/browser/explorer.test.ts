/** The usage data explorer at work: its chart against its table, a closer look, links, saved queries. */
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

type Asked = { [key: string]: unknown }

function question(own: Asked = {}): string {
  const asked = {
    timePeriod: 'PREVIOUS_MONTH',
    aggregations: [{ meterId: world.made.meter, fieldCode: 'megabytes', function: 'SUM' }],
    ...own,
  }
  return `/metering/explorer?ask=${encodeURIComponent(JSON.stringify(asked))}`
}

function asked(): Asked {
  return JSON.parse(new URL(page.url()).searchParams.get('ask') ?? '{}')
}

const chart = () => page.getByRole('figure', { name: /^Megabytes, sum/ })
const bars = () => chart().locator('.recharts-bar-rectangle rect')

/** Day and figure of each row of the table below the chart, the first day first. */
async function tableRows(): Promise<[day: string, value: number][]> {
  const rows = await page.getByRole('table', { name: 'Usage' }).locator('[data-list-row]').all()
  const cells = await Promise.all(rows.map((row) => row.locator('td').allInnerTexts()))
  return cells
    .map(([day = '', value = '']): [string, number] => [day, Number(value.replaceAll(',', ''))])
    .reverse()
}

async function middleOfBar(index: number): Promise<{ x: number; y: number }> {
  const box = await bars().nth(index).boundingBox()
  if (box === null) throw new Error(`There is no bar ${index}.`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** The chart hears of the pointer once for each picture. */
const seen = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))

async function drag(from: number, to: number): Promise<void> {
  const [start, end] = [await middleOfBar(from), await middleOfBar(to)]
  await page.mouse.move(start.x, start.y)
  await seen()
  await page.mouse.down()
  await seen()
  await page.mouse.move(end.x, end.y, { steps: 8 })
  await seen()
  await page.mouse.up()
}

const clipboard = () => page.evaluate(() => navigator.clipboard.readText())

describe('the chart', () => {
  it('draws, tells and lists what the table has', async () => {
    const trouble = listenForTrouble(page)
    await visit.open(question())
    const rows = await tableRows()
    // Twenty measurements on as many days: 500 MB, then 125 more each day.
    expect(rows.map(([, value]) => value)).toEqual(
      Array.from({ length: 20 }, (_, at) => 500 + at * 125),
    )

    await expect(bars().count()).resolves.toBe(20)
    const heights = await bars().evaluateAll((all) =>
      all.map((bar) => bar.getBoundingClientRect().height),
    )
    const perMegabyte = (heights[19] ?? 0) / (rows[19]?.[1] ?? 1)
    for (const [at, [, value]] of rows.entries())
      expect(heights[at]).toBeCloseTo(value * perMegabyte, 0)

    for (const at of [0, 7, 19]) {
      const { x, y } = await middleOfBar(at)
      await page.mouse.move(x, y)
      const [day, value = 0] = rows[at] ?? []
      const tip = chart().locator('.recharts-tooltip-wrapper')
      await expect.poll(() => tip.textContent()).toContain(day)
      expect(await tip.textContent()).toContain(value.toLocaleString('en'))
    }

    await chart().getByRole('radio', { name: 'Table' }).locator('xpath=..').click()
    const behind = chart().getByRole('table').locator('tbody tr')
    const told = await Promise.all(
      (await behind.all()).map((row) => row.locator('th, td').allInnerTexts()),
    )
    expect(told).toEqual(rows.map(([day, value]) => [day, value.toLocaleString('en')]))
    expect(trouble.take()).toEqual([])
  })

  it('leaves the place of a day without usage empty', async () => {
    const only = [{ meterId: world.made.meter, fieldCode: 'region', values: ['EU'] }]
    await visit.open(question({ filters: only }))
    const rows = await tableRows()
    expect(rows).toHaveLength(7)

    const places = await bars().evaluateAll((all) =>
      all
        .map((bar) => bar.getBoundingClientRect())
        .filter(({ height }) => height > 0)
        .map(({ x }) => x),
    )
    const steps = places.slice(1).map((x, at) => x - (places[at] ?? 0))

    // Every third day is of the EU: nineteen days are drawn, not seven beside each other.
    expect(places).toHaveLength(7)
    const { width = 0 } = (await chart().locator('.recharts-cartesian-grid').boundingBox()) ?? {}
    for (const step of steps) expect(step).toBeCloseTo((width / 19) * 3, 0)
  })

  it('is looked at closer by dragging across it, and left again', async () => {
    await visit.open(question())
    const rows = await tableRows()

    await drag(11, 4)
    await settled(page)

    await expect.poll(tableRows).toEqual(rows.slice(4, 12))
    const days = asked()
    expect(days).toMatchObject({ timePeriod: 'CUSTOM' })
    expect([days['from'], days['to']].map((day) => Number(String(day).slice(8)))).toEqual([5, 12])

    await drag(0, 1)
    await page.getByRole('heading', { name: 'Megabytes, sum by hour' }).waitFor()
    expect(asked()['frequency']).toBe('HOUR')
    await expect
      .poll(async () => (await tableRows()).map(([, value]) => value))
      .toEqual([1000, 1125])

    await page.getByRole('button', { name: 'Zoom out' }).click()
    await expect.poll(tableRows).toEqual(rows)
    await expect(page.getByRole('button', { name: 'Zoom out' }).count()).resolves.toBe(0)
    await page.goBack()
    await expect.poll(async () => (await tableRows()).length).toBe(2)
  })

  it('has nothing to leave once the browser has led back to the whole', async () => {
    await visit.open(question())
    await drag(4, 11)
    await page.getByRole('button', { name: 'Zoom out' }).waitFor()

    await page.goBack()

    await expect.poll(async () => (await tableRows()).length).toBe(20)
    await expect(page.getByRole('button', { name: 'Zoom out' }).count()).resolves.toBe(0)
  })
})

describe('the table', () => {
  it('takes columns off and puts them back', async () => {
    await visit.open(question())
    const figures = page.getByRole('table', { name: 'Usage' }).getByText('2,875')
    await figures.waitFor()
    await page.getByRole('button', { name: 'Choose columns' }).click()
    await page.getByRole('checkbox', { name: 'Megabytes, sum' }).click()
    await figures.waitFor({ state: 'detached' })
    await page.getByRole('checkbox', { name: 'Megabytes, sum' }).click()
    await figures.waitFor()
  })
})

describe('the question', () => {
  it('goes with its table into a link: a pivot stays one, turned and sorted as it stands', async () => {
    const split = [{ meterId: world.made.meter, fieldCode: 'region' }]
    await visit.open(question({ byAccount: true, frequency: '', dimensions: split }))
    await page.getByText('Pivot', { exact: true }).click()
    await choose(page, page.getByRole('combobox', { name: 'Rows' }), 'Region')
    await page.getByRole('button', { name: 'Nimbus Robotics' }).click()
    const table = page.getByRole('region', { name: 'Megabytes, sum: Region by Account' })
    const seen = () => table.locator('tbody tr').allInnerTexts()
    const before = await seen()
    expect(before.map((row) => row.split('\t')[0])).toEqual(['EU', 'US', 'APAC'])
    await page.getByRole('button', { name: 'Use elsewhere' }).click()
    await page.getByRole('menuitem', { name: 'Copy link' }).click()
    await page.getByText('Link copied').first().waitFor()
    const link = await clipboard()

    await page.goto(`/o/${world.organizationId}/dashboard`)
    await settled(page)
    await page.goto(link)
    await settled(page)

    await expect.poll(seen).toEqual(before)
  })

  it('between two days begins with days, and says what is missing', async () => {
    await visit.open(question())
    await choose(page, page.getByRole('combobox', { name: 'Time period' }), 'Between two days')
    const run = page.getByRole('button', { name: 'Run', exact: true })
    await run.click()
    await settled(page)
    expect(asked()).toMatchObject({ timePeriod: 'CUSTOM', from: expect.any(String) })

    await page.getByRole('button', { name: /^Days, both included/ }).click()
    await page
      .getByRole('button', { name: /^15 [A-Z]/ })
      .first()
      .click()
    await page.getByText('Choose the first and the last day.').waitFor()
    expect(await run.getAttribute('aria-disabled')).toBe('true')
  })

  it('is kept under a name, which stays with it, and is changed and deleted by the keyboard', async () => {
    await visit.open(question())
    await page.getByRole('button', { name: 'Saved queries' }).click()
    await page.getByRole('menuitem', { name: 'Save as a new query' }).click()
    await field(page, 'name').fill('Megabytes a day')
    await page.getByRole('button', { name: 'Save query' }).click()
    const menu = page.getByRole('button', { name: 'Megabytes a day' })
    await menu.waitFor()

    await page.reload()
    await settled(page)
    await choose(page, page.getByRole('combobox', { name: 'Time', exact: true }), 'By week')
    await menu.click()
    await page.getByRole('menuitem', { name: 'Update “Megabytes a day”' }).click()
    await page.getByText('Query Megabytes a day updated').waitFor()
    const [kept] = (await world.client.get('/usage/savedqueries')).data
    expect(kept.usageQuery.groups).toEqual([{ groupType: 'TIME', frequency: 'WEEK' }])

    await menu.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Megabytes a day', exact: true }).waitFor()
    const chosen = () => page.evaluate(() => document.activeElement?.textContent)
    // The menu takes the focus a moment after it is there; keys before that go to its button.
    await expect
      .poll(async () => {
        if ((await chosen()) !== 'Delete “Megabytes a day”') await page.keyboard.press('ArrowDown')
        return chosen()
      })
      .toBe('Delete “Megabytes a day”')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Delete saved query' }).click()
    await page.getByRole('button', { name: 'Saved queries' }).waitFor()
    // The row goes at once, before the server has answered.
    await expect.poll(async () => (await world.client.get('/usage/savedqueries')).data).toEqual([])
  })
})
