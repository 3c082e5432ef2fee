/**
 * Why a line is what it is, beyond what the line itself says: dates and figures that made it, ready
 * to be stored as JSON. Decimals are text, instants are ISO text. Kept small, as every line has one.
 */
import type { ExplainedCalculation } from '../metering/explained-calculation.ts'

export type LineExplanation = UsageExplanation | StandingChargeExplanation | MinimumSpendExplanation

export type UsageExplanation = {
  kind: 'USAGE'
  windows: ExplainedWindows
  /** Lines stored by version 1 of the program lack it: they are followed by the rule of today. */
  measured?: ExplainedMeasure[]
  /** Only of a compound aggregation, and not of lines stored before it was kept. */
  calculation?: ExplainedCalculation
  quantityPerUnit: string
  rounding: 'UP' | 'DOWN' | 'NEAREST' | 'NONE'
  rating: ExplainedRating
  /** Only where a credit was cut to what the charges leave (pricing 2.8). */
  cap?: ExplainedCap
  amount: ExplainedAmount
}

export type StandingChargeExplanation = {
  kind: 'STANDING_CHARGE'
  windows: ExplainedWindows
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
  windows: ExplainedWindows
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

/**
 * Which measurements were counted, and how: it finds them again whatever became of the aggregation.
 * The service period and the account are those of the line and its bill.
 */
export type ExplainedMeasure = {
  /** Of an aggregation that a compound one reads; the line itself names a simple one. */
  read?: { aggregationId: string; name: string; meterId: string }
  targetField: string
  method: 'SUM' | 'MIN' | 'MAX' | 'COUNT' | 'LATEST' | 'MEAN' | 'UNIQUE' | 'CUSTOM_SQL'
  segment?: ExplainedSegment
}

/** Segments by the values of these fields: that of the line last, those it stands back for before it. */
export type ExplainedSegment = { fields: string[]; tried: string[][] }

/** The service period is what these have in common. Start and end; null: open end. */
export type ExplainedWindows = {
  billingPeriod: ExplainedWindow
  accountPlan: ExplainedWindow
  /** What earlier bills had not charged already, where that is not all. */
  uncharged?: ExplainedWindow
  pricing?: ExplainedWindow
}

export type ExplainedWindow = [from: string, to: string | null]

/** How units became an amount; band by band it stands in the `bands` of the line. */
export type ExplainedRating = {
  /** GRADUATED: every slice at its own band. WHOLE: all units at the band reached. FIRST_BAND: negative units. */
  method: 'GRADUATED' | 'WHOLE' | 'FIRST_BAND'
  /** Units of earlier periods on which this line goes on, where tiers span the plan. */
  unitsBefore?: string
  /** They add up to the units before. Many are put together as the first one, without a quantity. */
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

/** The amount before its one rounding, and how it was rounded. */
export type ExplainedAmount = {
  /** Exact where it ends, else the first 34 digits. */
  exact: string
  places: number
  mode: string
}
