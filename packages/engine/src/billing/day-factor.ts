import type { Fraction } from '../money/fraction.ts'
import { type Day, daysBetween, earlierDay, laterDay } from '../time/calendar.ts'
import { activeShare, type Period, type Schedule, subPeriods } from '../time/period.ts'
import type { ExplainedFactor } from './explanation.ts'

export type DayFactor = { value: Fraction; explained: ExplainedFactor }

/** Active days over days of the period, with the days for people. January from the 15th on: 17/31. */
export function dayFactor(
  schedule: Schedule,
  period: Period,
  days: { from: Day; to: Day | null },
): DayFactor {
  const value = activeShare(schedule, period, days.from, days.to)
  const from = laterDay(days.from, period.start)
  const to = days.to === null ? period.end : earlierDay(days.to, period.end)
  const parts = subPeriods(schedule, period).map(({ start, end }) => ({
    from: start,
    to: end,
    activeDays: Math.max(0, daysBetween(laterDay(from, start), earlierDay(to, end))),
    days: daysBetween(start, end),
  }))
  const [numerator, denominator] = [value.numerator.toString(), value.denominator.toString()]
  return { value, explained: { numerator, denominator, parts } }
}
