/** Accounts as people look after them: found among many, ended together, and what happened to one. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { choose } from './browser.ts'
import { settled, signIn } from './person.ts'
import { enterWorld, type Visit } from './visit.ts'
import { PASSWORD, type World } from './world.ts'

let visit: Visit
let world: World
let page: Page

beforeAll(async () => {
  visit = await enterWorld()
  ;({ world, page } = visit)
}, 120_000)
afterAll(() => visit.close())

describe('the activity of an account', () => {
  /** Panels show together, once all have their answers; a click before that finds another page. */
  const drawn = () => page.locator('[data-settled]').first().waitFor()
  const happened = () => page.getByRole('region', { name: 'Activity' }).getByRole('listitem')

  it('tells what became different and who did it, as it happens', async () => {
    const { client, made } = world
    await visit.open(`/accounts/${made.account}`)
    await page.getByRole('tab', { name: 'Activity' }).click()
    await happened().first().waitFor()

    const account = await client.get(`/accounts/${made.account}`)
    await client.put(`/accounts/${made.account}`, {
      ...account,
      emailAddress: 'pay@nimbus.example',
    })

    const change = happened().filter({ hasText: 'Account changed' })
    await change.getByText('pay@nimbus.example').waitFor()
    expect(await change.textContent()).toContain('billing@nimbus.example → pay@nimbus.example')
    await change.getByRole('link', { name: 'Program' }).click()
    await page.waitForURL((url) => url.pathname.includes('/settings/access/service-users/'))
  })

  it('leads to what is still there, and no further than that', async () => {
    const { client, made } = world
    const plan = await client.get(`/plans/${made.plan}`)
    const custom = await client.post('/plans', {
      ...{ planTemplateId: plan.planTemplateId, accountId: made.account },
      ...{ name: 'Short trial', code: 'short_trial' },
    })
    await client.delete(`/plans/${custom.id}`)
    await client.put(`/bills/${made.bill}/status`, { status: 'APPROVED' })

    await visit.open(`/accounts/${made.account}/activity`)
    await drawn()

    const trial = happened().filter({ hasText: 'Short trial' })
    await trial.first().waitFor()
    expect(await trial.allTextContents()).toEqual([
      expect.stringContaining('Custom plan Short trial deleted'),
      expect.stringContaining('Custom plan Short trial created'),
    ])
    await expect(trial.getByRole('link', { name: 'Short trial' }).count()).resolves.toBe(0)
    // Until it is known what is gone, who did it is the only link of a line.
    await happened().filter({ hasText: 'approved' }).getByRole('link', { name: /^INV-/ }).click()
    await page.waitForURL((url) => url.pathname.endsWith(`/billing/bills/${made.bill}`))
  })

  it('tells of prices made for it alone, and of alerts about it', async () => {
    const { client, made } = world
    const shared = await client.get(`/plans/${made.plan}`)
    const custom = await client.post('/plans', {
      ...{ planTemplateId: shared.planTemplateId, accountId: made.account },
      ...{ name: 'Nimbus special', code: 'nimbus_special' },
    })
    const body = {
      ...{ planId: custom.id, aggregationId: made.aggregation },
      ...{ startDate: '2024-01-01T00:00:00Z' },
    }
    const bands = (unitPrice: number) => [{ lowerLimit: 0, fixedPrice: 0, unitPrice }]
    const price = await client.post('/pricings', { ...body, pricingBands: bands(3) })
    const changed = { ...price, pricingBands: bands(2.5), description: 'Agreed in May' }
    await client.put(`/pricings/${price.id}`, changed)
    await visit.open(`/accounts/${made.account}/activity?what=prices`)
    await drawn()

    const told = happened().filter({ hasText: 'Nimbus special' })
    await told.first().waitFor()
    expect(await told.allTextContents()).toEqual([
      expect.stringMatching(
        /^Price of custom plan Nimbus special changed.*3\.00.*→.*2\.50.*Agreed in May/,
      ),
      expect.stringMatching(/^Price of custom plan Nimbus special added.*USD ?3\.00/),
    ])
    await told.first().getByRole('link', { name: 'Price', exact: true }).click()
    await page.waitForURL((url) => url.pathname.endsWith(`/pricings/${price.id}/edit`))

    await client.post('/measurements', {
      measurements: [
        {
          ...{ uid: 'new-1', meter: 'storage', account: 'brand_new' },
          ...{ ts: new Date().toISOString(), where: { region: 'EU' }, measure: { megabytes: 1 } },
        },
      ],
    })
    const [found] = (await client.get('/accounts?codes=brand_new')).data
    await visit.open(`/accounts/${found.id}/activity?what=alerts`)
    await drawn()
    const raised = happened().filter({ hasText: 'brand_new' })
    await raised.getByText('Alert raised').waitFor()
    await raised.getByRole('link', { name: 'Alert' }).click()
    await page
      .getByText(/Give them a name and an e-mail address/)
      .nth(1)
      .waitFor()
  })

  it('is narrowed in the address, so that a link shows the same', async () => {
    await visit.open(`/accounts/${world.made.account}/activity`)
    await drawn()

    await page.getByRole('button', { name: 'Kind', exact: true }).click()
    await page.getByRole('button', { name: 'Plans', exact: true }).click()

    await happened().filter({ hasText: 'Account changed' }).waitFor({ state: 'detached' })
    expect(new URL(page.url()).searchParams.get('what')).toBe('plans')
    await page.reload()
    await happened().first().waitFor()
    for (const text of await happened().allTextContents()) expect(text).toMatch(/plan/i)
  })

  it('is closed to who may not read events', async () => {
    const { client, made, organizationId } = world
    const email = 'accounts@harbour.example'
    const { userId: principalId = '' } = await visit.instance.admin(
      ...['user', 'create', '--organization', organizationId, '--email', email],
      ...['--first-name', 'Abe', '--last-name', 'Counts', '--password', PASSWORD],
      ...['--policy', 'ReadOnly'],
    )
    const { data } = await client.get('/permissionpolicies')
    const all = data.find(({ name }: { name: string }) => name === 'ReadOnly')
    const own = await client.post('/permissionpolicies', {
      name: 'Readers of accounts',
      permissionPolicy: [
        { effect: 'ALLOW', action: ['config:retrieve'], resource: ['config:account'] },
      ],
    })
    await client.post(`/permissionpolicies/${own.id}/addtouser`, { principalId })
    await client.post(`/permissionpolicies/${all.id}/removefromuser`, { principalId })
    const theirs = await visit.openWindow(null)
    await signIn(theirs, email, PASSWORD)

    await theirs.goto(`/o/${organizationId}/accounts/${made.account}`)
    await settled(theirs)
    const tabs = await theirs.getByRole('tab').allInnerTexts()
    await theirs.goto(`/o/${organizationId}/accounts/${made.account}/activity`)
    await theirs.getByText('config:retrieve on config:event').first().waitFor()
    await theirs.close()

    expect(tabs).toContain('Bills')
    expect(tabs).not.toContain('Activity')
  })
})

