/** What most tests begin with: a running instance with a world in it, and Ada Miller signed in. */
import type { Browser, Page } from 'playwright-core'
import { openBrowser, openContext, type Storage } from './browser.ts'
import { type Instance, startInstance } from './console.ts'
import { settled, signIn } from './person.ts'
import { makeWorld, type World } from './world.ts'

export type Visit = {
  browser: Browser
  instance: Instance
  world: World
  /** The window in which Ada, an Administrator of the world, is signed in. */
  page: Page
  /** A window of its own, for whoever signed in before or for nobody. */
  openWindow(as: Storage | null): Promise<Page>
  /** Goes to a page inside the organization, and waits until it stands still. */
  open(path: string, on?: Page): Promise<void>
  close(): Promise<void>
}

export async function enterWorld(): Promise<Visit> {
  const [browser, instance] = await Promise.all([openBrowser(), startInstance()])
  const world = await makeWorld(instance)
  const openWindow = async (as: Storage | null) => {
    const context = await openContext(browser, instance.url, as === null ? {} : { storage: as })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return page
  }
  const page = await openWindow(null)
  await signIn(page, world.email, world.password)
  return {
    browser,
    instance,
    world,
    page,
    openWindow,
    async open(path, on = page) {
      await on.goto(`/o/${world.organizationId}${path}`)
      await settled(on)
    },
    async close() {
      await browser.close()
      await instance.close()
    },
  }
}
