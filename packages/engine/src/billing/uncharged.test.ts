import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastUncharged } from './uncharged.ts'

const window = { from: 0, to: 100 }

describe('what is left of a window', () => {
  test.each([
    ['nothing is charged', [], { from: 0, to: 100 }],
    ['bills end where it begins', [[-50, 0]], { from: 0, to: 100 }],
    ['bills begin where it ends', [[100, 150]], { from: 0, to: 100 }],
    ['its start is charged', [[-50, 30]], { from: 30, to: 100 }],
    ['its end is charged', [[70, 150]], { from: 0, to: 70 }],
    [
      'both ends are charged',
      [
        [-50, 30],
        [70, 150],
      ],
      { from: 30, to: 70 },
    ],
    ['its middle is charged', [[30, 70]], { from: 70, to: 100 }],
    [
      'charges overlap at its end',
      [
        [60, 110],
        [40, 105],
      ],
      { from: 0, to: 40 },
    ],
    ['all of it is charged', [[-50, 150]], null],
    [
      'all of it is charged in parts',
      [
        [0, 60],
        [50, 100],
      ],
      null,
    ],
  ])('when %s', (_when, charged, left) => {
    expect(
      lastUncharged(
        window,
        charged.map(([from = 0, to = 0]) => ({ from, to })),
      ),
    ).toEqual(left)
  })

  test('never touches what is charged, nor leaves the window', () => {
    const part = fc
      .tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 60 }))
      .map(([from, length]) => ({ from, to: from + length }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (charged) => {
        const left = lastUncharged(window, charged)
        const isFree = (at: number) => !charged.some(({ from, to }) => from <= at && at < to)
        const free = Array.from({ length: 100 }, (_, at) => at).filter(isFree)

        expect(left?.to ?? 0).toBe((free.at(-1) ?? -1) + 1)
        for (let at = left?.from ?? 0; at < (left?.to ?? 0); at += 1) expect(isFree(at)).toBe(true)
      }),
    )
  })
})
