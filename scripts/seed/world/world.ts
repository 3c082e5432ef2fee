/** The whole demo as plain values: what to create, in which order, and which use to send. */
import { type Calendar, calendarAt, type Day, ZONE } from './calendar.ts'
import { catalogue } from './catalogue.ts'
import { accountPlanSteps, accountStep, bespokeCustomer, customers } from './customers.ts'
import type { Measurement } from './measurement.ts'
import { packsOf, type Use } from './measurements.ts'
import { bespokePlan, pricings, templatesAndPlans } from './prices.ts'
import { type Step, step } from './step.ts'

export type WorldOptions = {
  /** The present, in epoch milliseconds. */
  now: number
  seed: string
  accounts: number
  /** The last of them is the open one. */
  months: number
  measurements: number
}

export type World = {
  /** In an order in which every reference is known when it is needed. */
  steps: Step[]
  /** Goes over what the organization's configuration has. */
  configuration: Record<string, unknown>
  /** Last days of the months to bill, oldest first. */
  closedMonths: Day[]
  packs(): Generator<Measurement[]>
}

export const DEMO_DEFAULTS = { seed: 'larkmoor', accounts: 40, months: 3, measurements: 330_000 }

export function worldOf(options: WorldOptions): World {
  const calendar = calendarAt(options.now, options.months)
  const buyers = customers(options.accounts, calendar, options.seed)
  const bespoke = bespokeCustomer(buyers)
  const use: Use = { ...options, calendar, customers: buyers }
  return {
    steps: [
      ...currencies(),
      ...catalogue(),
      ...templatesAndPlans(),
      // The largest last: lists show the newest first.
      ...buyers.map(accountStep).toReversed(),
      bespokePlan(bespoke.code, bespoke.name),
      ...pricings(calendar, bespoke.code),
      ...buyers.flatMap(accountPlanSteps),
    ],
    configuration: configuration(),
    closedMonths: closedMonths(calendar),
    packs: () => packsOf(use),
  }
}

function currencies(): Step[] {
  const currency = (code: string, name: string) =>
    step('/picklists/currency', { code, name, maxDecimalPlaces: 2, roundingMode: 'HALF_UP' })
  return [
    currency('USD', 'US dollar'),
    currency('EUR', 'Euro'),
    currency('GBP', 'Pound sterling'),
    currency('CHF', 'Swiss franc'),
  ]
}

/** Swiss francs have no rate yet: the first bill of that customer fails and says why. */
function configuration(): Record<string, unknown> {
  const rate = (from: string, to: string, multiplier: number) => ({ from, to, multiplier })
  return {
    timezone: ZONE,
    currency: 'USD',
    daysBeforeBillDue: 14,
    billPrefix: 'LARK-',
    sequenceStartNumber: 1000,
    currencyConversions: [
      rate('USD', 'EUR', 0.92),
      rate('USD', 'GBP', 0.79),
      rate('EUR', 'USD', 1.087),
      rate('EUR', 'GBP', 0.859),
    ],
  }
}

function closedMonths(calendar: Calendar): Day[] {
  return calendar.months
    .slice(0, -1)
    .map(({ end }) => Temporal.PlainDate.from(end).subtract({ days: 1 }).toString())
}
