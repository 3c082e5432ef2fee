/** What the first page costs, and that nothing is lost or jumps while the rest comes behind it. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser, openContext, type Storage } from './browser.ts'
import { type Instance, startInstance } from './console.ts'
import { settled, signIn } from './person.ts'
import { makePerson, PASSWORD } from './world.ts'

let browser: Browser
let instance: Instance
let organizationId: string
let storage: Storage
let context: BrowserContext
let page: Page

beforeAll(async () => {
  ;[browser, instance] = await Promise.all([openBrowser(), startInstance()])
  const email = 'fay@fresh.example'
  ;({ organizationId } = await makePerson(instance, 'Fresh Works', email))
  const first = await openContext(browser, instance.url)
  await signIn(await first.newPage(), email, PASSWORD)
  storage = await first.storageState()
  await first.close()
}, 120_000)

afterAll(async () => {
  await browser.close()
  await instance.close()
})

beforeEach(async () => {
  context = await openContext(browser, instance.url, { storage })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
})
afterEach(() => context.close())

describe('the first picture', () => {
  it('needs few files, and less than 200 kB of them', async () => {
    await page.goto('/')
    await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
    const before = await page.evaluate(() => {
      const [picture] = performance.getEntriesByName('first-contentful-paint')
      const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      return files
        .filter((file) => file.startTime < (picture?.startTime ?? 0))
        .map((file) => ({ name: file.name, bytes: file.encodedBodySize }))
    })
    const bytes = before.reduce((sum, file) => sum + file.bytes, 0)
    expect(bytes).toBeGreaterThan(50_000)
    expect(bytes, before.map((file) => file.name).join('\n')).toBeLessThan(200_000)
    expect(before.length).toBeLessThan(20)
  })
})

describe('the first page in a browser', () => {
  const jumps = (on: Page) => on.evaluate(() => Reflect.get(window, 'shifts') as number[])

  beforeEach(() =>
    context.addInitScript(() => {
      const shifts: number[] = []
      Object.assign(window, { shifts })
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) shifts.push(Reflect.get(shift, 'value'))
      }).observe({ type: 'layout-shift', buffered: true })
    }),
  )

  it('does not jump when the way to a first bill comes', async () => {
    await page.goto(`/o/${organizationId}/products`)
    await page.getByText('Next: Product.').waitFor()
    await settled(page)
    expect((await jumps(page)).filter((value) => value > 0.004)).toEqual([])
  })

  it('does not jump when that way turns out to be hidden', async () => {
    // Hidden in another browser, so that this one knows nothing of it.
    const elsewhere = await openContext(browser, instance.url, { storage })
    const other = await elsewhere.newPage()
    await other.goto(`/o/${organizationId}/products`)
    const told = other.waitForResponse(
      (answer) =>
        answer.url().endsWith('/console/checklist') && answer.request().method() === 'PUT',
    )
    await other.getByRole('button', { name: 'Hide the checklist' }).click()
    expect((await told).status()).toBe(200)
    await elsewhere.close()
    const asked = page.waitForResponse((answer) => answer.url().endsWith('/console/checklist'))
    await page.goto(`/o/${organizationId}/products`)
    expect(await (await asked).json()).toEqual({ isDismissed: true })
    await settled(page)
    await expect(page.getByText('Next: Product.').count()).resolves.toBe(0)
    expect((await jumps(page)).filter((value) => value > 0.004)).toEqual([])
  })
})

describe('before everything has come', () => {
  it('a click that asks for a dialog opens it', async () => {
    // Never answered, so that the page goes on loading.
    await page.route(/\/bills\?/, () => {})
    await page.goto(`/o/${organizationId}/billing/bills`)
    await page.getByRole('button', { name: 'Run billing' }).first().click()
    await page.getByRole('dialog', { name: 'Run billing' }).waitFor()
  })

  it('a click that asks for a menu opens it', async () => {
    await page.route(/console\/recentaccounts/, () => {})
    await page.goto(`/o/${organizationId}/dashboard`)
    await page.getByRole('button', { name: 'User menu' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).waitFor()
  })
})

describe('the words beside a button', () => {
  it('come with the pointer and go with it', async () => {
    await page.goto(`/o/${organizationId}/dashboard`)
    await settled(page)
    const tip = page.getByRole('tooltip')
    await page.getByRole('button', { name: /^Running Tasks/ }).hover()
    await expect.poll(() => tip.textContent()).toBe('Running Tasks')
    await page.getByRole('heading', { level: 1 }).hover()
    await tip.waitFor({ state: 'hidden' })
  })

  it('come with the keyboard, describe the button, and go with Escape', async () => {
    await page.goto(`/o/${organizationId}/dashboard`)
    await settled(page)
    const tip = page.getByRole('tooltip')
    await page.getByRole('button', { name: 'Open the command palette' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Shift+Tab')
    await expect.poll(() => tip.textContent()).toBe('Find or do anything')
    const described = page.locator('[aria-describedby=tip]')
    expect(await described.getAttribute('aria-label')).toBe('Open the command palette')
    await page.keyboard.press('Escape')
    await tip.waitFor({ state: 'hidden' })
  })
})
