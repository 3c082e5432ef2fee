/**
 * Slows down guessing: after ten failures for an address and a caller within a quarter of an hour,
 * each further try waits longer (organization 6.2). Kept in memory: a restart forgives.
 */

import { TooManyRequestsError } from '../../kit/errors.ts'
import type { Database } from '../../kit/postgres/database.ts'

const WINDOW_MS = 15 * 60_000
const FREE_FAILURES = 10
const WAIT_MAX_SECONDS = 900
const ENTRIES_MAX = 50_000

type Failures = { count: number; lastAt: number }

export type Throttle = {
  /** 429 while the caller has to wait. */
  check(email: string, address: string): void
  /** Answers how many failures there were within the window. */
  fail(email: string, address: string): number
  succeed(email: string, address: string): void
}

const throttles = new WeakMap<Database, Throttle>()

export function throttleOf(database: Database): Throttle {
  const known = throttles.get(database)
  if (known !== undefined) return known
  const throttle = createThrottle(() => performance.now())
  throttles.set(database, throttle)
  return throttle
}

export function createThrottle(now: () => number): Throttle {
  const entries = new Map<string, Failures>()
  const keyOf = (email: string, address: string) => `${email.toLowerCase()}\n${address}`
  const current = (key: string): Failures | undefined => {
    const found = entries.get(key)
    if (found !== undefined && now() - found.lastAt > WINDOW_MS) entries.delete(key)
    return entries.get(key)
  }
  return {
    check(email, address) {
      const failures = current(keyOf(email, address))
      if (failures === undefined || failures.count < FREE_FAILURES) return
      const wait = Math.min(2 ** (failures.count - FREE_FAILURES + 1), WAIT_MAX_SECONDS)
      const left = Math.ceil(wait - (now() - failures.lastAt) / 1000)
      if (left <= 0) return
      throw new TooManyRequestsError(
        `Too many failed sign-ins. Try again in ${left} ${left === 1 ? 'second' : 'seconds'}, or set a new password.`,
        left,
      )
    },
    fail(email, address) {
      const key = keyOf(email, address)
      if (entries.size >= ENTRIES_MAX) entries.clear()
      const count = (current(key)?.count ?? 0) + 1
      entries.set(key, { count, lastAt: now() })
      return count
    },
    succeed(email, address) {
      entries.delete(keyOf(email, address))
    },
  }
}
