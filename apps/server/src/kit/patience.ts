/** Waiting for what another process is just letting go of. */
import { setTimeout as pause } from 'node:timers/promises'

export type Patience = {
  waitMs: number
  retryMs: number
  /** Once, where the first attempt was in vain. */
  tell(): void
  /** Thrown when the time is over. */
  refusal(): Error
}

/** What the attempt gives; null means that it is taken still. */
export async function untilFree<T>(
  attempt: () => Promise<T | null>,
  { waitMs, retryMs, tell, refusal }: Patience,
): Promise<T> {
  const deadline = performance.now() + waitMs
  for (let isFirst = true; ; isFirst = false) {
    const taken = await attempt()
    if (taken !== null) return taken
    if (performance.now() > deadline) throw refusal()
    if (isFirst) tell()
    await pause(retryMs)
  }
}
