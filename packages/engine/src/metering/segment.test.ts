import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Segment, segmentAfterRivals, segmentOrder, winningSegment } from './segment.ts'

describe('the segment of a measurement', () => {
  const fields = ['region', 'tier']
  /** S-SEG-2 of the worked examples, the widest first to show that the list does not decide. */
  const segments = [
    { region: '*', tier: '*' },
    { region: '*', tier: 'gold' },
    { region: 'EU', tier: '*' },
    { region: 'EU', tier: 'gold' },
  ]

  it.each([
    ['all literal', { region: 'EU', tier: 'gold' }, 3],
    ['the literal in the earlier field', { region: 'EU', tier: 'iron' }, 2],
    ['a literal beside a wildcard', { region: 'US', tier: 'gold' }, 1],
    ['the wildcards', { region: 'US', tier: 'iron' }, 0],
    ['small letters are another value', { region: 'eu', tier: 'iron' }, 0],
    ['a field without value fits only the wildcard', { region: null, tier: 'gold' }, 1],
  ])('is found by %s', (_name, values, winner) => {
    expect(winningSegment(fields, segments, values)).toBe(winner)
  })

  it('is none where no entry fits', () => {
    const listed = [{ region: 'EU', tier: 'gold' }]

    expect(winningSegment(fields, listed, { region: 'EU', tier: 'iron' })).toBe(null)
  })

  it('prefers the earlier field when the number of literals is the same', () => {
    const twoFields = [
      { region: '*', tier: 'gold' },
      { region: 'EU', tier: '*' },
    ]

    expect(segmentOrder(fields, twoFields)).toEqual([1, 0])
    expect(winningSegment(fields, twoFields, { region: 'EU', tier: 'gold' })).toBe(1)
  })

  it('does not depend on the order of the list', () => {
    const step = fc.constantFrom('*', 'a', 'b')
    const list = fc.uniqueArray(fc.tuple(step, step, step), {
      selector: (segment) => segment.join(),
      maxLength: 12,
    })
    const value = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(list, value, value, value, (entries, x, y, z) => {
        const listed = entries.map(([first, second, third]) => ({ x: first, y: second, z: third }))
        const turned = [...listed].reverse()
        const winner = winningOf(listed, { x, y, z })

        expect(winningOf(turned, { x, y, z })).toEqual(winner)
        if (winner) {
          expect(winner.x === '*' || winner.x === x).toBe(true)
        }
      }),
    )
  })

  it('needs only its rivals to win what it wins among all', () => {
    const step = fc.constantFrom('*', 'a', 'b')
    const list = fc.uniqueArray(fc.tuple(step, step, step), {
      selector: (segment) => segment.join(),
      minLength: 1,
      maxLength: 12,
    })
    const value = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(list, value, value, value, (entries, x, y, z) => {
        const listed = entries.map(([first, second, third]) => ({ x: first, y: second, z: third }))
        const winner = winningSegment(['x', 'y', 'z'], listed, { x, y, z })

        for (const place of listed.keys()) {
          const few = segmentAfterRivals(['x', 'y', 'z'], listed, place)
          const winnerOfFew = winningSegment(['x', 'y', 'z'], few, { x, y, z })
          expect(winnerOfFew === few.length - 1).toBe(winner === place)
        }
      }),
    )
  })

  it.each([
    [0, [3, 2, 1, 0]],
    [1, [3, 2, 1]],
    [2, [3, 2]],
    [3, [3]],
  ])('at place %i stands back for the rivals and no others', (place, kept) => {
    expect(segmentAfterRivals(fields, segments, place)).toEqual(kept.map((at) => segments[at]))
  })

  function winningOf(listed: Segment[], values: Record<string, string>): Segment | undefined {
    const winner = winningSegment(['x', 'y', 'z'], listed, values)
    return winner === null ? undefined : listed[winner]
  }
})
