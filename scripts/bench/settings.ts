/** How much the bench does: the full run, or a quick look. */

export type Settings = {
  rounds: number
  secondsPerRound: number
  usageEvents: number
  usageAccounts: number
  /** Sizes of the bill runs, small one first. */
  billAccounts: [number, number]
  /** Events of each account that is billed. */
  billEventsEach: number
}

export const FULL: Settings = {
  rounds: 3,
  secondsPerRound: 4,
  usageEvents: 10_000_000,
  usageAccounts: 1000,
  billAccounts: [10_000, 100_000],
  billEventsEach: 10,
}

export const QUICK: Settings = {
  rounds: 3,
  secondsPerRound: 1.5,
  usageEvents: 500_000,
  usageAccounts: 1000,
  billAccounts: [1000, 5000],
  billEventsEach: 10,
}

/** Events of the bench lie in the last whole month before today, which is also the month billed. */
export function lastMonth(now: number): {
  from: number
  to: number
  firstDay: string
  lastDay: string
} {
  const first = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('UTC')
    .with({ day: 1 })
    .startOfDay()
    .subtract({ months: 1 })
  const end = first.add({ months: 1 })
  return {
    from: first.epochMilliseconds,
    to: end.epochMilliseconds,
    firstDay: first.toPlainDate().toString(),
    lastDay: end.toPlainDate().subtract({ days: 1 }).toString(),
  }
}
