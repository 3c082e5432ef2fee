import { describe, expect, it } from 'vitest'
import { currencyRule } from '../money/currency.ts'
import { decimal, digits } from '../money/decimal.ts'
import {
  attach,
  carriedBy,
  draftBills,
  type Example,
  exampleAccount,
  examplePlan,
  examplePricing,
  linesOf,
  measurements,
  minimum,
  standing,
  usageOf,
} from './bill-example.ts'

const june = { lastDay: '2024-06-30' }
const bill = (example: Example) => draftBills({ request: june, ...example })[0]

describe('a whole bill', () => {
  const storage = examplePlan({
    standingCharge: standing('20'),
    pricings: [
      examplePricing(
        'gigabytes',
        [
          [0, 0, '0.15'],
          [500, 0, '0.1'],
        ],
        { sequence: 1 },
      ),
      examplePricing('files', [[0, 0, '0.5']], { sequence: 2, cumulative: false }),
      examplePricing(
        'seconds',
        [
          [0, 12, 0],
          [4, 25, 0],
          [6, 50, 0],
        ],
        { sequence: 3, cumulative: false },
      ),
    ],
  })

  it('adds up standing charge, tiers, units and steps (example S04)', () => {
    const draft = bill({
      account: exampleAccount([attach(storage, '2024-01-01')]),
      usage: usageOf({ gigabytes: 620, files: 140, seconds: '4.8' }),
    })

    expect(linesOf(draft)).toEqual(['STANDING_CHARGE 20', 'USAGE 87', 'USAGE 70', 'USAGE 25'])
    expect(draft?.lines.map((line) => line.sequenceNumber)).toEqual([1, 2, 3, 4])
    expect(draft?.lines.map((line) => line.description)).toEqual([
      'Standing Charge',
      'gigabytes',
      'files',
      'seconds',
    ])
    expect(digits(draft?.total ?? decimal(0))).toBe('202')
  })

  it('has no line without a value, and a line for 0', () => {
    const draft = bill({
      account: exampleAccount([attach(storage, '2024-01-01')]),
      usage: usageOf({ gigabytes: 0, seconds: 0 }),
    })

    expect(linesOf(draft)).toEqual(['STANDING_CHARGE 20', 'USAGE 0', 'USAGE 12'])
  })

  it('explains a usage line down to the question behind it', () => {
    const draft = bill({
      account: exampleAccount([attach(storage, '2024-06-11')]),
      usage: usageOf({ gigabytes: 620 }),
    })

    const line = draft?.lines[1]
    expect(line?.explanation).toEqual({
      kind: 'USAGE',
      windows: {
        billingPeriod: ['2024-06-01T00:00:00Z', '2024-07-01T00:00:00Z'],
        accountPlan: ['2024-06-11T00:00:00Z', null],
        pricing: ['2022-01-01T00:00:00Z', null],
      },
      measured: [{ targetField: 'gigabytes', method: 'SUM' }],
      quantityPerUnit: '1',
      rounding: 'NONE',
      rating: { method: 'GRADUATED' },
      amount: { exact: '87', places: 2, mode: 'HALF_UP' },
    })
    expect(
      line?.bands.map((band) => [
        band.lowerLimit,
        band.upperLimit,
        band.bandUnits,
        band.bandQuantity,
        band.bandSubtotal,
      ]),
    ).toEqual([
      ['0', '500', '500', '500', '75'],
      ['500', null, '120', '120', '12'],
    ])
  })
})

it('keeps on a usage line how a compound aggregation came to its quantity', () => {
  const plan = examplePlan({ pricings: [examplePricing('minutes', [[0, 0, 1]])] })
  const calculated = {
    text: 'aggregation.seconds / 60',
    read: [
      {
        reference: 'aggregation.seconds',
        aggregation: { code: 'seconds', name: 'Seconds' },
        value: '90',
      },
    ],
  }

  const draft = bill({
    account: exampleAccount([attach(plan, '2024-01-01')]),
    usage: () => '1.5',
    calculated,
  })

  expect(draft?.lines[0]?.explanation).toMatchObject({ calculation: calculated })
})

