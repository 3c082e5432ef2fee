import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInstant } from './instant-text.ts'

describe('reading instants', () => {
  test.each([
    ['2024-06-01T00:00:00Z', Date.UTC(2024, 5, 1)],
    ['2024-06-01T00:00:00.5Z', Date.UTC(2024, 5, 1) + 500],
    ['2024-06-01T00:00:00.123456789Z', Date.UTC(2024, 5, 1) + 123],
    ['2024-06-01T02:00:00+02:00', Date.UTC(2024, 5, 1)],
    ['2024-02-29T23:59:59.999Z', Date.UTC(2024, 1, 29, 23, 59, 59, 999)],
    ['1969-12-31T23:59:59Z', -1000],
    ['2023-02-29T00:00:00Z', null],
    ['2024-06-31T00:00:00Z', null],
    ['2024-13-01T00:00:00Z', null],
    ['2024-06-01T24:00:00Z', null],
    ['2024-06-01T00:00:00', null],
    ['2024-06-01', null],
    ['2024-06-01T00:00:0xZ', null],
    ['2024-06-01T00:00:00.Z', null],
    ['1717286400000', null],
    ['', null],
  ])('%s is %s', (text, instant) => {
    expect(readInstant(text)).toBe(instant)
  })

  test('the fast way and the general parser agree', () => {
    const instants = fc.integer({ min: 0, max: Date.UTC(2286, 0, 1) })
    fc.assert(
      fc.property(instants, fc.nat(9), fc.nat(30), fc.nat(9), (instant, cut, at, digit) => {
        const iso = new Date(instant).toISOString()
        const text = cut < 3 ? `${iso.slice(0, 19 + (cut > 0 ? cut + 1 : 0))}Z` : iso
        // One character changed makes most texts wrong; both ways must see it alike.
        const changed = cut < 8 ? text : `${text.slice(0, at)}${digit}${text.slice(at + 1)}`

        let expected: number | null = null
        try {
          expected = parseInstant(changed)
        } catch {
          // Stays null.
        }
        expect(readInstant(changed)).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })
})
