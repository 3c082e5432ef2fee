/**
 * The start of the scheduled run that is due at the instant, by the clock on the wall: every so many
 * hours from 00:00; with 24, at the hour of the offset (billing 2.6). An hour that clocks leave out is
 * made up for as soon as they have gone forward; one that comes twice is run twice, so that no pause
 * grows longer than the interval, but by the daily run the first time only.
 * Worked example: every 6 hours, 13:30 in Berlin: 12:00, also on the days on which clocks change.
 */
export function scheduleSlot(
  now: number,
  zone: string,
  { intervalHours, offsetHours }: { intervalHours: number; offsetHours: number },
): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
  if (intervalHours === 24) return dailySlot(wall, zone, offsetHours)
  const step =
    intervalHours < 1
      ? ({ smallestUnit: 'minute', roundingIncrement: intervalHours * 60 } as const)
      : ({ smallestUnit: 'hour', roundingIncrement: intervalHours } as const)
  return wall.round({ ...step, roundingMode: 'floor' }).epochMilliseconds
}

function dailySlot(wall: Temporal.ZonedDateTime, zone: string, hour: number): number {
  const today = wall.toPlainDate()
  const day = wall.hour < hour ? today.subtract({ days: 1 }) : today
  const plainTime = Temporal.PlainTime.from({ hour })
  return day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds
}
