import { describe, expect, it } from 'vitest'
import { midnight } from './calendar.ts'
import type { Measurement } from './measurement.ts'
import { resolveReferences } from './step.ts'
import { DEMO_DEFAULTS, type WorldOptions, worldOf } from './world.ts'

const NOW = Date.parse('2026-11-22T17:05:00Z')

function demo(changes: Partial<WorldOptions> = {}) {
  return worldOf({ ...DEMO_DEFAULTS, now: NOW, ...changes })
}

const all = (packs: Iterable<Measurement[]>) => [...packs].flat()

describe('the demo world', () => {
  const measurements = all(demo().packs())

  it('has three months of at least 300,000 measurements, none in the future', () => {
    expect(measurements.length).toBeGreaterThanOrEqual(300_000)
    const instants = measurements.map(({ ts, ets }) => Date.parse(ets ?? ts))
    expect(Math.max(...minutes(instants))).toBeLessThanOrEqual(NOW / 60_000)
    expect(measurements.some(({ ts }) => ts.startsWith('2026-09-01'))).toBe(true)
    expect(measurements.some(({ ts }) => ts.startsWith('2026-11-22'))).toBe(true)
  })

  it('sells three products to about forty customers of every size, in several currencies', () => {
    const of = (collection: string) =>
      demo().steps.filter((step) => step.collection === `/${collection}`)
    const useOf = new Map<string, number>()
    for (const { account } of measurements) useOf.set(account, (useOf.get(account) ?? 0) + 1)
    const sizes = of('accounts').map(({ code }) => useOf.get(code) ?? 0)
    const currencies = new Set(of('accounts').map(({ body }) => body['currency']))

    expect(of('products')).toHaveLength(3)
    expect(sizes.length).toBeGreaterThanOrEqual(36)
    expect(Math.max(...sizes)).toBeGreaterThan(20 * Math.max(1, Math.min(...sizes)))
    expect(currencies.size).toBeGreaterThanOrEqual(3)
  })

  it.each(['2026-03-01T00:10:00Z', '2026-03-02T09:00:00Z', '2026-12-31T23:59:00Z'])(
    'has as many when the open month is young or old: %s',
    (now) => {
      let count = 0
      for (const pack of demo({ now: Date.parse(now) }).packs()) count += pack.length
      expect(count).toBeGreaterThanOrEqual(300_000)
    },
  )

  it('is the same for the same seed and instant, and another for another seed', () => {
    const few = { measurements: 3000 }
    const first = JSON.stringify([demo(few).steps, all(demo(few).packs())])
    expect(JSON.stringify([demo(few).steps, all(demo(few).packs())])).toBe(first)
    expect(JSON.stringify(all(demo({ ...few, seed: 'other' }).packs()))).not.toBe(first)
  })

  it('rests at weekends and at night where people work in offices', () => {
    const office = measurements.filter(({ account }) => account === 'ollerby-and-marsh-insurance')
    const onWeekday = (day: number) =>
      office.filter(({ ts }) => new Date(ts).getUTCDay() === day).length
    const atHour = (hour: number) =>
      office.filter(({ ts }) => new Date(ts).getUTCHours() === hour).length
    expect(onWeekday(0) * 2).toBeLessThan(onWeekday(2))
    expect(atHour(2) * 5).toBeLessThan(atHour(10))
  })

  it('shows a launch as a step up', () => {
    const ofDay = (day: string) =>
      measurements.filter(
        ({ account, ts }) => account === 'glimmerlane-games' && ts.startsWith(day),
      )
    expect(ofDay('2026-10-13').length).toBeGreaterThan(ofDay('2026-10-06').length * 3)
  })

  it('sends each kind of mistake a few times and repeats only what a retry repeats', () => {
    const uids = new Set(measurements.map(({ uid }) => uid))
    expect(measurements.length - uids.size).toBe(60)
    expect(measurements.filter(({ meter }) => meter === 'completion').length).toBe(12)
    expect(measurements.filter(({ account }) => account === 'evaluation-team').length).toBe(30)
    expect(measurements.filter(({ measure }) => measure?.requests === 0).length).toBe(15)
  })

  it('keeps to the limits of a request', () => {
    for (const pack of demo().packs()) {
      expect(pack.length).toBeLessThanOrEqual(1000)
      expect(Buffer.byteLength(JSON.stringify({ measurements: pack }))).toBeLessThan(512_000)
    }
    const longest = measurements.reduce((most, { uid }) => Math.max(most, uid.length), 0)
    expect(longest).toBeLessThanOrEqual(50)
  })

  it('refers only to what an earlier step has created', () => {
    const made = new Set<string>()
    for (const { collection, code, body } of demo({ accounts: 200 }).steps) {
      resolveReferences(body, (inCollection, ofCode) => {
        expect([...made]).toContain(`${inCollection}:${ofCode}`)
        return ofCode
      })
      expect(made).not.toContain(`${collection}:${code}`)
      expect(code.length).toBeLessThanOrEqual(80)
      made.add(`${collection}:${code}`)
    }
  })

  it('bills whole months up to the one that is open', () => {
    expect(demo().closedMonths).toEqual(['2026-09-30', '2026-10-31'])
    expect(midnight('2026-11-01') - midnight('2026-10-01')).toBe((31 * 24 + 1) * 3_600_000)
  })
})

/** Coarser numbers keep the spread call below the limit on arguments. */
function minutes(instants: number[]): number[] {
  return [...new Set(instants.map((instant) => Math.floor(instant / 60_000)))]
}
