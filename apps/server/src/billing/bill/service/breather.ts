import { setImmediate as nextTurn } from 'node:timers/promises'

/** Long calculations call it between two items: after a while it lets requests have a turn. */
export function breather(millisecondsMax = 10): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < millisecondsMax) return
    await nextTurn()
    since = performance.now()
  }
}
