/** The worlds that the oracle bills, in its own words. */
import type { Frequency } from './days.ts'

export type Measure = 'SUM' | 'MIN' | 'MAX' | 'COUNT' | 'LATEST' | 'MEAN'
export type Aggregation = {
  key: string
  method: Measure
  field: string
  quantityPerUnit: string
  rounding: 'UP' | 'DOWN' | 'NEAREST' | 'NONE'
  defaultValue: string | null
  /** Regions with a segment of their own, `*` last; empty when it is not segmented. */
  regions: string[]
}
export type Pricing = {
  aggregation: Aggregation
  region: string | null
  from: number
  to: number | null
  type: 'DEBIT' | 'PRODUCT_CREDIT' | 'GLOBAL_CREDIT'
  cumulative: boolean
  spans: boolean
  bands: [limit: string, fixed: string, unit: string][]
  minimum: string | null
  minimumAhead: boolean
  onTemplate: boolean
}
export type Plan = {
  product: string
  currency: string
  frequency: Frequency
  interval: number
  standing: string
  standingAhead: boolean
  everyBills: number
  firstBill: number
  minimum: string | null
  minimumAhead: boolean
  /** In the order of their creation. */
  pricings: Pricing[]
}
export type Attached = { plan: Plan; from: number; to: number | null; epoch: string | null }
export type Event = { ts: number; region: string; values: Record<string, string> }
export type Account = {
  currency: string | null
  epoch: string | null
  attached: Attached[]
  events: Event[]
}
export type Settings = {
  zone: string
  currency: string
  epochs: Record<Frequency, string>
  currencies: Map<string, { places: number; mode: string }>
  rates: Map<string, string>
}
