/** A small world for tests: rules, an account, plans, and the bills that come out of them. */
import type { ExplainedCalculation } from '../metering/explained-calculation.ts'
import { Decimal, decimal, digits } from '../money/decimal.ts'
import { fraction } from '../money/fraction.ts'
import { toPriceBands } from '../rating/price-band.ts'
import { parseInstant } from '../time/instant.ts'
import type { BillDraft } from './bill-draft.ts'
import type {
  AttachedPlan,
  BilledAccount,
  BillingRules,
  BillRequest,
  CarriedCharge,
  MinimumSpend,
  PlanPricing,
  PricedPlan,
  StandingCharge,
  UsageQuestion,
} from './bill-input.ts'
import { billsDue } from './bills-due.ts'
import { draftBill } from './draft-bill.ts'
import { planBill } from './plan-bill.ts'

export { carriedBy } from './ahead.ts'

export type Triple = [
  lowerLimit: number | string,
  fixedPrice: number | string,
  unitPrice: number | string,
]

export const exampleRules: BillingRules = {
  timezone: 'UTC',
  epochs: {
    DAILY: '2022-01-01',
    WEEKLY: '2022-01-04',
    MONTHLY: '2022-01-01',
    ANNUALLY: '2022-01-01',
  },
  consolidateBills: false,
  daysBeforeBillDue: 30,
  externalInvoiceDate: 'FIRST_DAY_OF_NEXT_PERIOD',
  currency: 'USD',
  targetCurrency: null,
  currencies: new Map(),
  conversions: [],
}

export const exampleRequest: BillRequest = {
  frequency: null,
  interval: null,
  lastDay: null,
  billDate: null,
  dueDate: null,
  externalInvoiceDate: null,
  now: parseInstant('2024-06-10T12:00:00Z'),
  onlyLive: false,
}

export function exampleBands(triples: Triple[]) {
  return toPriceBands(
    triples.map(([lowerLimit, fixedPrice, unitPrice], position) => ({
      id: `band-${position}`,
      lowerLimit: String(lowerLimit),
      fixedPrice: String(fixedPrice),
      unitPrice: String(unitPrice),
    })),
  )
}

export function examplePricing(
  name: string,
  triples: Triple[],
  over: Partial<PlanPricing> = {},
): PlanPricing {
  return {
    id: `pricing-${name}`,
    sequence: 1,
    type: 'DEBIT',
    description: null,
    accountingProduct: null,
    aggregation: {
      id: `aggregation-${name}`,
      kind: 'SIMPLE',
      name,
      unit: 'unit',
      quantityPerUnit: decimal(1),
      rounding: 'NONE',
      meterId: `meter-${name}`,
      accountingProduct: null,
    },
    segment: null,
    measured: [{ targetField: name, method: 'SUM' }],
    startsAt: parseInstant('2022-01-01T00:00:00Z'),
    endsAt: null,
    cumulative: true,
    tiersSpanPlan: false,
    bands: exampleBands(triples),
    minimumSpend: null,
    ...over,
  }
}

export function standing(amount: string, over: Partial<StandingCharge> = {}): StandingCharge {
  return {
    amount: fraction(amount),
    description: null,
    accountingProduct: null,
    inAdvance: false,
    everyBills: 1,
    firstBill: 0,
    ...over,
  }
}

export function minimum(amount: string, inAdvance = false): MinimumSpend {
  return { amount: fraction(amount), description: null, accountingProduct: null, inAdvance }
}

export function examplePlan(over: Partial<PricedPlan> = {}): PricedPlan {
  return {
    id: 'plan',
    name: 'Plan',
    product: { id: 'product', name: 'Product', code: 'product' },
    currency: 'USD',
    frequency: 'MONTHLY',
    interval: 1,
    standingCharge: null,
    minimumSpend: null,
    pricings: [],
    ...over,
  }
}

export function attach(
  plan: PricedPlan,
  from: string,
  to: string | null = null,
  over: Partial<AttachedPlan> = {},
): AttachedPlan {
  const at = (text: string) => parseInstant(text.includes('T') ? text : `${text}T00:00:00Z`)
  return {
    id: `attached-${plan.id}`,
    startsAt: at(from),
    endsAt: to === null ? null : at(to),
    billEpoch: null,
    plan,
    ...over,
  }
}

export function exampleAccount(
  plans: AttachedPlan[],
  over: Partial<BilledAccount> = {},
): BilledAccount {
  return {
    id: 'account',
    code: 'account',
    name: 'Account',
    currency: null,
    billEpoch: null,
    daysBeforeBillDue: null,
    purchaseOrderNumber: null,
    plans,
    ...over,
  }
}

export type ExampleUsage = (question: UsageQuestion) => string | number | null

export type Example = {
  account: BilledAccount
  rules?: Partial<BillingRules>
  request?: Partial<BillRequest>
  carried?: CarriedCharge[]
  /** Days that an earlier bill charged of the first account plan. */
  charged?: [from: string, to: string][]
  usage?: ExampleUsage
  /** How every quantity came about. */
  calculated?: ExplainedCalculation | null
}

export function draftBills({
  account,
  rules,
  request,
  carried = [],
  charged = [],
  usage = () => null,
  calculated = null,
}: Example): BillDraft[] {
  const bills = billsDue(
    account,
    { ...exampleRules, ...rules },
    { ...exampleRequest, ...request },
    carried,
  )
  const earlier = charged.map(([from, to]) => ({
    billedBy: { accountId: account.id, naturalBillDate: to, frequency: null, interval: null },
    accountPlanId: account.plans[0]?.id ?? '',
    from: parseInstant(`${from}T00:00:00Z`),
    to: parseInstant(`${to}T00:00:00Z`),
  }))
  return bills.map((input) => {
    const plan = planBill({ ...input, charged: earlier })
    const answers = plan.questions.map((question) => {
      const value = usage(question)
      return value === null ? null : { quantity: new Decimal(value), calculation: calculated }
    })
    return draftBill(plan, answers)
  })
}

/** Usage by the name of the aggregation, whatever the window. */
export function usageOf(byName: Record<string, string | number>): ExampleUsage {
  return ({ aggregation }) => byName[aggregation.name] ?? null
}

/** Single measurements by instant, summed over the window asked for. */
export function measurements(points: [at: string, value: number][]): ExampleUsage {
  return ({ from, to }) => {
    const values = points.filter(([at]) => parseInstant(at) >= from && parseInstant(at) < to)
    return values.length === 0 ? null : values.reduce((total, [, value]) => total + value, 0)
  }
}

/** `TYPE subtotal`, the short form in which examples state lines. */
export function linesOf(draft: BillDraft | undefined): string[] {
  return (draft?.lines ?? []).map((line) => `${line.type} ${digits(line.subtotal)}`)
}
