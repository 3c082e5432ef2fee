/** The only source of the present instant, in epoch milliseconds. */
export type Clock = { now(): number }

export type ManualClock = Clock & {
  set(instant: string | number): void
  advance(milliseconds: number): void
}

export function systemClock(): Clock {
  return { now: () => Date.now() }
}

/** A clock that stands still until it is told to move; for tests and scenarios. */
export function manualClock(start: string | number): ManualClock {
  let instant = toMilliseconds(start)
  return {
    now: () => instant,
    set: (next) => {
      instant = toMilliseconds(next)
    },
    advance: (milliseconds) => {
      instant += milliseconds
    },
  }
}

function toMilliseconds(instant: string | number): number {
  return typeof instant === 'number' ? instant : Temporal.Instant.from(instant).epochMilliseconds
}
