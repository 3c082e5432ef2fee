/** The frame when things go wrong or change under it: sessions that end, servers that stop, upgrades, closed doors. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { field, type Storage } from './browser.ts'
import type { Instance } from './console.ts'
import { signIn } from './person.ts'
import { enterWorld, type Visit } from './visit.ts'
import { makePerson, PASSWORD, type World } from './world.ts'

let visit: Visit
let instance: Instance
let world: World
/** Ada, signed in. */
let storage: Storage
let context: BrowserContext
let page: Page

beforeAll(async () => {
  visit = await enterWorld()
  ;({ instance, world } = visit)
  storage = await visit.page.context().storageState()
  await visit.page.close()
}, 120_000)
afterAll(() => visit.close())

beforeEach(() => open(storage))
afterEach(() => context.close())

async function open(as: Storage | null): Promise<void> {
  page = await visit.openWindow(as)
  context = page.context()
}

const goTo = (path: string) => visit.open(path, page)

const heading = (name: string | RegExp, on = page) =>
  on.getByRole('heading', { level: 1, name }).waitFor()

describe('a session that ends', () => {
  it('in the middle of a form asks to sign in again, and loses nothing that was typed', async () => {
    await goTo('/products/create')
    await field(page, 'name').fill('Half a thought')
    await field(page, 'code').click()
    await context.clearCookies()
    await page.getByRole('button', { name: 'Create product' }).click()

    const dialog = page.getByRole('dialog', { name: 'You were signed out' })
    await dialog.locator('input[type=password]').fill('not the pass phrase')
    await dialog.getByRole('button', { name: 'Sign in and go on' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.locator('input[type=password]').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Sign in and go on' }).click()
    await dialog.waitFor({ state: 'hidden' })

    expect(await field(page, 'name').inputValue()).toBe('Half a thought')
    await page.getByRole('button', { name: 'Create product' }).click()
    await heading('Half a thought')
    storage = await context.storageState()
  })

  it('by logging out closes the Console in the other tab too', async () => {
    await context.close()
    await open(null)
    await signIn(page, world.email, PASSWORD)
    const other = await context.newPage()
    await other.goto(`/o/${world.organizationId}/accounts`)
    await other.getByText('Nimbus Robotics').first().waitFor()

    await page.getByRole('button', { name: 'User menu' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()

    await heading('Sign in')
    await heading('Sign in', other)
  })
})

describe('a server that does not answer', () => {
  it('is told of at once, and the page goes on by itself when it is back', async () => {
    await goTo('/dashboard')
    await context.route('**/*', (route) => route.abort('connectionrefused'))

    await page.getByRole('link', { name: 'Products', exact: true }).click()
    await page.getByText('The server does not answer').waitFor()
    await context.unroute('**/*')

    await page.getByText('The server does not answer').waitFor({ state: 'hidden' })
    await heading('Products')
    await page.getByText('Vector storage').first().waitFor()
  })
})

describe('many tabs of one browser', () => {
  /** The driver of the browser shows all tabs at once; a person sees the one in front. */
  const bring = (tab: Page, to: 'front' | 'back') =>
    tab.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden })
      const state = isHidden ? 'hidden' : 'visible'
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: state })
      document.dispatchEvent(new Event('visibilitychange'))
    }, to === 'back')

  it('load all of them, and one that comes to the front again knows what changed', async () => {
    await goTo('/products')
    for (let tabs = 1; tabs < 8; tabs++) {
      await bring(page, 'back')
      const tab = await context.newPage()
      tab.setDefaultTimeout(15_000)
      await visit.open('/accounts', tab)
      await tab.getByText('Nimbus Robotics').first().waitFor()
      await bring(tab, 'back')
    }

    const { id } = await world.client.post('/products', { name: 'Made meanwhile', code: 'mean' })
    await bring(page, 'front')
    await page.getByText('Made meanwhile').waitFor()
    await world.client.delete(`/products/${id}`)
    await page.getByText('Made meanwhile').waitFor({ state: 'hidden' })
  })
})

