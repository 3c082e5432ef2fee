/**
 * After an upgrade an open tab still runs the Console of before, and parts it has not loaded yet are
 * gone from the server. The tab says so, and whatever page comes next is loaded whole.
 */
import { checkReachable } from '../kit/api/reachable.ts'
import { RequestFailure } from '../kit/api/request-failure.ts'
import { signal } from '../kit/signal.ts'

const RENEWED = 'countinghouse-renewed'

export const isNewerReady = signal(false)

/** Compares what the server hands out with what runs here. */
export async function lookForNewerVersion(): Promise<void> {
  const running = document.querySelector('script[type="module"]')?.getAttribute('src')
  try {
    const answer = await fetch('/', { headers: { Accept: 'text/html' }, cache: 'no-store' })
    if (answer.ok && running && !(await answer.text()).includes(running)) isNewerReady.set(true)
  } catch {
    // No answer is no newer version; the notice about the server says enough.
  }
}

export function loadNewerVersion(address = window.location.href): void {
  sessionStorage.setItem(RENEWED, 'yes')
  if (address === window.location.href) window.location.reload()
  else window.location.assign(address)
}

/** True once, in the first page after a renewal. */
export function takeRenewal(): boolean {
  const was = sessionStorage.getItem(RENEWED) !== null
  sessionStorage.removeItem(RENEWED)
  return was
}

/** Loads a part of the Console with the styles it may need; one that is missing says why in words for people. */
export async function loadPart<Module>(
  load: () => Promise<Module>,
  { isFirst = false } = {},
): Promise<Module> {
  try {
    const [part] = await Promise.all([load(), isFirst || import('./mantine-rest.css')])
    return part
  } catch {
    await Promise.all([lookForNewerVersion(), checkReachable()])
    throw new RequestFailure({
      status: 0,
      code: 'CONNECTION',
      message: isNewerReady.get()
        ? 'The Console was renewed on the server. Load it again to go on.'
        : 'This part of the Console could not be loaded. Try again when the server answers.',
    })
  }
}
