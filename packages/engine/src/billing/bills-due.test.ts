import { describe, expect, it } from 'vitest'
import {
  attach,
  draftBills,
  type Example,
  exampleAccount,
  examplePlan,
  exampleRules,
  minimum,
  standing,
} from './bill-example.ts'
import type { BilledAccount, BillingRules, PricedPlan } from './bill-input.ts'

const periods = (example: Example) =>
  draftBills(example).map((bill) => [bill.startDate, bill.endDate, bill.billDate])

/** Asks for every single day as last day of a period, as a patient user would. */
function billDates(
  account: BilledAccount,
  rules: Partial<BillingRules>,
  from: string,
  days: number,
) {
  const start = Date.parse(from)
  const found: string[][] = []
  for (let day = 0; day < days; day += 1) {
    const lastDay = new Date(start + day * 86_400_000).toISOString().slice(0, 10)
    for (const bill of draftBills({ account, rules, request: { lastDay } })) {
      found.push([bill.startDate, bill.endDate])
    }
  }
  return found
}

describe('the periods of bills (examples A1 to A3)', () => {
  const cases: [
    string,
    Partial<PricedPlan>,
    Partial<BillingRules>,
    [string, string],
    string[],
    number,
  ][] = [
    [
      'a year that ends on the epoch',
      { frequency: 'ANNUALLY' },
      { epochs: { ...exampleRules.epochs, ANNUALLY: '2023-01-01' } },
      ['2022-01-01', '2028-01-15'],
      ['2023-01-01', '2024-01-01', '2025-01-01'],
      1200,
    ],
    [
      'months from the 15th',
      {},
      { epochs: { ...exampleRules.epochs, MONTHLY: '2022-01-15' } },
      ['2022-01-01', '2022-06-30'],
      [
        '2022-01-15',
        '2022-02-15',
        '2022-03-15',
        '2022-04-15',
        '2022-05-15',
        '2022-06-15',
        '2022-07-15',
      ],
      300,
    ],
    [
      'weeks from Saturday',
      { frequency: 'WEEKLY' },
      { epochs: { ...exampleRules.epochs, WEEKLY: '2022-01-15' } },
      ['2022-01-01', '2022-06-30'],
      ['2022-01-15', '2022-01-22', '2022-01-29'],
      30,
    ],
    [
      'days from an epoch',
      { frequency: 'DAILY' },
      { epochs: { ...exampleRules.epochs, DAILY: '2022-01-02' } },
      ['2022-01-01', '2022-06-30'],
      ['2022-01-02', '2022-01-03', '2022-01-04'],
      3,
    ],
    [
      'quarters',
      { interval: 3 },
      {},
      ['2023-01-01', '2024-01-01'],
      ['2023-04-01', '2023-07-01', '2023-10-01', '2024-01-01'],
      760,
    ],
  ]
  it.each(cases)('follow the epoch: %s', (_, plan, rules, [from, to], expected, days) => {
    const account = exampleAccount([attach(examplePlan(plan), from, to)])

    const found = billDates(account, rules, '2022-01-01', days)

    expect(found.map(([, end]) => end)).toEqual(expected)
    expect(found[0]?.[0]).toBe(from)
  })

  it('keep the day of a month-end epoch where the month has it', () => {
    const account = exampleAccount([attach(examplePlan(), '2023-01-31')], {
      billEpoch: '2023-01-31',
    })

    const found = billDates(account, {}, '2023-01-01', 212)

    expect(found.map(([, end]) => end)).toEqual([
      '2023-02-28',
      '2023-03-31',
      '2023-04-30',
      '2023-05-31',
      '2023-06-30',
      '2023-07-31',
    ])
  })
})