describe('a plan on an account', () => {
  it('has a page that says since when, at which prices, and who attached it', async () => {
    const { made } = world
    await visit.open(`/accounts/${made.account}/plans`)
    await page.getByRole('table', { name: 'Plans' }).getByRole('link', { name: 'Standard' }).click()

    await page.waitForURL((url) => url.pathname.endsWith(`/plans/${made.accountPlan}`))
    await settled(page)
    await page.getByRole('heading', { level: 1, name: 'Standard' }).waitFor()
    await page.getByRole('region', { name: 'Prices' }).getByText('Stored gigabytes').waitFor()
    const attached = await world.client.get(`/accountplans/${made.accountPlan}`)
    await world.client.put(`/accountplans/${made.accountPlan}`, { ...attached, code: 'first' })
    await page.reload()
    await page.getByText('first', { exact: true }).first().waitFor()
    await expect.poll(() => page.getByRole('link', { name: 'Program' }).count()).toBe(2)
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.waitForURL((url) => url.pathname.endsWith(`/${made.accountPlan}/edit`))
  })
})

describe('the bills of an account', () => {
  it('are selected and calculated again from its page', async () => {
    const { made, client } = world
    const before = await client.get(`/bills/${made.bill}`)
    await visit.open(`/accounts/${made.account}/bills`)
    await page.getByRole('checkbox', { name: 'Select row' }).first().check()
    await page.getByRole('toolbar', { name: 'Selected rows' }).getByText('1 selected').waitFor()
    await page.getByRole('button', { name: 'Recalculate' }).click()
    const again = page.getByRole('dialog').getByRole('button', { name: 'Recalculate' })
    if (before.status === 'APPROVED') await again.click()
    await page.getByText('Recalculation started; see Running Tasks').waitFor()
    await expect
      .poll(async () => (await client.get(`/bills/${made.bill}`)).lastCalculatedDate)
      .not.toBe(before.lastCalculatedDate)
  })
})