describe('units', () => {
  it('are rounded before they are priced, and the last band takes the rest of the quantity (example S08)', () => {
    const pricing = examplePricing('bytes', [
      [0, 0, '0.25'],
      [90, 0, '0.25'],
    ])
    const perUnit = {
      ...pricing.aggregation,
      quantityPerUnit: decimal(500),
      rounding: 'UP' as const,
    }
    const plan = examplePlan({ pricings: [{ ...pricing, aggregation: perUnit }] })

    const line = bill({ account: exampleAccount([attach(plan, '2024-01-01')]), usage: () => 48900 })
      ?.lines[0]

    expect(
      [line?.quantity, line?.units, line?.subtotal, line?.averageUnitPrice].map((value) =>
        digits(value ?? decimal(0)),
      ),
    ).toEqual(['48900', '98', '24.5', '0.25'])
    expect(line?.bands.map((band) => band.bandQuantity)).toEqual(['45000', '3900'])
  })
})

describe('a price that changes inside the period (example S12)', () => {
  const change = Date.parse('2024-06-16T00:00:00Z')
  const plan = examplePlan({
    pricings: [
      examplePricing(
        'calls',
        [
          [0, 0, '0.1'],
          [100, 0, '0.08'],
        ],
        { id: 'a', sequence: 1, endsAt: change },
      ),
      examplePricing(
        'calls',
        [
          [0, 0, '0.12'],
          [100, 0, '0.09'],
        ],
        { id: 'b', sequence: 2, startsAt: change },
      ),
    ],
  })

  it('makes one line for each pricing, and a measurement on the border belongs to the new one', () => {
    const draft = bill({
      account: exampleAccount([attach(plan, '2024-01-01')]),
      usage: measurements([
        ['2024-06-10T00:00:00Z', 150],
        ['2024-06-16T00:00:00Z', 30],
        ['2024-06-20T00:00:00Z', 100],
      ]),
    })

    expect(linesOf(draft)).toEqual(['USAGE 14', 'USAGE 14.7'])
  })
})

describe('tiers that span the plan (example S11)', () => {
  const plan = examplePlan({
    pricings: [
      examplePricing(
        'calls',
        [
          [0, 0, 1],
          [1000, 0, '0.8'],
          [3000, 0, '0.5'],
        ],
        { tiersSpanPlan: true },
      ),
    ],
  })
  const usage = measurements([
    ['2024-01-10T00:00:00Z', 700],
    ['2024-02-10T00:00:00Z', 900],
    ['2024-03-10T00:00:00Z', 2000],
  ])

  it.each([
    ['2024-01-31', 'USAGE 700', '0'],
    ['2024-02-29', 'USAGE 780', '700'],
    ['2024-03-31', 'USAGE 1420', '1600'],
  ])('go on from the periods before: %s', (lastDay, expected, unitsBefore) => {
    const draft = bill({
      account: exampleAccount([attach(plan, '2024-01-01')]),
      request: { lastDay },
      usage,
    })

    expect(linesOf(draft)).toEqual([expected])
    expect(draft?.lines[0]?.explanation).toMatchObject({ rating: { unitsBefore } })
  })

  it('count from the start of the account plan, not of an earlier one', () => {
    const draft = bill({
      account: exampleAccount([attach(plan, '2024-02-01')]),
      request: { lastDay: '2024-03-31' },
      usage,
    })

    expect(linesOf(draft)).toEqual(['USAGE 1620'])
  })
})

describe('a standing charge', () => {
  const monthly = examplePlan({ standingCharge: standing('62') })

  it.each([
    ['the first part of a month', '2024-01-15', null, '2024-01-31', ['STANDING_CHARGE 34']],
    ['a whole month', '2024-01-15', null, '2024-02-29', ['STANDING_CHARGE 62']],
    [
      'the last part in a leap year',
      '2024-01-15',
      '2024-02-11',
      '2024-02-29',
      ['STANDING_CHARGE 21.38'],
    ],
    ['20 of 30 days', '2024-06-11', null, '2024-06-30', ['STANDING_CHARGE 41.33']],
    [
      'a start in the middle of a day: the whole day',
      '2024-06-30T18:00:00Z',
      null,
      '2024-06-30',
      ['STANDING_CHARGE 2.07'],
    ],
    [
      'an end in the middle of a day: not that day',
      '2024-01-01',
      '2024-06-01T18:00:00Z',
      '2024-06-30',
      [],
    ],
  ])('is for the days of the plan: %s', (_, from, to, lastDay, expected) => {
    const draft = bill({
      account: exampleAccount([attach(monthly, from, to)]),
      request: { lastDay },
    })

    expect(linesOf(draft)).toEqual(expected)
  })

  it('adds the months of a first period that began long before the epoch', () => {
    const draft = bill({
      account: exampleAccount([attach(monthly, '2023-11-16')], { billEpoch: '2024-02-01' }),
      request: { lastDay: '2024-01-31' },
    })

    expect(draft?.startDate).toBe('2023-11-16')
    expect(linesOf(draft)).toEqual(['STANDING_CHARGE 155'])
    expect(draft?.lines[0]?.explanation).toMatchObject({
      factor: {
        parts: [
          { activeDays: 15, days: 30 },
          { activeDays: 31, days: 31 },
          { activeDays: 31, days: 31 },
        ],
      },
    })
  })

  it.each([
    ['every bill', 1, 0, ['90', '90', '90', '90']],
    ['every second from the first', 2, 0, ['90', '', '90', '']],
    ['every second from the second', 2, 1, ['', '90', '', '90']],
  ])('falls on %s (example B3)', (_, everyBills, firstBill, expected) => {
    const plan = examplePlan({
      interval: 3,
      standingCharge: standing('90', { everyBills, firstBill }),
    })
    const account = exampleAccount([attach(plan, '2023-01-01', '2024-01-01')])

    const charged = ['2023-03-31', '2023-06-30', '2023-09-30', '2023-12-31'].map((lastDay) =>
      digits(bill({ account, request: { lastDay } })?.lines[0]?.subtotal ?? decimal(0)).replace(
        /^0$/,
        '',
      ),
    )

    expect(charged).toEqual(expected)
  })
})