describe('the bills that a request asks for', () => {
  const account = exampleAccount([attach(examplePlan(), '2023-01-01')])

  it.each([
    ['the last day', { lastDay: '2023-09-30' }, [['2023-09-01', '2023-10-01', '2023-10-01']]],
    ['the bill date', { billDate: '2023-10-01' }, [['2023-09-01', '2023-10-01', '2023-10-01']]],
    [
      'both: the period of the last day, the bill date as given',
      { lastDay: '2023-09-30', billDate: '2023-10-05' },
      [['2023-09-01', '2023-10-01', '2023-10-05']],
    ],
    ['neither: the period in which now lies', {}, [['2024-06-01', '2024-07-01', '2024-07-01']]],
    ['a day that ends no period: nothing', { lastDay: '2023-09-29' }, []],
    ['another frequency: nothing', { lastDay: '2023-09-30', frequency: 'DAILY' as const }, []],
    ['another interval: nothing', { lastDay: '2023-09-30', interval: 3 }, []],
    ['a period before the plan: nothing', { lastDay: '2022-09-30' }, []],
  ])('are found by %s', (_, request, expected) => {
    expect(periods({ account, request })).toEqual(expected)
  })

  it('are one for each frequency and interval, or one for all when consolidated', () => {
    const several = exampleAccount([
      attach(examplePlan({ id: 'month' }), '2023-01-01'),
      attach(examplePlan({ id: 'quarter', interval: 3 }), '2023-01-01'),
      attach(examplePlan({ id: 'day', frequency: 'DAILY' }), '2023-01-01'),
    ])
    const request = { lastDay: '2023-03-31' }

    const apart = draftBills({ account: several, request })
    const together = draftBills({ account: several, request, rules: { consolidateBills: true } })

    expect(apart.map((bill) => [bill.frequency, bill.interval, bill.startDate])).toEqual([
      ['DAILY', 1, '2023-03-31'],
      ['MONTHLY', 1, '2023-03-01'],
      ['MONTHLY', 3, '2023-01-01'],
    ])
    expect(together.map((bill) => [bill.frequency, bill.interval, bill.startDate])).toEqual([
      ['MIXED', 1, '2023-01-01'],
    ])
  })

  it('are the same in the middle of the period as for its last day, though a part has not begun', () => {
    const plan = (id: string, over: Partial<PricedPlan> = {}) =>
      attach(examplePlan({ id, standingCharge: standing('10'), ...over }), '2024-01-01')
    const consolidated = {
      account: exampleAccount([plan('month'), plan('day', { frequency: 'DAILY' as const })]),
      rules: { consolidateBills: true },
    }
    const ofEpochs = {
      account: exampleAccount([
        plan('from the 30th'),
        { ...plan('from the 31st'), billEpoch: '2024-01-31' },
      ]),
      rules: { epochs: { ...exampleRules.epochs, MONTHLY: '2024-01-30' } },
      request: { now: Date.parse('2024-01-30T12:00:00Z') },
    }

    for (const [example, billDate] of [
      [consolidated, '2024-07-01'],
      [ofEpochs, '2024-02-29'],
    ] as const) {
      const inProgress = draftBills(example).find(({ endDate }) => endDate === billDate)
      const [asked] = draftBills({ ...example, request: { billDate } })

      expect(inProgress?.lines).toHaveLength(2)
      expect(inProgress).toEqual(asked)
    }
  })

  it('begin with a charge in advance on the bill that ends where the plan starts', () => {
    const plan = examplePlan({ standingCharge: standing('62', { inAdvance: true }) })
    const request = { lastDay: '2023-12-31' }
    const starting = (from: string) => exampleAccount([attach(plan, from)])

    expect(periods({ account: starting('2024-01-01'), request })).toEqual([
      ['2023-12-01', '2024-01-01', '2024-01-01'],
    ])
    expect(periods({ account: starting('2024-01-15'), request })).toEqual([])
  })

  it('count one interval backwards where the plan starts on the epoch itself', () => {
    const plan = examplePlan({ minimumSpend: minimum('10', true) })
    const account = exampleAccount([attach(plan, '2022-01-01')])

    expect(periods({ account, request: { billDate: '2022-01-01' } })).toEqual([
      ['2021-12-01', '2022-01-01', '2022-01-01'],
    ])
  })

  it('leave out plans without a billing period', () => {
    const account = exampleAccount([attach(examplePlan({ frequency: 'AD_HOC' }), '2023-01-01')])

    expect(periods({ account })).toEqual([])
  })
})

describe('the dates of a bill', () => {
  const account = exampleAccount([attach(examplePlan(), '2023-01-01')])

  it.each([
    ['the day after the period', {}, {}, '2023-10-01', '2023-10-31'],
    [
      'the last day of the period',
      { externalInvoiceDate: 'LAST_DAY_OF_ARREARS' as const },
      {},
      '2023-09-30',
      '2023-10-31',
    ],
    [
      'as the job says',
      {},
      { dueDate: '2023-12-24', externalInvoiceDate: '2023-11-11' },
      '2023-11-11',
      '2023-12-24',
    ],
  ])('follow the settings: invoice on %s', (_, rules, request, invoiceDate, dueDate) => {
    const [bill] = draftBills({ account, rules, request: { lastDay: '2023-09-30', ...request } })

    expect([bill?.externalInvoiceDate, bill?.dueDate]).toEqual([invoiceDate, dueDate])
  })

  it('follow the account where it has its own days before due', () => {
    const patient = { ...account, daysBeforeBillDue: 60 }

    const [bill] = draftBills({ account: patient, request: { lastDay: '2023-09-30' } })

    expect(bill?.dueDate).toBe('2023-11-30')
  })

  it('are local: a month across the change of the clocks is an hour short', () => {
    const [bill] = draftBills({
      account: exampleAccount([attach(examplePlan(), '2023-12-31T23:00:00Z')]),
      rules: { timezone: 'Europe/Berlin' },
      request: { lastDay: '2024-03-31' },
    })

    expect((Number(bill?.endsAt) - Number(bill?.startsAt)) / 3_600_000).toBe(31 * 24 - 1)
  })
})
