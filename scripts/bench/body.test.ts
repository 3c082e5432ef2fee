import { expect, it } from 'vitest'
import { bodyOf, stamp } from './body.ts'

const options = {
  events: 1000,
  run: 'abcdefgh',
  accounts: 50,
  firstAccount: 45,
  from: Date.parse('2026-10-01T00:00:00Z'),
  to: Date.parse('2026-11-01T00:00:00Z'),
}

it('makes bodies whose uids never come twice, by changing bytes in place', () => {
  const body = bodyOf(options)
  const uids = new Set<string>()
  for (const number of [0, 1, 4_000_000]) {
    stamp(body, number)
    const { measurements } = JSON.parse(body.bytes.toString())
    for (const { uid, ts } of measurements) {
      uids.add(uid)
      expect(Date.parse(ts)).toBeGreaterThanOrEqual(options.from)
      expect(Date.parse(ts)).toBeLessThan(options.to)
    }
  }

  expect(uids.size).toBe(3000)
  expect(body.bytes.length).toBeLessThan(512_000)
})
