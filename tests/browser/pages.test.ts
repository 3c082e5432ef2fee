/** Every page of the Console, in both themes and wide and narrow: nothing fails, nothing overflows, everybody can use it. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressesOf, routePatterns } from './addresses.ts'
import { listenForTrouble, type Trouble } from './browser.ts'
import type { Instance } from './console.ts'
import { settled } from './person.ts'
import { enterWorld, type Visit } from './visit.ts'
import type { World } from './world.ts'

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }

let visit: Visit
let instance: Instance
let world: World
let page: Page
let trouble: Trouble

beforeAll(async () => {
  visit = await enterWorld()
  ;({ instance, world, page } = visit)
  await page.addInitScript(noteJumps)
  await settled(page)
  trouble = listenForTrouble(page)
}, 120_000)
afterAll(() => visit.close())

const { inside, outside } = routePatterns()

describe('a page inside an organization', () => {
  it.each(inside)('%s works for everybody, everywhere', async (pattern) => {
    const found: string[] = []
    for (const address of addressesOf(pattern, world.made)) {
      found.push(
        ...(await faultsOf(`/o/${world.organizationId}${address}`)).map(
          (fault) => `${address}: ${fault}`,
        ),
      )
    }
    expect(found, instance.output()).toEqual([])
  })

  it('that shows an opened bill line works for everybody, everywhere', async () => {
    const bill = await world.client.get(`/bills/${world.made.bill}`)
    const found: string[] = []
    for (const { id } of bill.lineItems) {
      found.push(
        ...(await faultsOf(`/o/${world.organizationId}/billing/bills/${bill.id}?line=${id}`)),
      )
    }
    expect(found, instance.output()).toEqual([])
  })
})

describe('a page outside organizations', () => {
  it.each(outside)('%s works for everybody, everywhere', async (pattern) => {
    // A link that has ended is refused by the server, and the page says so.
    const found = await faultsOf(
      pattern.replace('$token', 'an-ended-link'),
      pattern.includes('$token'),
    )
    expect(found, instance.output()).toEqual([])
  })
})

describe('a page of the guides', () => {
  it.each([
    '/docs',
    '/docs/guides/getting-started',
    '/docs/guides/calculation-language',
    '/docs?q=band',
  ])('%s works for everybody, everywhere', async (address) => {
    expect(await faultsOf(address), instance.output()).toEqual([])
  })
})

/** All that is wrong with the page at that address; nothing when all is well. */
async function faultsOf(address: string, isRefused = false): Promise<string[]> {
  trouble.take()
  await page.setViewportSize(WIDE)
  await follow('light')
  await page.goto(address)
  await settled(page)
  const faults = [
    ...(await headingFaults()),
    ...(await jumpFaults()),
    ...(await overflow('wide')),
    ...(await focusFaults()),
    ...(await axe('light')),
  ]
  await follow('dark')
  faults.push(...(await axe('dark', ['color-contrast'])))
  await page.setViewportSize(NARROW)
  await settled(page)
  faults.push(...(await overflow('narrow')), ...(await axe('dark, narrow')))
  const heard = trouble.take()
  return [...faults, ...(isRefused ? heard.filter((each) => !/\b40[0-9]\b/.test(each)) : heard)]
}

/** The Console follows the system a moment after it has changed; the guides when they are loaded. */
async function follow(colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  if (new URL(page.url()).pathname.startsWith('/docs')) await page.reload()
  await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
}

async function headingFaults(): Promise<string[]> {
  const title = await page.title()
  const headings = await page.locator('h1').count()
  return [
    ...(/^.+ · Countinghouse$/.test(title) ? [] : [`its title is "${title}"`]),
    ...(headings === 1 ? [] : [`it has ${headings} first headings`]),
  ]
}

declare global {
  interface Window {
    jumps: { value: number; what: string }[]
  }
}

type Shift = PerformanceEntry & { value: number; sources?: { node?: Node }[] }

/** Runs in the page before its own scripts. */
function noteJumps(): void {
  window.jumps = []
  const observer = new PerformanceObserver((list) => {
    for (const { value, sources = [] } of list.getEntries() as Shift[]) {
      const what = sources.map(({ node }) => node?.textContent?.slice(0, 40)).join(' | ')
      window.jumps.push({ value, what })
    }
  })
  observer.observe({ type: 'layout-shift', buffered: true })
}

/** The share of the window that moved, times how far; people begin to lose their place at a tenth. */
const JUMPS_MAX = 0.1

async function jumpFaults(): Promise<string[]> {
  const jumps = await page.evaluate(() => window.jumps)
  const sum = jumps.reduce((total, { value }) => total + value, 0)
  if (sum <= JUMPS_MAX) return []
  return [`jumps by ${sum.toFixed(2)} while it loads: ${jumps.map(({ what }) => what).join('; ')}`]
}

async function overflow(look: string): Promise<string[]> {
  const beyond = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (
      document.documentElement.scrollWidth <= width &&
      (document.querySelector('#main')?.scrollWidth ?? 0) <=
        (document.querySelector('#main')?.clientWidth ?? 0)
    )
      return []
    return [...document.querySelectorAll('body *')]
      .filter((each) => each.getBoundingClientRect().right > width + 1)
      .slice(0, 4)
      .map((each) => `${each.tagName}.${each.className} ${each.textContent?.slice(0, 40)}`)
  })
  return beyond.length === 0 ? [] : [`${look}: scrolls sideways because of ${beyond.join(' | ')}`]
}

/** What Tab reaches must look different from what it looks like at rest. */
async function focusFaults(): Promise<string[]> {
  const faults: string[] = []
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Tab')
    const fault = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null
      if (focused === null || focused === document.body) return 'end'
      // Some inputs show it on the frame that they stand in.
      const frames = [focused, focused.parentElement, focused.parentElement?.parentElement]
      const look = () =>
        frames
          .flatMap((each) => {
            if (!each) return []
            const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(each)
            return [outline, boxShadow, borderColor, backgroundColor]
          })
          .join()
      const seen = look()
      focused.blur()
      const changes = look() !== seen
      focused.focus()
      return changes ? null : `the focus is not seen on ${focused.outerHTML.slice(0, 120)}`
    })
    // A short page ends, and the focus goes on in the browser's own bar.
    if (fault === 'end') return step === 0 ? ['Tab reaches nothing'] : faults
    if (fault !== null) faults.push(fault)
  }
  return [...new Set(faults)]
}

async function axe(look: string, rules?: string[]): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations } = await (rules ? builder.withRules(rules) : builder).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map(
        (node) =>
          `${look}: ${id} (${help}) at ${node.target.join(' ')}: ${node.html.slice(0, 160)} ${node.any[0]?.message.slice(0, 140) ?? ''}`,
      ),
  )
}
