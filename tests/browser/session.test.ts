/** How people come and go, find things, and are told what happened. */
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { field, type Storage } from './browser.ts'
import type { Instance } from './console.ts'
import { settled, signIn } from './person.ts'
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

async function open(as: Storage | null): Promise<void> {
  page = await visit.openWindow(as)
  context = page.context()
}

const goTo = (path: string) => visit.open(path, page)

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

afterEach(() => context.close())

describe('somebody who is not signed in', () => {
  beforeEach(() => open(null))

  it('is told that the password is wrong, and keeps the address typed', async () => {
    await page.goto('/login')
    await page.getByLabel('Email address').fill(world.email)
    await page.locator('input[type=password]').fill('not the pass phrase at all')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page
      .getByRole('alert')
      .getByText(/password/i)
      .first()
      .waitFor()
    expect(await page.getByLabel('Email address').inputValue()).toBe(world.email)
    expect(new URL(page.url()).pathname).toBe('/login')
  })

  it('comes back after signing in to the page that was asked for', async () => {
    await page.goto(`/o/${world.organizationId}/metering/meters`)
    await heading('Sign in')
    await page.getByLabel('Email address').fill(world.email)
    await page.locator('input[type=password]').fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await heading('Meters')
  })

  it('sees nothing of the organization by the back button after logging out', async () => {
    await signIn(page, world.email, PASSWORD)
    await page.goto(`/o/${world.organizationId}/accounts`)
    await page.getByText('Nimbus Robotics').first().waitFor()
    await page.getByRole('button', { name: 'User menu' }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await heading('Sign in')
    await page.goBack()
    await heading('Sign in')
    expect(await page.getByText('Nimbus Robotics').count()).toBe(0)
  })

  it('sets a new password by a link, which then works, and the old one no more', async () => {
    const email = 'grace@harbour.example'
    await instance.admin(
      ...['user', 'create', '--organization', world.organizationId, '--email', email],
      ...['--first-name', 'Grace', '--last-name', 'Lee', '--password', PASSWORD],
    )
    const answer = await instance.admin('password-reset-link', '--email', email)
    const link = Object.values(answer).find((each) => /^http/.test(each)) ?? ''
    await page.goto(link)
    await heading('Set a new password')
    const [first, again] = [
      page.locator('input[type=password]').first(),
      page.locator('input[type=password]').last(),
    ]
    await first.fill('a quite different pass phrase')
    await again.fill('something else')
    await page.getByText('The two differ.').waitFor()
    await again.fill('a quite different pass phrase')
    await page.getByRole('button', { name: 'Set password' }).click()
    await heading('Sign in')
    await signIn(page, email, 'a quite different pass phrase')
    await heading('Dashboard')
  })

  it('is told what to do when the reset link has ended', async () => {
    await page.goto('/reset-password?token=long-gone')
    await heading('Set a new password')
    for (const input of await page.locator('input[type=password]').all()) {
      await input.fill('a quite different pass phrase')
    }
    await page.getByRole('button', { name: 'Set password' }).click()
    await page.getByRole('alert').getByText(/link/i).first().waitFor()
  })
})

describe('somebody who is signed in', () => {
  beforeEach(() => open(storage))

  it('finds an account by its name from anywhere with the keyboard', async () => {
    await goTo('/dashboard')
    await page.keyboard.press('Control+k')
    await page.locator('input[role=combobox]:focus').waitFor()
    await page.keyboard.type('nimbus')
    await page.getByRole('option', { name: /Nimbus Robotics/ }).waitFor()
    await page.keyboard.press('Enter')
    await heading('Nimbus Robotics')
  })

  it('keeps the theme chosen from the menu', async () => {
    await goTo('/dashboard')
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme')
    expect(await scheme()).toBe('light')
    await page.getByRole('button', { name: 'User menu' }).click()
    await page.getByRole('menuitem', { name: 'Dark mode' }).click()
    await expect.poll(scheme).toBe('dark')
    await page.reload()
    await settled(page)
    expect(await scheme()).toBe('dark')
  })

  it('walks a list with the arrow keys and opens a row with Enter', async () => {
    await goTo('/accounts')
    await page.locator('[data-list-row]').first().focus()
    await page.keyboard.press('ArrowDown')
    const second = page.locator('[data-list-row][data-index="1"]:focus')
    const name = await second.locator('a').first().textContent()
    await page.keyboard.press('Enter')
    await heading(name ?? '')
  })

  it('opens a row in a tab of its own as one opens a link, and keeps the list', async () => {
    await goTo('/accounts')
    const row = page.locator('[data-list-row]', { hasText: 'Nimbus Robotics' })
    const besideTheName = row.locator('td').last()
    const list = page.url()
    for (const how of [{ modifiers: ['Control' as const] }, { button: 'middle' as const }]) {
      const opening = page.context().waitForEvent('page')
      await besideTheName.click({ ...how, position: { x: 2, y: 2 } })
      const tab = await opening
      await tab.getByRole('heading', { level: 1, name: 'Nimbus Robotics' }).waitFor()
      await tab.close()
      expect(page.url()).toBe(list)
    }
  })

  it('sees a bill run in Running Tasks', async () => {
    await goTo('/billing/bills')
    await page.getByRole('button', { name: 'Run billing' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Run billing' }).click()
    await page.getByText('Bill run started').waitFor()
    await page.getByRole('button', { name: /^Running Tasks/ }).click()
    const tasks = page.getByRole('complementary', { name: 'Running Tasks' })
    await tasks.getByText('Complete').first().waitFor()
    await tasks.getByRole('link').first().click()
    await heading('Bill run')
  })

  it('is offered a comparison when somebody else saved first, and loses nothing', async () => {
    const { client, made } = world
    await goTo(`/products/${made.product}/edit`)
    const current = await client.get(`/products/${made.product}`)
    await client.put(`/products/${made.product}`, {
      name: 'Vector storage, renamed',
      code: current.code,
      version: current.version,
    })
    await field(page, 'name').fill('Vector storage, mine')
    await page.getByRole('button', { name: 'Update product' }).click()
    await page.getByText('Somebody changed this while you were editing').waitFor()
    await page.getByRole('button', { name: 'Compare my changes' }).click()
    await page.getByRole('row', { name: /Vector storage, renamed.*Vector storage, mine/ }).waitFor()
    await page.getByRole('button', { name: 'Update product' }).click()
    await heading('Vector storage, mine')
  })

  it('finds what the server refused on its field', async () => {
    await goTo('/products/create')
    await field(page, 'name').fill('Second storage')
    await field(page, 'code').click()
    await expect.poll(() => field(page, 'code').inputValue()).toBe('second_storage')
    await field(page, 'code').fill('vector_storage')
    await page.getByRole('button', { name: 'Create product' }).click()
    await page.getByText('Some fields need another look').waitFor()
    expect(await field(page, 'code').getAttribute('aria-invalid')).toBe('true')
    const problem = page.locator('.mantine-InputWrapper-error', { hasText: /code/i })
    await problem.waitFor()
  })

  it('sends a form once, however long the next page takes to come', async () => {
    await goTo('/products/create')
    await field(page, 'name').fill('Only once')
    await field(page, 'code').fill('only_once')
    const button = page.getByRole('button', { name: 'Create product' })
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    await page.route('**/assets/detail-*', (route) => held.then(() => route.continue()))

    await button.click()
    await page.getByText('Product Only once created').waitFor()
    await button.click({ force: true })
    letGo()

    await heading('Only once')
    expect(sent).toHaveLength(1)
  })

  it('is told on the field what is missing before anything is sent', async () => {
    await goTo('/accounts/create')
    await page.getByRole('button', { name: 'Create account' }).click()
    for (const name of ['name', 'code', 'emailAddress']) {
      expect(await field(page, name).getAttribute('aria-invalid')).toBe('true')
    }
  })

  it('is asked before what was typed is lost', async () => {
    await goTo('/products/create')
    await field(page, 'name').fill('Half a thought')
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await field(page, 'name').inputValue()).toBe('Half a thought')
    await page.getByRole('link', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: /Leave/ }).click()
    await heading('Products')
  })

  it('makes what a form lacks and comes back with it chosen', async () => {
    const { organizationId } = await makePerson(instance, 'Empty Works', 'eve@empty.example')
    await context.close()
    await open(null)
    await signIn(page, 'eve@empty.example', PASSWORD)
    await page.goto(`/o/${organizationId}/pricing/plan-templates/create`)
    await field(page, 'name').fill('Monthly')
    await page.getByRole('button', { name: 'Create a product' }).click()
    await heading('Create product')
    await field(page, 'name').fill('Made on the way')
    await field(page, 'code').click()
    await page.getByRole('button', { name: 'Create product' }).click()
    await heading('Create plan template')
    await expect.poll(() => field(page, 'productId').inputValue()).toBe('Made on the way')
    expect(await field(page, 'name').inputValue()).toBe('Monthly')
  })

  it('learns from every empty list what the thing is for and how to make one', async () => {
    const { organizationId } = await makePerson(instance, 'New Works', 'nora@new.example')
    await context.close()
    await open(null)
    await signIn(page, 'nora@new.example', PASSWORD)
    const lists = {
      '/products': 'Create product',
      '/metering/meters': 'Create meter',
      '/metering/aggregations': 'Create aggregation',
      '/metering/compound-aggregations': 'Create compound aggregation',
      '/pricing/plan-templates': 'Create plan template',
      '/pricing/plans': 'Create plan',
      '/accounts': 'Create account',
    }
    for (const [path, act] of Object.entries(lists)) {
      await page.goto(`/o/${organizationId}${path}`)
      await page.getByRole('heading', { name: /No .* yet/ }).waitFor()
      await page.getByRole('main').getByRole('link', { name: act }).last().click()
      await heading(act)
    }
  })

  it('goes to another organization from the box, and to the list of all', async () => {
    const { organizationId } = await instance.admin(
      'organization',
      'create',
      '--name',
      'Second Works',
    )
    await instance.admin(
      ...[
        'user',
        'create',
        '--organization',
        organizationId ?? '',
        '--email',
        'two@harbour.example',
      ],
      ...['--first-name', 'Tom', '--last-name', 'Two', '--password', PASSWORD],
    )
    await instance.admin(
      ...['user', 'add', '--organization', world.organizationId, '--email', 'two@harbour.example'],
    )
    await context.close()
    await open(null)
    await signIn(page, 'two@harbour.example', PASSWORD)
    await heading('Select organization')
    await page.getByRole('link', { name: /Harbour Works/ }).click()
    await heading('Dashboard')
    await page.getByRole('link', { name: 'Accounts', exact: true }).click()
    await page.getByText('Nimbus Robotics').first().waitFor()
    await page.getByRole('button', { name: 'Organization Harbour Works' }).click()
    // The search has the focus at once, and the arrow keys reach what it found.
    await page.locator('[aria-label="Search organizations"]:focus').waitFor()
    await page.keyboard.type('second')
    await page.getByRole('menuitem', { name: 'Harbour Works' }).waitFor({ state: 'hidden' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Organization Second Works' }).waitFor()
    await heading('Accounts')
    expect(await page.getByText('Nimbus Robotics').count()).toBe(0)
    await page.getByRole('button', { name: 'Organization Second Works' }).click()
    await page.getByRole('menuitem', { name: 'View all organizations' }).click()
    await page.getByText('LAST ACCESSED').waitFor()
  })

  it('is told when a page, a thing or an organization is not there', async () => {
    await page.goto(`/o/${world.organizationId}/no-such-page`)
    await heading('There is no such page')
    await page.goto(`/o/${world.organizationId}/products/00000000-0000-4000-8000-000000000000`)
    await page
      .getByText(/No product|not found|does not exist/i)
      .first()
      .waitFor()
    await page.goto('/o/00000000-0000-4000-8000-000000000000/dashboard')
    await page.getByText(/not a member of this organization/).waitFor()
  })

  it('who may only look sees no way to change, and is told why a page is closed', async () => {
    const email = 'reader@harbour.example'
    await instance.admin(
      ...['user', 'create', '--organization', world.organizationId, '--email', email],
      ...[
        '--first-name',
        'Rita',
        '--last-name',
        'Reader',
        '--password',
        PASSWORD,
        '--policy',
        'ReadOnly',
      ],
    )
    await context.close()
    await open(null)
    await signIn(page, email, PASSWORD)
    await page.goto(`/o/${world.organizationId}/products`)
    await settled(page)
    expect(await isClosed('Create product')).toBe(true)
    await page.getByRole('button', { name: 'Actions' }).first().click()
    expect(await closedEntries()).toEqual(['Edit', 'Delete'])
    await page.goto(`/o/${world.organizationId}/products/${world.made.product}`)
    await settled(page)
    expect(await isClosed('Edit')).toBe(true)
    await page.getByRole('button', { name: 'More actions' }).click()
    expect(await closedEntries()).toEqual(['Delete product'])
  })
})

/** Entries of the open menu that say which right is missing. */
async function closedEntries(): Promise<string[]> {
  await page.getByRole('menu').waitFor()
  return page.getByRole('menu').locator('[title^="You need a permission policy"]').allInnerTexts()
}

/** Visible, so that people learn that it exists, but it leads nowhere. */
async function isClosed(name: string): Promise<boolean> {
  const link = page.getByRole('main').getByRole('link', { name, exact: true }).first()
  return (
    (await link.getAttribute('aria-disabled')) === 'true' &&
    (await link.getAttribute('href')) === null
  )
}
