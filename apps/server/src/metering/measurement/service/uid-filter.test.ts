import { describe, expect, test } from 'vitest'
import { REPEAT_WINDOW_MS, UidFilter } from './uid-filter.ts'
import { uidKey } from './uid-key.ts'

const DAY = 86_400_000
const START = Date.UTC(2024, 0, 1)

describe('the filter of known uids', () => {
  test('never forgets within the window, however many there are', () => {
    const filter = new UidFilter()
    for (let n = 0; n < 400_000; n += 1) filter.add(uidKey(1, `event-${n}`), START + (n % 30) * DAY)

    filter.forgetBefore(START + 30 * DAY)

    for (let n = 0; n < 400_000; n += 1) {
      if (!filter.mayHave(uidKey(1, `event-${n}`))) throw new Error(`event-${n} was forgotten`)
    }
  })

  test('suspects few of the uids it never saw', () => {
    const filter = new UidFilter()
    for (let n = 0; n < 400_000; n += 1) filter.add(uidKey(1, `event-${n}`), START)

    let suspects = 0
    for (let n = 0; n < 100_000; n += 1) if (filter.mayHave(uidKey(1, `other-${n}`))) suspects += 1

    expect(suspects).toBeLessThan(50)
  })

  test('takes no further room for what it has', () => {
    const filter = new UidFilter()
    const addAll = () => {
      for (let n = 0; n < 200_000; n += 1) filter.add(uidKey(1, `event-${n}`), START)
    }
    addAll()
    const { bytes } = filter

    addAll()
    addAll()

    expect(filter.bytes).toBe(bytes)
  })

  test('keeps a week until its last instant is 35 days ago', () => {
    const filter = new UidFilter()
    const key = uidKey(1, 'event')
    filter.add(key, START)

    filter.forgetBefore(START + REPEAT_WINDOW_MS - 1)
    expect(filter.mayHave(key)).toBe(true)

    filter.forgetBefore(START + REPEAT_WINDOW_MS + 7 * DAY)
    expect(filter.mayHave(key)).toBe(false)
    expect(filter.bytes).toBe(0)
  })

  test('the same uid of two organizations has two keys', () => {
    expect(uidKey(1, 'event')).not.toBe(uidKey(2, 'event'))
  })

  test('keys of a million similar uids are all different', () => {
    const keys = new Set<number>()
    for (let n = 0; n < 1_000_000; n += 1) keys.add(uidKey(1, String(n)))

    expect(keys.size).toBe(1_000_000)
  })
})
