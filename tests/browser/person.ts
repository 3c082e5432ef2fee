/** What people do everywhere: sign in, wait until a page stands still. */
import type { Page } from 'playwright-core'

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('Email address').fill(email)
  await page.locator('input[type=password]').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/login'))
}

/** The page has its heading and nothing in it is still loading or moving. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isLoading = document.querySelector(
      '.mantine-Skeleton-root, [aria-busy="true"], [data-loading="true"]',
    )
    const heading = document.querySelector('h1')?.textContent ?? ''
    return heading !== '' && heading !== '…' && isLoading === null
  })
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null))),
  )
}