describe('a charge in advance (example B4)', () => {
  const plan = examplePlan({ standingCharge: standing('62', { inAdvance: true }) })
  const account = exampleAccount([attach(plan, '2024-01-15')])
  const monthOf = (lastDay: string, carried: ReturnType<typeof carriedBy> = [], of = account) =>
    bill({ account: of, request: { lastDay }, carried })

  it('stands beside the part of the first period, then alone', () => {
    const january = monthOf('2024-01-31')
    const february = january && monthOf('2024-02-29', carriedBy(january))

    expect(linesOf(january)).toEqual(['STANDING_CHARGE 34', 'STANDING_CHARGE 62'])
    expect(linesOf(february)).toEqual(['STANDING_CHARGE 62'])
    expect(digits(january?.total ?? decimal(0))).toBe('96')
  })

  it('is never charged twice when bills are run in another order', () => {
    const february = monthOf('2024-02-29')
    const january = february && monthOf('2024-01-31', carriedBy(february))

    expect(linesOf(february)).toEqual(['STANDING_CHARGE 62', 'STANDING_CHARGE 62'])
    expect(linesOf(january)).toEqual(['STANDING_CHARGE 34'])
  })

  it('does not see itself as another bill', () => {
    const january = monthOf('2024-01-31')
    const again = january && monthOf('2024-01-31', carriedBy(january))

    expect(again).toEqual(january)
  })

  it('shrinks when the plan is end-dated', () => {
    const january = monthOf('2024-01-31')
    const ending = exampleAccount([attach(plan, '2024-01-15', '2024-03-11')])

    expect(linesOf(january && monthOf('2024-02-29', carriedBy(january), ending))).toEqual([
      'STANDING_CHARGE 20',
    ])
  })

  it('comes first on the bill that ends where the plan starts', () => {
    const starting = exampleAccount([attach(plan, '2024-02-01')])

    const first = monthOf('2024-01-31', [], starting)

    expect(linesOf(first)).toEqual(['STANDING_CHARGE 62'])
    expect(first?.hasActivePlan).toBe(false)
    expect(linesOf(first && monthOf('2024-02-29', carriedBy(first), starting))).toEqual([
      'STANDING_CHARGE 62',
    ])
  })
})

