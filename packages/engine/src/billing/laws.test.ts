/**
 * Laws of bills, over random plans and usage.
 * 1. The total is the sum of the converted lines.
 * 2. The same input gives the same draft, and nothing in the input is changed.
 * 3. More usage never lowers a bill of graduated prices, with or without a minimum.
 * 4. The bills of a cut plan carry standing charges that add up to those of the whole plan.
 * 5. Each instant belongs to the windows of exactly one bill, in every zone.
 * 6. What earlier bills left of a period is charged on one bill: each day once, none left out.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zero } from '../money/decimal.ts'
import { add, equals, fraction, zeroFraction } from '../money/fraction.ts'
import { addDays } from '../time/calendar.ts'
import { activeShare, firstPeriod, nextPeriod } from '../time/period.ts'
import { startOfDay } from '../time/zone.ts'
import {
  attach,
  draftBills,
  exampleAccount,
  examplePlan,
  examplePricing,
  exampleRequest,
  exampleRules,
  minimum,
  standing,
} from './bill-example.ts'
import { billsDue } from './bills-due.ts'
import { dayFactor } from './day-factor.ts'
import { planBill } from './plan-bill.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Pago_Pago',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
  'America/Santiago',
]
const anyDay = fc.integer({ min: 0, max: 1500 }).map((days) => addDays('2022-01-01', days))
const quantity = fc.integer({ min: 0, max: 5_000_000 }).map((value) => value / 1000)

describe('bills', () => {
  it('are the sum of their lines, and the same again (1, 2)', () => {
    fc.assert(
      fc.property(anyDay, quantity, quantity, fc.boolean(), (from, calls, bytes, inAdvance) => {
        const plan = examplePlan({
          currency: 'GBP',
          standingCharge: standing('19.99', { inAdvance }),
          minimumSpend: minimum('250', inAdvance),
          pricings: [
            examplePricing('calls', [
              [0, 0, '0.0137'],
              [1000, 5, '0.011'],
            ]),
            examplePricing('bytes', [[0, 1, '0.333']], { sequence: 2, cumulative: false }),
          ],
        })
        const example = {
          account: exampleAccount([attach(plan, from)]),
          rules: {
            targetCurrency: 'USD',
            conversions: [{ from: 'GBP', to: 'USD', multiplier: zero.plus('1.2713') }],
          },
          request: { lastDay: '2024-06-30' },
          usage: ({ aggregation }: { aggregation: { name: string } }) =>
            aggregation.name === 'calls' ? calls : bytes,
        }

        const bills = draftBills(example)

        for (const bill of bills) {
          const sum = bill.lines.reduce((total, line) => total.plus(line.convertedSubtotal), zero)
          expect(bill.total.equals(sum)).toBe(true)
        }
        expect(draftBills(example)).toEqual(bills)
      }),
    )
  })

  it('never fall when usage of graduated prices grows (3)', () => {
    const plan = examplePlan({
      minimumSpend: minimum('500'),
      pricings: [
        examplePricing('calls', [
          [0, 3, '0.5'],
          [700, 0, '0.2'],
          [2000, 40, '0.01'],
        ]),
      ],
    })
    const totalAt = (used: number) =>
      draftBills({
        account: exampleAccount([attach(plan, '2024-01-01')]),
        request: { lastDay: '2024-06-30' },
        usage: () => used,
      })[0]?.total ?? zero

    fc.assert(
      fc.property(quantity, quantity, (used, more) =>
        totalAt(used + more).greaterThanOrEqualTo(totalAt(used)),
      ),
    )
  })

  it('share a period out completely, however often the plan changes hands (4)', () => {
    fc.assert(
      fc.property(fc.array(anyDay, { minLength: 1, maxLength: 4 }), anyDay, (cuts, epoch) => {
        const schedule = { frequency: 'MONTHLY' as const, interval: 1, epoch }
        const period = nextPeriod(schedule, firstPeriod(schedule, '2024-01-20'))
        const borders = [
          period.start,
          ...cuts.filter((day) => day > period.start && day < period.end).sort(),
          period.end,
        ]
        const shares = borders
          .slice(1)
          .map((to, at) => dayFactor(schedule, period, { from: borders[at] ?? to, to }))

        const total = shares.reduce((sum, share) => add(sum, share.value), zeroFraction)

        expect(equals(total, activeShare(schedule, period, period.start, period.end))).toBe(true)
        for (const { value, explained } of shares) {
          const parts = explained.parts.reduce(
            (sum, part) => add(sum, fraction(part.activeDays, part.days)),
            zeroFraction,
          )
          expect(equals(parts, value)).toBe(true)
        }
      }),
    )
  })

  it('charge each day that earlier bills left, once, whatever they charged (6)', () => {
    const quarter = Array.from({ length: 91 }, (_, day) => addDays('2024-01-01', day))
    const plan = examplePlan({
      interval: 3,
      standingCharge: standing('91'),
      pricings: [examplePricing('days', [[0, 0, 1]])],
    })
    const part = fc
      .tuple(fc.integer({ min: -40, max: 110 }), fc.integer({ min: 1, max: 50 }))
      .map(([start, days]): [string, string] => [
        addDays('2024-01-01', start),
        addDays('2024-01-01', start + days),
      ])
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (charged) => {
        const [bill] = draftBills({
          account: exampleAccount([attach(plan, '2023-01-01')]),
          request: { lastDay: '2024-03-31' },
          charged,
          usage: ({ from, to }) => (to - from) / 86_400_000,
        })

        const left = quarter.filter((day) => !charged.some(([from, to]) => from <= day && day < to))
        const lines = bill?.lines ?? []
        const totalOf = (type: string) =>
          lines
            .filter((line) => line.type === type)
            .reduce((total, line) => total.plus(line.subtotal), zero)
            .toNumber()
        expect([totalOf('STANDING_CHARGE'), totalOf('USAGE')]).toEqual([left.length, left.length])
        for (const { servicePeriodFrom, servicePeriodTo } of lines) {
          const days = quarter.filter((day) => {
            const at = startOfDay(day, 'UTC')
            return servicePeriodFrom <= at && at < servicePeriodTo
          })
          expect(left).toEqual(expect.arrayContaining(days))
        }
      }),
    )
  })

  it.each(zones)('ask about each instant once, whatever the zone: %s (5)', (timezone) => {
    const change = startOfDay('2024-03-15', timezone) + 7_200_000
    const plan = examplePlan({
      pricings: [
        examplePricing('calls', [[0, 0, 1]], { id: 'a', endsAt: change }),
        examplePricing('calls', [[0, 0, 2]], { id: 'b', sequence: 2, startsAt: change }),
      ],
    })
    const account = exampleAccount([attach(plan, '2024-01-10T03:00:00Z')])
    const rules = { ...exampleRules, timezone }
    const windows = [
      '2024-01-31',
      '2024-02-29',
      '2024-03-31',
      '2024-04-30',
      '2024-10-31',
      '2024-11-30',
    ]
      .flatMap((lastDay) => billsDue(account, rules, { ...exampleRequest, lastDay }, []))
      .flatMap((bill) => planBill(bill).questions)

    expect(windows.map(({ from }) => from).slice(1, 5)).toEqual(
      windows.map(({ to }) => to).slice(0, 4),
    )
    expect(windows[0]?.from).toBe(Date.parse('2024-01-10T03:00:00Z'))
    expect(windows.at(-1)?.to).toBe(startOfDay('2024-12-01', timezone))
  })
})
