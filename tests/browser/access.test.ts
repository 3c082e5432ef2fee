/** Who may do what, and who did what: the pages of people and programs. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openContext } from './browser.ts'
import { type Instance, startInstance } from './console.ts'
import { settled, signIn } from './person.ts'
import { makeWorld, PASSWORD, type World } from './world.ts'

let browser: Browser
let instance: Instance
let world: World
let context: BrowserContext
let page: Page

beforeAll(async () => {
  ;[browser, instance] = await Promise.all([openBrowser(), startInstance()])
  world = await makeWorld(instance)
  context = await openContext(browser, instance.url)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await signIn(page, world.email, PASSWORD)
}, 120_000)

afterAll(async () => {
  await browser.close()
  await instance.close()
})

async function visit(path: string): Promise<void> {
  await page.goto(`/o/${world.organizationId}/settings/access/${path}`)
  await settled(page)
}

const panel = (name: string) => page.getByRole('region', { name, exact: true })

describe('the page of a person', () => {
  it('tells of an administrator that everything is allowed, and by what', async () => {
    await visit(`users/${world.userId}`)
    await panel('Effective permissions').getByText('Administrator allows it').waitFor()
  })

  it('tells of others what each policy comes to, and changes with them', async () => {
    const { userId = '' } = await instance.admin(
      ...[
        'user',
        'create',
        '--organization',
        world.organizationId,
        '--email',
        'rea@harbour.example',
      ],
      ...['--first-name', 'Rea', '--last-name', 'Reader', '--policy', 'ReadOnly'],
    )
    await visit(`users/${userId}`)
    const meters = panel('Effective permissions').getByRole('row', { name: /Meters/ })
    await meters.getByRole('img', { name: 'Allowed, by ReadOnly' }).waitFor()
    expect(await meters.getByRole('img', { name: 'Not allowed' }).count()).toBe(3)

    await page.getByRole('button', { name: 'Add permission policies' }).click()
    await page.getByRole('menuitem', { name: 'Pricing manager' }).click()
    await panel('Effective permissions')
      .getByRole('row', { name: /\bPlans\b/ })
      .getByRole('img', { name: 'Allowed, by Pricing manager' })
      .first()
      .waitFor()
    await panel('Recent activity').getByText('Nothing in the last 28 days').waitFor()
  })
})

describe('the page of a program', () => {
  it('lists what it did, the newest first, and leads there', async () => {
    await visit(`service-users/${world.made.program}`)
    const activity = panel('Recent activity')
    await activity.getByText(/^Made product/).waitFor()
    await activity.getByRole('link', { name: 'Vector storage' }).click()
    await page.getByRole('heading', { level: 1, name: 'Vector storage' }).waitFor()
  })
})
