import { dayOf, startOfDay } from '../time/zone.ts'

const HOUR_MS = 3_600_000

/**
 * The start of the scheduled run that is due at the instant: every so many hours from local
 * midnight; with 24, at the hour of the offset (billing 2.6).
 * Worked example: every 6 hours, 13:30 in Berlin: 12:00.
 */
export function scheduleSlot(
  now: number,
  zone: string,
  { intervalHours, offsetHours }: { intervalHours: number; offsetHours: number },
): number {
  const offset = intervalHours === 24 ? offsetHours * HOUR_MS : 0
  const midnight = startOfDay(dayOf(now - offset, zone), zone)
  const interval = intervalHours * HOUR_MS
  // A day may have 25 hours: the last run of its day is then still the one of hour 24.
  const passed = intervalHours === 24 ? 0 : Math.floor((now - midnight) / interval)
  return midnight + offset + passed * interval
}