describe('a Console that was renewed on the server', () => {
  it('is announced, and comes with the next page', async () => {
    await goTo('/dashboard')
    const loaded = page.evaluate(() => performance.timeOrigin)
    // As after an upgrade: the parts of before are gone, and the page names others.
    await context.route('**/assets/**', (route) => route.fulfill({ status: 404, body: '' }))
    await context.route('/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<script src="/assets/newer.js"></script>' }),
    )
    await page.getByRole('link', { name: 'Metering', exact: true }).hover()
    await page.getByText('A newer version of the Console is ready').waitFor()
    await context.unrouteAll()

    await page.getByRole('link', { name: 'Metering', exact: true }).click()

    await heading('Meters')
    await page.getByText('You have the newer version of the Console now').waitFor()
    expect(await page.evaluate(() => performance.timeOrigin)).not.toBe(await loaded)
  })
})

describe('a closed door', () => {
  it('names the right that is missing and who can give it', async () => {
    const email = 'meters@harbour.example'
    const { userId: principalId = '' } = await instance.admin(
      ...['user', 'create', '--organization', world.organizationId, '--email', email],
      ...['--first-name', 'Mia', '--last-name', 'Meters', '--password', PASSWORD],
      ...['--policy', 'ReadOnly'],
    )
    const { client, made } = world
    const { data } = await client.get('/permissionpolicies')
    const all = data.find(({ name }: { name: string }) => name === 'ReadOnly')
    await client.post(`/permissionpolicies/${made.policy}/addtouser`, { principalId })
    await client.post(`/permissionpolicies/${all.id}/removefromuser`, { principalId })
    await context.close()
    await open(null)
    await signIn(page, email, PASSWORD)
    await page.goto(`/o/${world.organizationId}/products/${world.made.product}`)
    await heading('This is closed to you')

    const told = page.getByRole('alert')
    await told.getByText('config:retrieve on config:product').waitFor()
    await told.getByText('Ada Miller').waitFor()
    await told.getByRole('link', { name: 'All products' }).waitFor()
    await page.goto(`/o/${world.organizationId}/products/create`)
    await told.getByText('config:create on config:product').waitFor()
    await page.goto(`/o/${world.organizationId}/accounts/create`)
    await told.getByText('config:create on config:account').waitFor()
    await page.goto(`/o/${world.organizationId}/metering/meters/create`)
    await told.getByText('config:create on config:meter').waitFor()
    await told.getByText('Ada Miller').waitFor()
    await told.getByRole('link', { name: 'Dashboard' }).click()
    await heading('Dashboard')
    await page.getByText('Welcome to Harbour Works').waitFor()
    const sections = page.getByRole('navigation', { name: 'Sections' })
    expect(await sections.getByRole('link').allTextContents()).toEqual(['Dashboard', 'Metering'])
  })

  it('of an organization leads to another one', async () => {
    await page.goto('/o/00000000-0000-4000-8000-000000000000/dashboard')
    await heading('You cannot open this organization')
    await page.getByText(world.email).waitFor()
    await page.getByRole('link', { name: 'Choose another organization' }).click()
    await heading('Select organization')
  })

  it('that is no door keeps the frame around it', async () => {
    await page.goto(`/o/${world.organizationId}/no-such-page`)
    await heading('There is no such page')
    await page.getByRole('link', { name: 'Go to the Dashboard' }).click()
    await heading('Dashboard')
    await page.goto(`/o/${world.organizationId}/products/00000000-0000-4000-8000-000000000000/edit`)
    await heading('This is not here')
    await page.getByRole('link', { name: 'Products', exact: true }).waitFor()
  })
})

describe('what a person likes', () => {
  it('is there on another device: the Nav panel stays as it was left', async () => {
    await goTo('/settings/organization')
    const saved = page.waitForResponse(
      (answer) => answer.url().endsWith('/console/me') && answer.request().method() === 'PUT',
    )
    await page.getByRole('button', { name: 'Collapse navigation' }).click()
    await saved

    await context.close()
    await open({ ...storage, origins: [] })
    await goTo('/settings/organization')
    await page.getByRole('button', { name: 'Expand navigation' }).click()
    await page.getByRole('link', { name: 'Access settings' }).getByText('Access').waitFor()
  })
})