describe('a minimum spend', () => {
  const pricings = [examplePricing('calls', [[0, 0, 1]])]
  const january = { lastDay: '2024-01-31' }

  it.each([
    [
      'lifts usage to the minimum (C1)',
      '2024-01-01',
      800,
      ['USAGE 800', 'MINIMUM_SPEND 200'],
      '1000',
    ],
    ['adds nothing to more usage (C1)', '2024-01-01', 1200, ['USAGE 1200'], '1200'],
    [
      'is for the days of the plan (C3)',
      '2024-01-15',
      300,
      ['USAGE 300', 'MINIMUM_SPEND 248.39'],
      '548.39',
    ],
    ['is due without usage', '2024-01-01', null, ['MINIMUM_SPEND 1000'], '1000'],
  ])('of a plan in arrears %s', (_, from, used, expected, total) => {
    const plan = examplePlan({ pricings, minimumSpend: minimum('1000') })
    const draft = bill({
      account: exampleAccount([attach(plan, from)]),
      request: january,
      usage: () => used,
    })

    expect(linesOf(draft)).toEqual(expected)
    expect(digits(draft?.total ?? decimal(0))).toBe(total)
  })

  it('of a plan in advance comes first and is refunded as far as usage covers it (C2)', () => {
    const plan = examplePlan({ pricings, minimumSpend: minimum('1000', true) })
    const account = exampleAccount([attach(plan, '2024-01-01', '2024-02-01')])

    const ahead = bill({ account, request: { lastDay: '2023-12-31' } })
    const closing =
      ahead && bill({ account, request: january, carried: carriedBy(ahead), usage: () => 800 })

    expect(linesOf(ahead)).toEqual(['MINIMUM_SPEND 1000'])
    expect(linesOf(closing)).toEqual(['USAGE 800', 'MINIMUM_SPEND_REFUND -800'])
    expect(closing?.lines.map((line) => line.description)).toEqual([
      'calls',
      'Product Minimum Spend Adjustment',
    ])
  })

  it('of a plan in advance is caught up on the bill that closes the period', () => {
    const plan = examplePlan({ pricings, minimumSpend: minimum('1000', true) })
    const account = exampleAccount([attach(plan, '2024-01-01', '2024-02-01')])

    const closing = bill({ account, request: january, usage: () => 800 })

    expect(linesOf(closing)).toEqual([
      'USAGE 800',
      'MINIMUM_SPEND 1000',
      'MINIMUM_SPEND_REFUND -800',
    ])
  })

  it('of a pricing is named after the aggregation (S14)', () => {
    const priced = examplePricing('calls', [[0, 0, '0.5']], { minimumSpend: minimum('100') })
    const draft = bill({
      account: exampleAccount([attach(examplePlan({ pricings: [priced] }), '2024-01-01')]),
      usage: () => 80,
    })

    expect(linesOf(draft)).toEqual(['USAGE 40', 'MINIMUM_SPEND 60'])
    expect(draft?.lines[1]?.description).toBe('calls Minimum Spend Adjustment')
  })

  it('of a pricing counts toward that of the plan', () => {
    const priced = examplePricing('calls', [[0, 0, '0.5']], { minimumSpend: minimum('100') })
    const plan = examplePlan({ pricings: [priced], minimumSpend: minimum('150') })
    const draft = bill({ account: exampleAccount([attach(plan, '2024-01-01')]), usage: () => 80 })

    expect(linesOf(draft)).toEqual(['USAGE 40', 'MINIMUM_SPEND 50', 'MINIMUM_SPEND 60'])
  })

  it('does not count standing charges', () => {
    const plan = examplePlan({
      pricings,
      standingCharge: standing('500'),
      minimumSpend: minimum('1000'),
    })
    const draft = bill({ account: exampleAccount([attach(plan, '2024-01-01')]), usage: () => 100 })

    expect(linesOf(draft)).toEqual(['STANDING_CHARGE 500', 'USAGE 100', 'MINIMUM_SPEND 900'])
  })
})

describe('a credit', () => {
  const calls = examplePricing('calls', [[0, 0, '0.3']], { sequence: 1 })

  it.each([
    [
      'cut to the charges of the product (S13)',
      'PRODUCT_CREDIT' as const,
      50,
      ['USAGE 30', 'USAGE_CREDIT -30'],
      '0',
    ],
    [
      'whole where charges leave room',
      'PRODUCT_CREDIT' as const,
      20,
      ['USAGE 30', 'USAGE_CREDIT -20'],
      '10',
    ],
    [
      'cut to the charges of the bill',
      'GLOBAL_CREDIT' as const,
      50,
      ['USAGE 30', 'USAGE_CREDIT -30'],
      '0',
    ],
    [
      'nothing for negative units',
      'PRODUCT_CREDIT' as const,
      -5,
      ['USAGE 30', 'USAGE_CREDIT 0'],
      '30',
    ],
  ])('is %s', (_, type, minutes, expected, total) => {
    const credit = examplePricing('minutes', [[0, 0, 1]], { sequence: 2, type })
    const draft = bill({
      account: exampleAccount([attach(examplePlan({ pricings: [calls, credit] }), '2024-01-01')]),
      usage: usageOf({ calls: 100, minutes }),
    })

    expect(linesOf(draft)).toEqual(expected)
    expect(digits(draft?.total ?? decimal(0))).toBe(total)
    expect(digits(draft?.lines[1]?.units ?? decimal(0))).toBe(String(minutes))
  })

  it('of negative units gives back the first unit price, without its fixed price', () => {
    const corrected = examplePricing('corrections', [[0, 5, '0.2']], { sequence: 2 })
    const draft = bill({
      account: exampleAccount([
        attach(examplePlan({ pricings: [calls, corrected] }), '2024-01-01'),
      ]),
      usage: usageOf({ calls: 100, corrections: -50 }),
    })

    expect(linesOf(draft)).toEqual(['USAGE 30', 'USAGE_CREDIT -10'])
  })

  it('says what it was cut from', () => {
    const credit = examplePricing('minutes', [[0, 0, 1]], { sequence: 2, type: 'PRODUCT_CREDIT' })
    const draft = bill({
      account: exampleAccount([attach(examplePlan({ pricings: [calls, credit] }), '2024-01-01')]),
      usage: usageOf({ calls: 100, minutes: 50 }),
    })

    expect(draft?.lines[1]?.explanation).toMatchObject({
      cap: { scope: 'PRODUCT', uncapped: '-50', available: '30' },
      amount: { exact: '-30' },
    })
  })
})

