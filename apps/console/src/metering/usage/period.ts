/** The last days as a question about usage, in UTC as the explorer counts. */
export const DAY_MS = 86_400_000

export function lastDays(days: number, nowMs: number): { startDate: string; endDate: string } {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS
  return {
    startDate: new Date(today - (days - 1) * DAY_MS).toISOString(),
    endDate: new Date(today + DAY_MS).toISOString(),
  }
}
