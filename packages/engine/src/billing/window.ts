import { type Day, earlierDay, laterDay } from '../time/calendar.ts'
import { formatInstant } from '../time/instant.ts'
import type { Period } from '../time/period.ts'
import { dayOf, startOfDay } from '../time/zone.ts'
import type { ExplainedWindow } from './explanation.ts'

/** [from, to) in instants. */
export type Window = { from: number; to: number }

/** Something with a start and maybe an end: an account plan, a pricing. */
export type Active = { startsAt: number; endsAt: number | null }

export function windowOf(period: Period, zone: string): Window {
  return { from: startOfDay(period.start, zone), to: startOfDay(period.end, zone) }
}

/** What both have in common; null when that is nothing. */
export function clip(window: Window, active: Active): Window | null {
  const from = Math.max(window.from, active.startsAt)
  const to = active.endsAt === null ? window.to : Math.min(window.to, active.endsAt)
  return from < to ? { from, to } : null
}

/**
 * The days of something active, cut to whole days: the first counts, the day of the end does not, so
 * that a change inside a day gives the day to the newer side (billing 3.4).
 */
export function activeDays(
  actives: readonly Active[],
  zone: string,
): { from: Day; to: Day | null } {
  let from: Day | null = null
  let to: Day | null = null
  for (const { startsAt, endsAt } of actives) {
    const start = dayOf(startsAt, zone)
    from = from === null ? start : laterDay(from, start)
    if (endsAt === null) continue
    const end = dayOf(endsAt, zone)
    to = to === null ? end : earlierDay(to, end)
  }
  if (from === null) throw new RangeError('Active days of nothing.')
  return { from, to }
}

export function activeIn({ from, to }: Window): Active {
  return { startsAt: from, endsAt: to }
}

/** Told only where earlier bills charged a part of the time. */
export function explainUncharged(
  period: Window,
  attached: Active,
  uncharged: Window,
): { uncharged?: ExplainedWindow } {
  const whole = clip(period, attached)
  const isWhole = whole?.from === uncharged.from && whole.to === uncharged.to
  return isWhole ? {} : { uncharged: explainWindow(uncharged) }
}

export function explainWindow(window: Window | Active): ExplainedWindow {
  const [from, to] = 'from' in window ? [window.from, window.to] : [window.startsAt, window.endsAt]
  return [isoText(from), to === null ? null : isoText(to)]
}

/** Bills of one run share their borders, and writing them out costs more than rating. */
const MOST_TEXTS = 10_000
const texts = new Map<number, string>()

export function isoText(instant: number): string {
  const known = texts.get(instant)
  if (known !== undefined) return known
  if (texts.size >= MOST_TEXTS) texts.clear()
  const text = formatInstant(instant)
  texts.set(instant, text)
  return text
}