describe('money on a bill', () => {
  const pounds = examplePlan({
    currency: 'GBP',
    standingCharge: standing('12'),
    pricings: [examplePricing('calls', [[0, 0, '0.333']])],
  })
  const account = exampleAccount([attach(pounds, '2024-01-01')])
  const conversions = [{ from: 'GBP', to: 'USD', multiplier: decimal('1.25') }]

  it('is rounded, then converted line by line (F1)', () => {
    const draft = bill({ account, rules: { conversions }, usage: () => 33 })

    expect(
      draft?.lines.map((line) => [
        digits(line.subtotal),
        line.currency,
        digits(line.conversionRate),
        digits(line.convertedSubtotal),
      ]),
    ).toEqual([
      ['12', 'GBP', '1.25', '15'],
      ['10.99', 'GBP', '1.25', '13.74'],
    ])
    expect(digits(draft?.total ?? decimal(0))).toBe('28.74')
    expect(draft?.conversions).toEqual(conversions)
  })

  it.each([
    ['the target of the job', { targetCurrency: 'GBP' }, {}, 'GBP'],
    ['the account', { conversions }, { currency: 'GBP' }, 'GBP'],
  ])('is billed in the currency of %s', (_, rules, over, currency) => {
    const draft = bill({ account: { ...account, ...over }, rules, usage: () => 33 })

    expect([draft?.currency, digits(draft?.total ?? decimal(0))]).toEqual([currency, '22.99'])
  })

  it('is refused without a rate, with the pair to add', () => {
    expect(() => bill({ account, usage: () => 33 })).toThrow('no conversion rate from GBP to USD')
    expect(() =>
      bill({
        account,
        usage: () => 33,
        rules: { conversions: [{ from: 'USD', to: 'GBP', multiplier: decimal(2) }] },
      }),
    ).toThrow('no conversion rate from GBP to USD')
  })

  it('keeps to the places and the mode of its currency', () => {
    const yen = examplePlan({
      currency: 'JPY',
      pricings: [examplePricing('calls', [[0, 0, '0.5']])],
    })
    const of = exampleAccount([attach(yen, '2024-01-01')], { currency: 'JPY' })
    const rules = { currencies: new Map([['JPY', currencyRule('JPY', 0, 'HALF_EVEN')]]) }

    expect(linesOf(bill({ account: of, rules, usage: () => 5 }))).toEqual(['USAGE 2'])
  })

  it('is refused where rounding is needed and forbidden', () => {
    const rules = {
      currencies: new Map([['GBP', currencyRule('GBP', 2, 'UNNECESSARY')]]),
      targetCurrency: 'GBP',
    }

    expect(() => bill({ account, rules, usage: () => 33 })).toThrow('10.989 of "calls"')
    expect(linesOf(bill({ account, rules, usage: () => 1000 }))).toEqual([
      'STANDING_CHARGE 12',
      'USAGE 333',
    ])
  })
})

describe('the order of lines', () => {
  it('is by product as attached, then by type', () => {
    const plan = (name: string) =>
      examplePlan({
        id: name,
        product: { id: name, name, code: name },
        standingCharge: standing('1'),
        minimumSpend: minimum('10'),
        pricings: [examplePricing(name, [[0, 0, 1]])],
      })
    const draft = bill({
      account: exampleAccount([
        attach(plan('storage'), '2024-01-01'),
        attach(plan('calls'), '2023-01-01'),
      ]),
      usage: () => 4,
    })

    expect(draft?.lines.map((line) => `${line.product.id} ${line.type}`)).toEqual([
      'storage STANDING_CHARGE',
      'storage USAGE',
      'storage MINIMUM_SPEND',
      'calls STANDING_CHARGE',
      'calls USAGE',
      'calls MINIMUM_SPEND',
    ])
  })
})
