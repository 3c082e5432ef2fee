/** Who may do what, and who did what: the pages of people and programs. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const panel = (name: string) => page.getByRole('region', { name, exact: true })

describe('the page of a person', () => {
  it('tells of an administrator that everything is allowed, and by what', async () => {
    await visit.open(`/settings/access/users/${world.userId}`)
    await panel('Effective permissions').getByText('Administrator allows it').waitFor()
  })

  it('tells of others what each policy comes to, and changes with them', async () => {
    const { userId = '' } = await visit.instance.admin(
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
    await visit.open(`/settings/access/users/${userId}`)
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
    await visit.open(`/settings/access/service-users/${world.made.program}`)
    const activity = panel('Recent activity')
    await activity.getByText(/^Made product/).waitFor()
    await activity.getByRole('link', { name: 'Vector storage' }).click()
    await page.getByRole('heading', { level: 1, name: 'Vector storage' }).waitFor()
  })
})