describe('the list of accounts', () => {
  const listed = () =>
    page.getByRole('table', { name: 'Accounts' }).locator('[data-list-row] [data-first]')
  const asked = (path: string) =>
    page.waitForRequest((request) => decodeURIComponent(request.url()).includes(path))

  it('asks the server for what search box and filters say, and keeps it in the address', async () => {
    const { client } = world
    const body = (name: string, code: string, own: object) => ({
      ...{ name, code, emailAddress: `${code}@example.com` },
      ...own,
    })
    await client.post('/accounts', body('Birch Systems', 'birch', { purchaseOrderNumber: 'PO-77' }))
    await client.post(
      '/accounts',
      body('Birch Europe', 'birch_eu', { purchaseOrderNumber: 'PO-78', currency: 'EUR' }),
    )
    await visit.open('/accounts')

    await page.getByRole('button', { name: 'PO number', exact: true }).click()
    await page.getByLabel('Start of the PO number').fill('po-7')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Currency', exact: true }).first().click()
    // Birch Systems says none, and is billed in that of the organization.
    const request = asked('purchaseOrderNumber~po-7')
    await page.getByRole('button', { name: 'USD', exact: true }).click()
    expect(decodeURIComponent((await request).url())).toContain('billingCurrency:USD')

    await expect.poll(() => listed().allTextContents()).toEqual(['Birch Systems'])
    await page.reload()
    await settled(page)
    expect(await listed().allTextContents()).toEqual(['Birch Systems'])
  })

  it('shows its search as an expression, which can be written by hand', async () => {
    await visit.open('/accounts?purchaseOrderNumber=PO-7&q=bir')
    await page.getByRole('button', { name: 'Advanced search' }).click()
    const expression = page.getByLabel('Search expression')
    expect(await expression.inputValue()).toBe('words~bir$purchaseOrderNumber~PO-7')

    await expression.fill('purchaseOrderNumber>=po-78')
    await page.getByRole('button', { name: 'Search', exact: true }).click()

    await expect.poll(() => listed().allTextContents()).toEqual(['Birch Europe'])
    const { searchParams } = new URL(page.url())
    expect([...searchParams.keys()]).toEqual(['expression'])
    await expression.fill('colour:red')
    await page.keyboard.press('Enter')
    await page.getByText('"colour" cannot be searched. Use one of name').waitFor()
  })
})

describe('a plan for many accounts', () => {
  it('is attached to all that can take it, and the others are named with the reason', async () => {
    const { client } = world
    const made = await Promise.all(
      ['Fern Freight', 'Fern Foods'].map((name) =>
        client.post('/accounts', {
          ...{ name, code: name.toLowerCase().replace(' ', '_') },
          emailAddress: 'pay@fern.example',
        }),
      ),
    )
    const [taken, free] = made
    await client.post('/accountplans', {
      ...{ accountId: taken.id, planId: world.made.plan, startDate: '2024-01-01T00:00:00Z' },
    })
    await visit.open('/accounts?q=fern')
    await expect.poll(() => page.locator('[data-list-row]').count()).toBe(2)
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await page.getByRole('button', { name: 'Attach plan' }).click()
    const dialog = page.getByRole('dialog', { name: 'Attach a plan to 2 accounts' })
    await dialog.getByRole('button', { name: 'Attach plan' }).click()
    await dialog.getByText('Choose a plan.').waitFor()
    await choose(page, dialog.getByRole('combobox', { name: 'Plan' }), /^Standard/)
    await dialog.getByRole('button', { name: 'Attach plan' }).click()

    const left = page.getByRole('table', { name: 'Accounts that did not take the plan' })
    await left.getByText('Fern Freight').waitFor()
    await expect(left.getByRole('row').count()).resolves.toBe(1)
    const { data } = await client.get(`/accountplans?account=${free.id}`)
    expect(data).toMatchObject([{ planId: world.made.plan }])
  })
})

describe('ending many accounts', () => {
  it('says beforehand what follows, and afterwards what needs somebody', async () => {
    const { client, made } = world
    const { planId } = await client.get(`/accountplans/${made.accountPlan}`)
    const body = (name: string, code: string) => ({ name, code, emailAddress: `${code}@e.example` })
    const late = await client.post('/accounts', body('Zeta Late', 'zeta_late'))
    await client.post('/accounts', body('Zeta Nothing', 'zeta_nothing'))
    const runs = await client.post('/accounts', body('Zeta Runs', 'zeta_runs'))
    const startDate = '2024-01-01T00:00:00Z'
    const ending = await client.post('/accountplans', { accountId: runs.id, planId, startDate })
    await client.post('/accountplans', {
      ...{ accountId: late.id, planId },
      startDate: '2999-01-01T00:00:00Z',
    })

    await visit.open('/accounts?q=zeta')
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await page.getByRole('button', { name: 'End-date', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'End-date 3 accounts' })
    await dialog.getByRole('button', { name: 'Today' }).click()
    await dialog.getByText('1 plan of 1 account ends on').waitFor()
    await dialog.getByText('Standard starts on').waitFor()
    const told = dialog.getByRole('row')
    expect(await told.allTextContents()).toEqual([
      expect.stringMatching(/^Zeta Late.*Standard starts on .* or later/),
      expect.stringMatching(/^Zeta Runs.*Standard$/),
      expect.stringMatching(/^Zeta Nothing.*nothing to end$/),
    ])
    expect((await client.get(`/accountplans/${ending.id}`)).endDate).toBeUndefined()
    await dialog.getByRole('button', { name: 'End 1 plan' }).click()

    await dialog.getByRole('button', { name: 'Close', exact: true }).last().waitFor()
    const { endDate } = await client.get(`/accountplans/${ending.id}`)
    expect(Date.parse(endDate)).toBeLessThanOrEqual(Date.now())
    await told.getByRole('link', { name: 'Zeta Late' }).click()
    await page.waitForURL((url) => url.pathname.endsWith(`/accounts/${late.id}/plans`))
  })

  it('keeps the selection of who lets it be', async () => {
    await visit.open('/accounts?q=zeta')
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await page.getByRole('button', { name: 'End-date', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText('3 selected').waitFor()
  })
})