describe('the command palette', () => {
  it('finds the bill of an account and searches the documentation', async () => {
    await goTo('/dashboard')
    await page.keyboard.press('Control+k')
    await page.locator('input[role=combobox]:focus').waitFor()
    await page.keyboard.type('nimbus_rob')
    await page.getByRole('option', { name: 'Search the documentation' }).waitFor()
    await page.getByRole('option', { name: /^Bill of nimbus_robotics/ }).click()
    await heading(/./)
    expect(new URL(page.url()).pathname).toContain(`/billing/bills/${world.made.bill}`)
  })
})

describe('the Dashboard', () => {
  it('of a new organization leads from step to step and hides what is not there yet', async () => {
    const { organizationId } = await makePerson(instance, 'Fresh Works', 'fay@fresh.example')
    await context.close()
    await open(null)
    await signIn(page, 'fay@fresh.example', PASSWORD)
    await heading('Dashboard')
    const checklist = page.getByRole('region', { name: 'Set-up checklist' })
    await checklist.getByText('0 of 10 done').waitFor()
    await page.getByText('Nothing needs you').waitFor()
    expect(await page.getByText('Billed by month').count()).toBe(0)
    await checklist.getByRole('link', { name: 'Create product' }).click()
    await heading('Create product')
    const line = page.getByRole('complementary', { name: 'Your way to a first bill' })
    await line.getByText('Next: Product.').waitFor()
    await field(page, 'name').fill('Storage')
    await field(page, 'code').click()
    await page.getByRole('button', { name: 'Create product' }).click()
    await line.getByRole('link', { name: 'Create meter' }).click()
    await heading('Create meter')
    await expect.poll(() => field(page, 'productId').inputValue()).toBe('Storage')
    await page.goto(`/o/${organizationId}/dashboard`)
    await page.getByRole('button', { name: 'Hide the checklist' }).click()
    await checklist.waitFor({ state: 'hidden' })
  })

  it('sums all bills by month and lists the accounts visited, the last on top', async () => {
    const { data } = await world.client.get('/accounts')
    const names: string[] = data.map(({ name }: { name: string }) => name)
    for (const { id, name } of data) {
      await goTo(`/accounts/${id}`)
      await heading(name)
    }
    await goTo('/dashboard')
    const recent = page.getByRole('region', { name: 'Recent Accounts' })
    await expect.poll(() => recent.locator('tbody a').allTextContents()).toEqual(names.toReversed())
    const { months } = await world.client.get('/console/billtotals')
    const total = Number(months[0].total).toFixed(2)
    await page.getByRole('img', { name: `USD ${total}` }).waitFor()
  })

  it('leads to the largest bills of the newest day, the largest first', async () => {
    const { latest } = await world.client.get('/console/billtotals')
    const { data } = await world.client.get(
      `/bills/search?searchQuery=billDate:${latest.billDate}$currency:USD&sortBy=billTotal&pageSize=5`,
    )
    await goTo('/dashboard')
    const largest = page.getByRole('region', { name: 'Largest bills' }).getByRole('listitem')
    await expect.poll(() => largest.count()).toBe(data.length)

    await largest.first().getByRole('link').click()

    await page.waitForURL(`**/billing/bills/${data[0].id}`)
  })
})

describe('a page on paper', () => {
  it('is all of it, dark on light, without what is there to be clicked', async () => {
    await goTo(`/accounts/${world.made.account}`)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme="dark"]').waitFor({ state: 'attached' })
    await page.setViewportSize({ width: 794, height: 300 })

    const [paper = 0, main = 0] = await page.evaluate(() => [
      document.documentElement.scrollHeight,
      document.getElementById('main')?.scrollHeight ?? 0,
    ])
    expect(main).toBeGreaterThan(300)
    expect(paper).toBeGreaterThanOrEqual(main)
    const ink = await page.evaluate(() => getComputedStyle(document.body).color)
    expect(Math.max(...(ink.match(/\d+/g) ?? []).map(Number))).toBeLessThan(80)
    expect(await page.getByRole('link', { name: 'Products', exact: true }).isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'More actions' }).isVisible()).toBe(false)
  })
})
