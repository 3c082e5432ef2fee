import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day, dayFromNumber, dayNumber } from './calendar.ts'
import { formatInstant, parseInstant } from './instant.ts'
import { dayOf, normalizeZone, startOfDay } from './zone.ts'

const offsets = ['-11:00', '-09:30', '-03:30', '+05:30', '+05:45', '+12:45', '+14:00', '+01:00']
const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC', ...offsets]

describe('zone names', () => {
  test.each([
    ['UTC+1:00', '+01:00'],
    ['GMT+1:00', '+01:00'],
    ['GMT+1', '+01:00'],
    ['+1:00', '+01:00'],
    ['+1', '+01:00'],
    ['+01:00', '+01:00'],
    ['+0530', '+05:30'],
    ['UTC-3:30', '-03:30'],
    ['UTC+0', 'UTC'],
    ['-00:00', 'UTC'],
    ['UTC', 'UTC'],
    ['GMT', 'GMT'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
  ])('%s becomes %s', (name, expected) => {
    const zone = normalizeZone(name)

    expect(zone).toBe(expected)
    expect(startOfDay('2024-06-01', zone)).toBeTypeOf('number')
  })

  test.each(['', 'Berlin', 'UTC+19', 'UTC+1:60', 'Mars/Olympus', 'Europe/Berlin; drop', '1'])(
    '"%s" is refused with an example of what is right',
    (name) => {
      expect(() => normalizeZone(name)).toThrow('Use a name such as Europe/Berlin')
    },
  )
})

describe('the start of a day', () => {
  test.each([
    ['2024-03-31', 'Europe/Berlin', '2024-03-30T23:00:00Z', 'clocks go forward later this day'],
    ['2024-04-01', 'Europe/Berlin', '2024-03-31T22:00:00Z', 'the day before had 23 hours'],
    ['2024-10-28', 'Europe/Berlin', '2024-10-27T23:00:00Z', 'the day before had 25 hours'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z', 'the day starts at 01:00'],
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00Z', 'clocks went back over midnight'],
    ['2024-06-01', 'Asia/Kolkata', '2024-05-31T18:30:00Z', 'half an hour'],
    ['2024-06-01', 'Asia/Kathmandu', '2024-05-31T18:15:00Z', 'three quarters'],
    ['2024-06-01', 'Pacific/Kiritimati', '2024-05-31T10:00:00Z', '+14'],
    ['2024-06-01', 'Pacific/Pago_Pago', '2024-06-01T11:00:00Z', '-11'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z', 'this day was left out'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00Z', 'so the next starts with it'],
  ])('%s in %s is %s: %s', (day, zone, expected) => {
    expect(formatInstant(startOfDay(day, zone))).toBe(expected)
  })
})

describe('the day of an instant', () => {
  test.each([
    ['2024-03-30T22:59:59.999Z', 'Europe/Berlin', '2024-03-30'],
    ['2024-03-30T23:00:00Z', 'Europe/Berlin', '2024-03-31'],
    ['2024-01-31T23:30:00Z', 'UTC', '2024-01-31'],
    ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31'],
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
    // Clocks went from 00:01 back to 23:01: the day had begun and does not begin twice.
    ['2006-10-29T02:30:30Z', 'America/St_Johns', '2006-10-29'],
    ['2006-10-29T02:45:00Z', 'America/St_Johns', '2006-10-29'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(dayOf(parseInstant(instant), zone)).toBe(expected)
  })
})

describe('in every zone', () => {
  test('days tile time: each instant lies between the start of its day and of the next', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyInstant, (zone, instant) => {
        const day = dayOf(instant, zone)

        expect(startOfDay(day, zone)).toBeLessThanOrEqual(instant)
        expect(startOfDay(addDays(day, 1), zone)).toBeGreaterThan(instant)
      }),
      { numRuns: 3000 },
    )
  })

  test.each(sampleYears())('the clock changes of %s leave neither gap nor overlap', (year) => {
    for (const zone of zones) {
      for (const instant of clockChanges(zone, year)) expectBorders(zone, instant)
    }
  })

  test('days of ordinary length have 24 hours and start at midnight on the wall', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyDay, (zone, day) => {
        const hours = (startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / 3_600_000
        fc.pre(hours === 24)
        const wall = Temporal.Instant.fromEpochMilliseconds(startOfDay(day, zone))
          .toZonedDateTimeISO(zone)
          .toPlainDateTime()

        expect(wall.toString()).toBe(`${day}T00:00:00`)
      }),
    )
  })
})

const anyInstant = fc.integer({
  min: parseInstant('1930-01-01T00:00:00Z'),
  max: parseInstant('2050-01-01T00:00:00Z'),
})
const anyDay = fc
  .integer({ min: dayNumber('1990-01-01'), max: dayNumber('2040-01-01') })
  .map(dayFromNumber)

/** One year of each kind of rule: war time, zones that moved, today, and a leap year to come. */
function sampleYears(): number[] {
  return [1945, 1993, 2006, 2011, 2024, 2028]
}

function clockChanges(zone: string, year: number): number[] {
  const changes: number[] = []
  let at: Temporal.ZonedDateTime | null = Temporal.PlainDate.from({
    year,
    month: 1,
    day: 1,
  }).toZonedDateTime(zone)
  for (
    at = at.getTimeZoneTransition('next');
    at && at.year === year;
    at = at.getTimeZoneTransition('next')
  ) {
    changes.push(at.epochMilliseconds)
  }
  return changes
}

/** At the change, a moment before, and at every border of a day within two days of it. */
function expectBorders(zone: string, change: number): void {
  const middle = dayOf(change, zone)
  const days: Day[] = [-2, -1, 0, 1, 2].map((step) => addDays(middle, step))
  const moments = [change - 1, change, ...days.map((day) => startOfDay(day, zone))]
  for (const instant of moments.flatMap((moment) => [moment - 1, moment])) {
    const owners = days.filter(
      (day) => startOfDay(day, zone) <= instant && instant < startOfDay(addDays(day, 1), zone),
    )
    if (instant < startOfDay(days[0] ?? '', zone)) continue
    expect(owners, `${formatInstant(instant)} in ${zone}`).toEqual([dayOf(instant, zone)])
  }
}
