/**
 * What bills are calculated from. Everything is gathered before the calculation starts; accounts
 * share the objects of plans and rules, so that a run over many accounts holds them once.
 * Instants are epoch milliseconds, days are `YYYY-MM-DD` in the time zone of the rules.
 */
import type { ExplainedCalculation } from '../metering/explained-calculation.ts'
import type { CurrencyRule } from '../money/currency.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Fraction } from '../money/fraction.ts'
import type { PriceBand } from '../rating/price-band.ts'
import type { Day, Frequency } from '../time/calendar.ts'
import type { Period, Schedule } from '../time/period.ts'
import type { ExplainedMeasure } from './explanation.ts'

/** The settings of the organization, with those of the job put over them (billing 2.2, 13). */
export type BillingRules = {
  timezone: string
  /** First bill date for plans of each frequency, unless account or account plan name their own. */
  epochs: Record<Frequency, Day>
  consolidateBills: boolean
  daysBeforeBillDue: number
  externalInvoiceDate: 'FIRST_DAY_OF_NEXT_PERIOD' | 'LAST_DAY_OF_ARREARS'
  /** Billing currency of accounts that name none. */
  currency: string
  /** Wins over the currency of every account; given by a job. */
  targetCurrency: string | null
  /** Places and rounding by code; a code that is missing here gets 2 places and HALF_UP. */
  currencies: ReadonlyMap<string, CurrencyRule>
  /** The first entry for a pair counts: those of the job stand before those of the organization. */
  conversions: readonly ConversionRate[]
}

export type ConversionRate = { from: string; to: string; multiplier: Decimal }

/** Which bills of an account are asked for (billing 2.4). */
export type BillRequest = {
  frequency: Frequency | null
  interval: number | null
  /** Last inclusive day of the period. */
  lastDay: Day | null
  billDate: Day | null
  dueDate: Day | null
  externalInvoiceDate: Day | null
  now: number
  /** Leaves out bills all of whose plans ended more than a day ago: no late usage is waited for. */
  onlyLive: boolean
}

export type BilledAccount = {
  id: string
  code: string
  name: string
  currency: string | null
  billEpoch: Day | null
  daysBeforeBillDue: number | null
  purchaseOrderNumber: string | null
  /** In the order in which they were attached. */
  plans: readonly AttachedPlan[]
}

/** An account plan: the plan of an account from an instant until another. */
export type AttachedPlan = {
  id: string
  startsAt: number
  endsAt: number | null
  billEpoch: Day | null
  plan: PricedPlan
}

/** A plan with what it inherits from its template already put in (pricing 1.2, 1.3). */
export type PricedPlan = {
  id: string
  name: string
  product: NamedProduct
  currency: string
  frequency: Frequency | 'AD_HOC'
  interval: number
  standingCharge: StandingCharge | null
  minimumSpend: MinimumSpend | null
  /** In the order of their creation; a template's only for the time in which no own one replaces it. */
  pricings: readonly PlanPricing[]
}

export type NamedProduct = { id: string; name: string; code: string }

export type StandingCharge = {
  amount: Fraction
  description: string | null
  accountingProduct: NamedProduct | null
  inAdvance: boolean
  /** Every how many bills it falls, and the first bill that carries it, counted from 0. */
  everyBills: number
  firstBill: number
}

export type MinimumSpend = {
  amount: Fraction
  description: string | null
  accountingProduct: NamedProduct | null
  inAdvance: boolean
}

export type PricingType = 'DEBIT' | 'PRODUCT_CREDIT' | 'GLOBAL_CREDIT'

export type PlanPricing = {
  id: string
  /** Orders pricings by their creation across plans. */
  sequence: number
  type: PricingType
  description: string | null
  accountingProduct: NamedProduct | null
  aggregation: PricedAggregation
  segment: PricedSegment | null
  /** For the explanations of its lines. */
  measured: ExplainedMeasure[]
  startsAt: number
  endsAt: number | null
  cumulative: boolean
  tiersSpanPlan: boolean
  bands: readonly PriceBand[]
  minimumSpend: MinimumSpend | null
}

export type PricedAggregation = {
  id: string
  kind: 'SIMPLE' | 'COMPOUND'
  name: string
  unit: string
  quantityPerUnit: Decimal
  rounding: 'UP' | 'DOWN' | 'NEAREST' | 'NONE'
  /** Absent for a compound aggregation. */
  meterId: string | null
  accountingProduct: NamedProduct | null
}

/** One of the segments an aggregation lists; `position` is its place in that list. */
export type PricedSegment = {
  position: number
  values: Readonly<Record<string, string>>
  /** The values in the order of the segmented fields, for people: `UK, *`. */
  label: string
}

/** What one bill is, whoever calculates it and however often (billing 4.2). */
export type BillIdentity = {
  accountId: string
  /** Exclusive end of the period, whatever bill date a job puts on the bill. */
  naturalBillDate: Day
  /** Null for a consolidated bill. */
  frequency: Frequency | null
  interval: number | null
}

/** A charge that another bill of the account already carries, so that it is never billed twice. */
export type CarriedCharge = {
  carriedBy: BillIdentity
  accountPlanId: string
  type: 'STANDING_CHARGE' | 'MINIMUM_SPEND'
  pricingId: string | null
  from: number
  to: number
  /** Charged before its period began, by the clock of the bill that carries it. */
  isAhead: boolean
}

/** Time of an account plan that a bill made before this one has charged. */
export type ChargedTime = {
  billedBy: BillIdentity
  accountPlanId: string
  from: number
  to: number
}

/** One bill to calculate. */
export type BillInput = {
  identity: BillIdentity
  account: BilledAccount
  rules: BillingRules
  request: BillRequest
  schedules: readonly BilledSchedule[]
  /** Charges that bills of this account carry already; those of this very bill count for nothing. */
  carried: readonly CarriedCharge[]
  /** What earlier bills of this account charged of the time of this one; see `uncharged.ts`. */
  charged: readonly ChargedTime[]
  /** A stored bill that no plan falls on any more: it keeps its period (billing 4.5). */
  emptied: BillPeriod | null
}

/** The period of a bill, as it stands on it; it ends on the natural bill date. */
export type BillPeriod = {
  startDate: Day
  /** MIXED when a consolidated bill holds more than one frequency. */
  frequency: Frequency | 'MIXED'
  interval: number
}

/** An account plan on a bill: the period that this bill closes for it. */
export type BilledSchedule = {
  attached: AttachedPlan
  /** Place of the account plan among those of the account. */
  position: number
  schedule: Schedule
  period: Period
  /** The plan only starts where the period ends: the bill exists for its first advance charge. */
  startsAfterPeriod: boolean
}

/** A quantity that the calculation needs: one aggregation of one account over one window. */
export type UsageQuestion = {
  aggregation: PricedAggregation
  segment: PricedSegment | null
  from: number
  to: number
}

/** The answers, by place in the list of questions. Null: no value, so no line. */
export type UsageAnswers = readonly (AnsweredUsage | null)[]

export type AnsweredUsage = {
  quantity: Decimal
  /** Null for a simple aggregation. */
  calculation: ExplainedCalculation | null
}
