/** A real Chromium for the tests, and an eye on everything that goes wrong inside it. */
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { ensureChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/chromium.ts'

export type Theme = 'light' | 'dark'

type Look = { theme?: Theme; width?: number; height?: number; storage?: Storage }

/** Cookies and local storage of somebody who signed in before. */
export type Storage = Awaited<ReturnType<BrowserContext['storageState']>>

export async function openBrowser(): Promise<Browser> {
  const executablePath = ensureChromium()
  if (executablePath === null) throw new Error(HOW_TO_GET_CHROMIUM)
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/**
 * A window of its own. It stands in a zone far from the organization's, so that a page that mixes
 * the two up shows the wrong day.
 */
export function openContext(
  browser: Browser,
  baseURL: string,
  { theme = 'light', width = 1440, height = 900, storage }: Look = {},
): Promise<BrowserContext> {
  return browser.newContext({
    baseURL,
    colorScheme: theme,
    viewport: { width, height },
    timezoneId: 'Pacific/Auckland',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...(storage && { storageState: storage }),
  })
}

export type Trouble = {
  /** What went wrong since the last call. */
  take(): string[]
}

/** Hears errors in the console (refusals by the content security policy among them), crashes, and failed requests. */
export function listenForTrouble(page: Page): Trouble {
  let heard: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      heard.push(`${message.type()}: ${message.text()}`)
    }
  })
  page.on('pageerror', (error) => heard.push(`crash: ${error.message}`))
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? ''
    // A page that is left gives up on what it was still loading.
    if (reason !== 'net::ERR_ABORTED') heard.push(`${reason}: ${request.url()}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`)
  })
  return {
    take() {
      const all = heard
      heard = []
      return all
    },
  }
}

/** The input of a form field; forms name them after the field of the API. */
export function field(within: Page | Locator, name: string): Locator {
  return within.locator(`[id="field-${name}"]`)
}

/** Picks from a list that drops down, with the mouse. */
export async function choose(page: Page, input: Locator, option: string | RegExp): Promise<void> {
  await input.click()
  await page.getByRole('option', { name: option }).first().click()
}
