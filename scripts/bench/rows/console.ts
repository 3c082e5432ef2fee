/** Row 7: what the browser has to load for a first page, and when the Dashboard can be used. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { ensureChromium, HOW_TO_GET_CHROMIUM } from '../../chromium.ts'
import type { Bench } from '../bench-context.ts'
import { medians } from '../rounds.ts'
import type { Row } from '../table.ts'

const ROUNDS = 3
const PATIENCE_MS = 30_000
/** Stands there when a new person's data has arrived, not only the frame. */
const DASHBOARD = 'No account visited yet'

type Load = { bytes: number; milliseconds: number }
type Session = Awaited<ReturnType<BrowserContext['storageState']>>

export async function consoleLoad(bench: Bench): Promise<Row[]> {
  const executablePath = ensureChromium()
  if (executablePath === null) throw new Error(HOW_TO_GET_CHROMIUM)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const blank = await startBlankPage()
  try {
    const session = await signIn(browser, await bench.ours.signInLink())
    const console = `http://127.0.0.1:${bench.ours.port}/`
    const bytes: number[] = []
    const [bareMs = 0, oursMs = 0] = await medians(ROUNDS, [
      async () => (await loadOf(browser, blank.url, 'Blank')).milliseconds,
      async () => {
        const load = await loadOf(browser, console, DASHBOARD, session)
        bytes.push(load.bytes)
        return load.milliseconds
      },
    ])
    return [
      {
        number: '7a',
        title: 'Console: compressed bytes of the first load',
        unit: 'kB',
        ours: Math.max(...bytes) / 1000,
        baselines: [],
        better: 'less',
      },
      {
        number: '7b',
        title: 'Console: from the address to a usable Dashboard, nothing cached',
        unit: 'ms',
        ours: oursMs,
        baselines: [{ name: 'a blank page', value: bareMs }],
        better: 'less',
      },
    ]
  } finally {
    blank.stop()
    await browser.close()
  }
}

async function signIn(browser: Browser, link: string): Promise<Session> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(link, { timeout: PATIENCE_MS })
    await page.getByRole('button', { name: 'Open Countinghouse' }).click({ timeout: PATIENCE_MS })
    await page.getByText(DASHBOARD).waitFor({ timeout: PATIENCE_MS })
    return await context.storageState()
  } finally {
    await context.close()
  }
}

/** Each load in a fresh context: signed in, but nothing is in the cache. */
async function loadOf(
  browser: Browser,
  url: string,
  usable: string,
  session?: Session,
): Promise<Load> {
  const context = await browser.newContext(session ? { storageState: session } : {})
  try {
    const page = await context.newPage()
    const protocol = await context.newCDPSession(page)
    let bytes = 0
    await protocol.send('Network.enable')
    protocol.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    const start = performance.now()
    await page.goto(url, { timeout: PATIENCE_MS, waitUntil: 'commit' })
    await page.getByText(usable).first().waitFor({ timeout: PATIENCE_MS })
    return { bytes, milliseconds: performance.now() - start }
  } finally {
    await context.close()
  }
}

async function startBlankPage(): Promise<{ url: string; stop(): void }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Empty</title><h1>Blank</h1>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
