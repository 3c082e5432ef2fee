/**
 * Why a line is what it is: the figures and dates that made it, ready to be stored as JSON and
 * shown. Decimals are text, instants are ISO text; names are looked up when it is read.
 */

export type LineExplanation = UsageExplanation | StandingChargeExplanation | MinimumSpendExplanation

export type UsageExplanation = {
  kind: 'USAGE'
  question: ExplainedQuestion
  windows: ExplainedWindow[]
  quantity: string
  quantityPerUnit: string
  rounding: 'UP' | 'DOWN' | 'NEAREST' | 'NONE'
  units: string
  rating: ExplainedRating
  /** Only where a credit was cut to what the charges leave (pricing 2.8). */
  cap?: ExplainedCap
  amount: ExplainedAmount
}

export type StandingChargeExplanation = {
  kind: 'STANDING_CHARGE'
  windows: ExplainedWindow[]
  charge: string
  inAdvance: boolean
  /** Number of the bill period among those of the account plan, from 0, and which of them carry the charge. */
  billNumber: number
  everyBills: number
  firstBill: number
  factor: ExplainedFactor
  amount: ExplainedAmount
}

export type MinimumSpendExplanation = {
  kind: 'MINIMUM_SPEND'
  scope: 'PRICING' | 'PLAN'
  windows: ExplainedWindow[]
  minimum: string
  inAdvance: boolean
  factor: ExplainedFactor
  /** Minimum × factor, not rounded. */
  due: string
  /** What counts toward the minimum, line by line; empty for a charge billed ahead. */
  base: ExplainedBase[]
  baseTotal: string
  amount: ExplainedAmount
}

/** Finds the measurements behind a quantity. */
export type ExplainedQuestion = {
  aggregationId: string
  aggregationKind: 'SIMPLE' | 'COMPOUND'
  meterId: string | null
  segment: Record<string, string> | null
  from: string
  to: string
}

/** The service period is what these windows have in common. */
export type ExplainedWindow = {
  of: 'BILLING_PERIOD' | 'ACCOUNT_PLAN' | 'PRICING' | 'SERVICE_PERIOD'
  from: string
  /** Null: open end. */
  to: string | null
}

/** How units became an amount; band by band it stands in the `bands` of the line. */
export type ExplainedRating = {
  /** GRADUATED: every slice at its own band. WHOLE: all units at the band reached. FIRST_BAND: negative units. */
  method: 'GRADUATED' | 'WHOLE' | 'FIRST_BAND'
  /** Units of earlier periods on which this line goes on, where tiers span the plan. */
  unitsBefore?: string
  earlier?: { from: string; to: string; quantity: string | null; units: string }[]
}

/** Days charged over days of the period; an extended first period adds one part for each of its periods. */
export type ExplainedFactor = {
  numerator: string
  denominator: string
  parts: { from: string; to: string; activeDays: number; days: number }[]
}

export type ExplainedBase = {
  type: 'USAGE' | 'USAGE_CREDIT' | 'MINIMUM_SPEND'
  description: string
  subtotal: string
}

export type ExplainedCap = {
  scope: 'PRODUCT' | 'BILL'
  /** The amount the credit would have without the limit, in the pricing currency. */
  uncapped: string
  /** What charges are left to set it against, in the billing currency. */
  available: string
}

/** The one rounding of a line, and its conversion. */
export type ExplainedAmount = {
  /** Exact where it ends, else the first 34 digits. */
  exact: string
  currency: string
  places: number
  mode: string
  rounded: string
  rate: string
  billingCurrency: string
  converted: string
}
