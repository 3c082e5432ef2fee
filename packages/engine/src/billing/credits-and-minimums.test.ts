import { describe, expect, it } from 'vitest'
import { currencyRule } from '../money/currency.ts'
import { decimal } from '../money/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import {
  attach,
  carriedBy,
  draftBills,
  type Example,
  exampleAccount,
  examplePlan,
  examplePricing,
  linesOf,
  minimum,
  usageOf,
} from './bill-example.ts'
import { effectivePricings } from './effective-pricing.ts'
import { BillRefusal } from './refusal.ts'

const bill = (example: Example) => draftBills({ request: { lastDay: '2024-06-30' }, ...example })[0]

describe('a credit that is cut', () => {
  it('refuses the bill where its own currency forbids to round what is left', () => {
    const plan = examplePlan({
      currency: 'EUR',
      pricings: [
        examplePricing('usage', [[0, 0, 1]], { sequence: 1 }),
        examplePricing('credit', [[0, 0, 1]], { sequence: 2, type: 'PRODUCT_CREDIT' }),
      ],
    })
    const example: Example = {
      account: exampleAccount([attach(plan, '2024-01-01')]),
      rules: {
        currencies: new Map([['EUR', currencyRule('EUR', 2, 'UNNECESSARY')]]),
        conversions: [{ from: 'EUR', to: 'USD', multiplier: decimal('0.3333') }],
      },
      usage: usageOf({ usage: 10, credit: 50 }),
    }

    expect(() => bill(example)).toThrow(BillRefusal)
    expect(() => bill(example)).toThrow('UNNECESSARY')
  })
})

describe('a minimum of 0 on a pricing', () => {
  it('is no minimum, so it does not make good for credits in the minimum of the plan', () => {
    const withMinimum = (amount: string | null) =>
      examplePlan({
        minimumSpend: minimum('100'),
        pricings: [
          examplePricing('usage', [[0, 0, 1]], { sequence: 2 }),
          examplePricing('corrections', [[0, 0, 1]], {
            sequence: 1,
            minimumSpend: amount === null ? null : minimum(amount),
          }),
        ],
      })
    const lines = (amount: string | null) =>
      linesOf(
        bill({
          account: exampleAccount([attach(withMinimum(amount), '2024-01-01')]),
          usage: usageOf({ usage: 60, corrections: -20 }),
        }),
      )

    expect(lines('0')).toEqual(['USAGE 60', 'USAGE_CREDIT -20', 'MINIMUM_SPEND 60'])
    expect(lines('0')).toEqual(lines(null))
  })
})

describe('an own pricing replaces that of the template', () => {
  it('for its segment only, also where the values of two segments read alike', () => {
    const segment = (position: number, x: string, y: string) => ({
      position,
      values: { x, y },
      label: `${x}, ${y}`,
    })
    const own = examplePricing('usage', [[0, 0, 1]], {
      id: 'own',
      segment: segment(0, 'a, b', 'c'),
    })
    const inherited = examplePricing('usage', [[0, 0, 2]], {
      id: 'inherited',
      segment: segment(1, 'a', 'b, c'),
    })

    expect(effectivePricings([own], [inherited]).map(({ id }) => id)).toEqual(['own', 'inherited'])
  })
})

describe('a minimum that an earlier bill charged ahead', () => {
  it('is given back as far as usage covers it, also when minimums fall in arrears by now', () => {
    const planWith = (inAdvance: boolean) =>
      examplePlan({
        minimumSpend: minimum('1000', inAdvance),
        pricings: [examplePricing('usage', [[0, 0, 1]])],
      })
    const usage = usageOf({ usage: 800 })
    const account = (inAdvance: boolean) =>
      exampleAccount([attach(planWith(inAdvance), '2024-05-01')])
    const [may] = draftBills({ account: account(true), request: { lastDay: '2024-05-31' }, usage })
    const carried = may === undefined ? [] : carriedBy(may)

    expect(linesOf(bill({ account: account(false), carried, usage }))).toEqual([
      'USAGE 800',
      'MINIMUM_SPEND_REFUND -800',
    ])
    expect(linesOf(bill({ account: account(false), usage }))).toEqual([
      'USAGE 800',
      'MINIMUM_SPEND 200',
    ])
  })

  it('is given back also where the price it belongs to ends inside the period', () => {
    const account = (inAdvance: boolean) => {
      const pricing = examplePricing('usage', [[0, 0, 1]], {
        endsAt: parseInstant('2024-06-16T00:00:00Z'),
        minimumSpend: minimum('300', inAdvance),
      })
      return exampleAccount([attach(examplePlan({ pricings: [pricing] }), '2024-05-01')])
    }
    const usage = usageOf({ usage: 100 })
    const [may] = draftBills({ account: account(true), request: { lastDay: '2024-05-31' }, usage })
    const carried = may === undefined ? [] : carriedBy(may)

    // Half of June was charged ahead: 150.
    expect(linesOf(bill({ account: account(false), carried, usage }))).toEqual([
      'USAGE 100',
      'MINIMUM_SPEND_REFUND -100',
    ])
  })
})
