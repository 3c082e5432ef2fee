/**
 * What the gate looked up a moment ago. A change made in this process forgets everything at once;
 * other processes notice within the keeping time.
 */
import type { Database } from '../../kit/postgres/database.ts'

const KEPT_MS = 2_000
const ENTRIES_MAX = 10_000

export type AccessCache = {
  get<Value>(key: string, find: () => Promise<Value>): Promise<Value>
  forget(): void
}

const caches = new WeakMap<Database, AccessCache>()

export function accessOf(database: Database): AccessCache {
  const known = caches.get(database)
  if (known !== undefined) return known
  const cache = createCache()
  caches.set(database, cache)
  return cache
}

function createCache(): AccessCache {
  let entries = new Map<string, { value: Promise<unknown>; until: number }>()
  return {
    get<Value>(key: string, find: () => Promise<Value>): Promise<Value> {
      // Real time, not the clock of the domain, which may stand still.
      const now = performance.now()
      const entry = entries.get(key)
      if (entry !== undefined && entry.until > now) return entry.value as Promise<Value>
      if (entries.size >= ENTRIES_MAX) entries = new Map()
      const value = find()
      entries.set(key, { value, until: now + KEPT_MS })
      value.catch(() => entries.delete(key))
      return value
    },
    forget() {
      entries = new Map()
    },
  }
}
