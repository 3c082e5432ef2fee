import { add, type Fraction, fraction, zeroFraction } from '../money/fraction.ts'
import {
  addSteps,
  type Day,
  daysBetween,
  earlierDay,
  type Frequency,
  laterDay,
  monthsBetween,
} from './calendar.ts'

/** How bills follow each other: every `interval` units, aligned to the epoch, the first bill date. */
export type Schedule = { frequency: Frequency; interval: number; epoch: Day }

/**
 * [start, end), from the point of view of something active from a certain day: `index` is 0 in its
 * first period and negative before. A first period that begins before the epoch is `extended`: it
 * runs from the active day to the epoch, however long (billing 3.3).
 */
export type Period = { start: Day; end: Day; index: number; extended: boolean }

/** 27 years of days: more would keep everybody else waiting, and nobody could follow the sum. */
const MOST_SUB_PERIODS = 10_000

export type DayRange = { start: Day; end: Day }

/** Boundary number k: the epoch is number 0, numbers below continue backwards. */
export function boundary(schedule: Schedule, k: number): Day {
  return addSteps(schedule.epoch, schedule.frequency, k * schedule.interval)
}

/**
 * The period that is billed on the day `end`, or null if no bill is due then: `end` is no boundary,
 * or lies before the epoch. An answer with a negative index ends before the activity begins; only a
 * charge in advance makes a bill of it (billing 6.3).
 */
export function periodEndingOn(schedule: Schedule, end: Day, activeFrom: Day): Period | null {
  if (end < schedule.epoch) return null
  const k = boundaryAtOrBefore(schedule, end)
  if (boundary(schedule, k) !== end) return null
  return periodNumber(schedule, k - 1, activeFrom)
}

/** The period in which the day lies; null before an extended first period, which has none before it. */
export function periodContaining(schedule: Schedule, day: Day, activeFrom: Day): Period | null {
  if (day < activeFrom && activeFrom < schedule.epoch) return null
  const k = boundaryAtOrBefore(schedule, day)
  return periodNumber(schedule, isExtendedBefore(schedule, day, activeFrom) ? -1 : k, activeFrom)
}

/** The first period of something active from that day. */
export function firstPeriod(schedule: Schedule, activeFrom: Day): Period {
  const k = activeFrom < schedule.epoch ? -1 : boundaryAtOrBefore(schedule, activeFrom)
  return periodNumber(schedule, k, activeFrom)
}

export function nextPeriod(schedule: Schedule, period: Period): Period {
  const k = boundaryAtOrBefore(schedule, period.end)
  return {
    start: period.end,
    end: boundary(schedule, k + 1),
    index: period.index + 1,
    extended: false,
  }
}

/** Null before an extended first period. */
export function previousPeriod(schedule: Schedule, period: Period, activeFrom: Day): Period | null {
  if (period.extended) return null
  return periodNumber(schedule, boundaryAtOrBefore(schedule, period.start) - 1, activeFrom)
}

/**
 * The aligned periods whose factors add up to the factor of this one: itself, or for an extended
 * first period all that continue the boundaries backwards from the epoch, the oldest in full length.
 */
export function subPeriods(schedule: Schedule, period: Period): DayRange[] {
  if (!period.extended) return [{ start: period.start, end: period.end }]
  const ranges: DayRange[] = []
  const count = -boundaryAtOrBefore(schedule, period.start)
  if (count > MOST_SUB_PERIODS) {
    throw new RangeError(
      `The first bill date ${schedule.epoch} lies ${count} billing periods after the start on ${period.start}; at most ${MOST_SUB_PERIODS} can be put together. Choose an earlier first bill date.`,
    )
  }
  for (let k = boundaryAtOrBefore(schedule, period.start); k < 0; k += 1) {
    ranges.push({ start: boundary(schedule, k), end: boundary(schedule, k + 1) })
  }
  return ranges
}

/**
 * Active days ÷ days of the period, for something active from `from` up to but not on `to` (null:
 * without end). 2024-01-15 without end, January 2024: 17/31 (billing 3.4).
 */
export function activeShare(
  schedule: Schedule,
  period: Period,
  from: Day,
  to: Day | null,
): Fraction {
  const start = laterDay(from, period.start)
  const end = to === null ? period.end : earlierDay(to, period.end)
  let share = zeroFraction
  for (const range of subPeriods(schedule, period)) {
    const days = daysBetween(laterDay(start, range.start), earlierDay(end, range.end))
    if (days > 0) share = add(share, fraction(days, daysBetween(range.start, range.end)))
  }
  return share
}

function periodNumber(schedule: Schedule, k: number, activeFrom: Day): Period {
  const { epoch } = schedule
  const isExtended = k === -1 && activeFrom < epoch
  const first = activeFrom < epoch ? -1 : boundaryAtOrBefore(schedule, activeFrom)
  return {
    start: isExtended ? activeFrom : boundary(schedule, k),
    end: boundary(schedule, k + 1),
    index: k - first,
    extended: isExtended,
  }
}

function isExtendedBefore(schedule: Schedule, day: Day, activeFrom: Day): boolean {
  return day < schedule.epoch && activeFrom < schedule.epoch
}

/** The number of the last boundary on or before the day. */
function boundaryAtOrBefore(schedule: Schedule, day: Day): number {
  const k = Math.floor(unitsBetween(schedule, day) / schedule.interval)
  // A month is counted as soon as the calendar month is reached, maybe before its boundary day.
  return boundary(schedule, k) > day ? k - 1 : k
}

function unitsBetween({ frequency, epoch }: Schedule, day: Day): number {
  switch (frequency) {
    case 'DAILY':
      return daysBetween(epoch, day)
    case 'WEEKLY':
      return Math.floor(daysBetween(epoch, day) / 7)
    case 'MONTHLY':
      return monthsBetween(epoch, day)
    case 'ANNUALLY':
      return Math.floor(monthsBetween(epoch, day) / 12)
  }
}
