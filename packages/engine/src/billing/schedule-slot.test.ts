import { describe, expect, it } from 'vitest'
import { formatInstant, parseInstant } from '../time/instant.ts'
import { scheduleSlot } from './schedule-slot.ts'

it.each([
  ['2024-06-10T11:30:00Z', 6, 0, '2024-06-10T10:00:00Z'],
  ['2024-06-10T10:00:00Z', 6, 0, '2024-06-10T10:00:00Z'],
  ['2024-06-10T09:59:59Z', 6, 0, '2024-06-10T04:00:00Z'],
  ['2024-06-10T22:10:00Z', 0.25, 0, '2024-06-10T22:00:00Z'],
  ['2024-06-10T22:20:00Z', 0.25, 0, '2024-06-10T22:15:00Z'],
  ['2024-06-10T00:59:59Z', 24, 3, '2024-06-09T01:00:00Z'],
  ['2024-06-10T01:00:00Z', 24, 3, '2024-06-10T01:00:00Z'],
])('at %s, every %s hours from hour %s, it is %s', (now, intervalHours, offsetHours, expected) => {
  const slot = scheduleSlot(parseInstant(now), 'Europe/Berlin', { intervalHours, offsetHours })

  expect(formatInstant(slot)).toBe(expected)
})

describe('where clocks change', () => {
  it.each([
    ['2024-03-31T10:00:00Z', 6, 0, '2024-03-31T10:00:00Z'],
    ['2024-03-31T09:59:59Z', 6, 0, '2024-03-31T04:00:00Z'],
    ['2024-10-27T11:00:00Z', 6, 0, '2024-10-27T11:00:00Z'],
    ['2024-10-27T10:59:59Z', 6, 0, '2024-10-27T05:00:00Z'],
    ['2024-03-31T06:59:59Z', 24, 9, '2024-03-30T08:00:00Z'],
    ['2024-03-31T07:00:00Z', 24, 9, '2024-03-31T07:00:00Z'],
    ['2024-10-27T07:59:59Z', 24, 9, '2024-10-26T07:00:00Z'],
    ['2024-10-27T08:00:00Z', 24, 9, '2024-10-27T08:00:00Z'],
  ])('at %s, every %s hours from hour %s, it is %s by the clock in Berlin', (...row) => {
    expect(slotIn('Europe/Berlin', row)).toBe(row[3])
  })

  it.each([
    ['2024-03-31T00:59:59Z', 24, 2, '2024-03-30T01:00:00Z'],
    ['2024-03-31T01:00:00Z', 24, 2, '2024-03-31T01:00:00Z'],
    ['2024-03-31T01:10:00Z', 2, 0, '2024-03-31T01:00:00Z'],
    ['2024-03-31T01:10:00Z', 0.25, 0, '2024-03-31T01:00:00Z'],
  ])('at %s, every %s hours from hour %s, an hour left out is run at %s', (...row) => {
    expect(slotIn('Europe/Berlin', row)).toBe(row[3])
  })

  it.each([
    ['2024-10-27T00:10:00Z', 24, 2, '2024-10-27T00:00:00Z'],
    ['2024-10-27T01:10:00Z', 24, 2, '2024-10-27T00:00:00Z'],
    ['2024-10-27T00:59:00Z', 2, 0, '2024-10-27T00:00:00Z'],
    ['2024-10-27T01:10:00Z', 2, 0, '2024-10-27T01:00:00Z'],
    ['2024-10-27T01:20:00Z', 0.25, 0, '2024-10-27T01:15:00Z'],
  ])('at %s, every %s hours from hour %s, of an hour that comes twice it is %s', (...row) => {
    expect(slotIn('Europe/Berlin', row)).toBe(row[3])
  })

  it('keeps to whole hours where clocks change by half of one', () => {
    expect(slotIn('Australia/Lord_Howe', ['2024-10-05T17:10:00Z', 1, 0])).toBe(
      '2024-10-05T17:00:00Z',
    )
  })

  it('begins a day that has no midnight when it begins', () => {
    expect(slotIn('Africa/Cairo', ['2024-04-25T22:40:00Z', 8, 0])).toBe('2024-04-25T22:00:00Z')
    expect(slotIn('Africa/Cairo', ['2024-04-25T22:40:00Z', 24, 0])).toBe('2024-04-25T22:00:00Z')
  })
})

function slotIn(
  zone: string,
  [now, intervalHours, offsetHours]: readonly [string, number, number, ...unknown[]],
): string {
  return formatInstant(scheduleSlot(parseInstant(now), zone, { intervalHours, offsetHours }))
}
