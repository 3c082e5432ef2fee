import { describe, expect, it } from 'vitest'
import {
  attach,
  draftBills,
  exampleAccount,
  examplePlan,
  examplePricing,
  linesOf,
} from './bill-example.ts'

describe('tiers that span the years of a daily plan', () => {
  const plan = examplePlan({
    frequency: 'DAILY',
    pricings: [
      examplePricing(
        'usage',
        [
          [0, 0, 1],
          [1000, 0, '0.5'],
        ],
        { tiersSpanPlan: true },
      ),
    ],
  })
  const billOn = (lastDay: string) =>
    draftBills({
      account: exampleAccount([attach(plan, '2022-01-01')]),
      request: { lastDay },
      usage: () => '1.5',
    })[0]
  const earlierOf = (lastDay: string) => {
    const explanation = billOn(lastDay)?.lines[0]?.explanation
    return explanation?.kind === 'USAGE' ? explanation.rating : undefined
  }

  it('go on from all days before, of which the latest hundred are told apart', () => {
    const { earlier = [], unitsBefore } = earlierOf('2024-12-31') ?? {}

    expect(linesOf(billOn('2024-12-31'))).toEqual(['USAGE 0.75'])
    expect(unitsBefore).toBe('1642.5')
    expect(earlier).toHaveLength(101)
    expect(earlier[0]).toEqual({
      from: '2022-01-01T00:00:00Z',
      to: '2024-09-22T00:00:00Z',
      quantity: null,
      units: '1492.5',
    })
    expect(earlier.at(-1)).toEqual({
      from: '2024-12-30T00:00:00Z',
      to: '2024-12-31T00:00:00Z',
      quantity: '1.5',
      units: '1.5',
    })
  })

  it('tell a hundred days apart without putting any together', () => {
    expect(earlierOf('2022-04-11')?.earlier).toHaveLength(100)
    expect(earlierOf('2022-04-11')?.earlier?.[0]?.quantity).toBe('1.5')
  })
})
