import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attach,
  draftBills,
  type Example,
  exampleAccount,
  examplePlan,
  examplePricing,
  linesOf,
  measurements,
  minimum,
  standing,
} from './bill-example.ts'
import { freeParts } from './uncharged.ts'

const window = { from: 0, to: 100 }

describe('what is left of a window', () => {
  test.each<[string, number[][], number[][]]>([
    ['nothing is charged', [], [[0, 100]]],
    ['bills end where it begins', [[-50, 0]], [[0, 100]]],
    ['bills begin where it ends', [[100, 150]], [[0, 100]]],
    ['its start is charged', [[-50, 30]], [[30, 100]]],
    ['its end is charged', [[70, 150]], [[0, 70]]],
    [
      'both ends are charged',
      [
        [-50, 30],
        [70, 150],
      ],
      [[30, 70]],
    ],
    [
      'its middle is charged',
      [[30, 70]],
      [
        [0, 30],
        [70, 100],
      ],
    ],
    [
      'charges overlap at its end',
      [
        [60, 110],
        [40, 105],
      ],
      [[0, 40]],
    ],
    [
      'one charge lies in another',
      [
        [20, 80],
        [30, 40],
      ],
      [
        [0, 20],
        [80, 100],
      ],
    ],
    ['all of it is charged', [[-50, 150]], []],
    [
      'all of it is charged in parts',
      [
        [0, 60],
        [50, 100],
      ],
      [],
    ],
  ])('when %s', (_when, charged, left) => {
    const toWindow = ([from = 0, to = 0]: number[]) => ({ from, to })

    expect(freeParts(window, charged.map(toWindow))).toEqual(left.map(toWindow))
  })

  test('is all that nobody charged, once and in order, and nothing else', () => {
    const part = fc
      .tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 60 }))
      .map(([from, length]) => ({ from, to: from + length }))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (charged) => {
        const left = freeParts(window, charged)

        const isFree = (at: number) => !charged.some(({ from, to }) => from <= at && at < to)
        const free = Array.from({ length: 100 }, (_, at) => at).filter(isFree)
        const instants = left.flatMap(({ from, to }) =>
          Array.from({ length: to - from }, (_, at) => from + at),
        )
        expect(instants).toEqual(free)
      }),
    )
  })
})

describe('a quarter of which February was billed alone', () => {
  const quarter = (over: Parameters<typeof examplePlan>[0], usage: Example['usage']) => {
    const plan = examplePlan({ interval: 3, ...over })
    const [bill] = draftBills({
      account: exampleAccount([attach(plan, '2024-01-01')]),
      request: { lastDay: '2024-03-31' },
      charged: [['2024-02-01', '2024-03-01']],
      ...(usage && { usage }),
    })
    return bill
  }
  const servicePeriods = (bill: ReturnType<typeof quarter>) =>
    (bill?.lines ?? []).map(({ type, servicePeriodFrom, servicePeriodTo }) => {
      const day = (instant: number) => new Date(instant).toISOString().slice(5, 10)
      return `${type} ${day(servicePeriodFrom)}..${day(servicePeriodTo)}`
    })
  const calls = measurements([
    ['2024-01-10T00:00:00Z', 100],
    ['2024-02-10T00:00:00Z', 1000],
    ['2024-03-10T00:00:00Z', 20],
  ])

  test('charges January and March, each by its days and its own usage', () => {
    const bill = quarter(
      { standingCharge: standing('910'), pricings: [examplePricing('calls', [[0, 0, 1]])] },
      calls,
    )

    expect(linesOf(bill)).toEqual([
      'STANDING_CHARGE 310',
      'STANDING_CHARGE 310',
      'USAGE 100',
      'USAGE 20',
    ])
    expect(servicePeriods(bill)).toEqual([
      'STANDING_CHARGE 01-01..02-01',
      'STANDING_CHARGE 03-01..04-01',
      'USAGE 01-01..02-01',
      'USAGE 03-01..04-01',
    ])
  })

  test('lifts each of them to its days of the minimum', () => {
    const bill = quarter(
      { minimumSpend: minimum('91'), pricings: [examplePricing('calls', [[0, 0, 1]])] },
      calls,
    )

    // January used 100 of its 31, March 20 of its 31.
    expect(linesOf(bill)).toEqual(['USAGE 100', 'USAGE 20', 'MINIMUM_SPEND 11'])
    expect(servicePeriods(bill).at(-1)).toBe('MINIMUM_SPEND 03-01..04-01')
  })

  test('goes on through the bands from all months before, its own among them', () => {
    const bill = quarter(
      {
        pricings: [
          examplePricing(
            'calls',
            [
              [0, 0, 1],
              [1000, 0, '0.5'],
            ],
            { tiersSpanPlan: true },
          ),
        ],
      },
      calls,
    )

    // January fills 0 to 100, February, billed before, 100 to 1100, March 1100 to 1120.
    expect(linesOf(bill)).toEqual(['USAGE 100', 'USAGE 10'])
    const { explanation } = bill?.lines[1] ?? {}
    expect(explanation?.kind === 'USAGE' && explanation.rating.earlier).toMatchObject([
      { from: '2024-01-01T00:00:00Z', to: '2024-02-01T00:00:00Z', units: '100' },
      { from: '2024-02-01T00:00:00Z', to: '2024-03-01T00:00:00Z', units: '1000' },
    ])
  })
})
