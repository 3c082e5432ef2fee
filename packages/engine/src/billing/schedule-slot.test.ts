import { expect, it } from 'vitest'
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
