/**
 * Does the server answer? Every call tells; once one got no answer at all, the server is asked every
 * other second until it is back. Pages are told by `isReachable`, the cache waits meanwhile.
 */
import { signal } from '../signal.ts'

const PAUSE_MS = 2000

export const isReachable = signal(true)

export function noteAnswer(): void {
  isReachable.set(true)
}

export function noteSilence(): void {
  if (!isReachable.get()) return
  isReachable.set(false)
  window.setTimeout(() => void askAgain(), PAUSE_MS)
}

/** For when something else than a call went silent, such as the stream of changes. */
export async function checkReachable(): Promise<void> {
  if (!(await isAnswering())) noteSilence()
}

async function askAgain(): Promise<void> {
  if (await isAnswering()) isReachable.set(true)
  else if (!isReachable.get()) window.setTimeout(() => void askAgain(), PAUSE_MS)
}

async function isAnswering(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok
  } catch {
    return false
  }
}
