/** A calculated bill before it is stored. Amounts are rounded; everything else is exact. */
import type { Decimal } from '../money/decimal.ts'
import type { Day } from '../time/calendar.ts'
import type {
  BillIdentity,
  BillPeriod,
  ConversionRate,
  NamedProduct,
  PricedSegment,
} from './bill-input.ts'
import type { LineExplanation } from './explanation.ts'

export type LineType =
  | 'STANDING_CHARGE'
  | 'USAGE'
  | 'USAGE_CREDIT'
  | 'MINIMUM_SPEND'
  | 'MINIMUM_SPEND_REFUND'

export type BillDraft = {
  identity: BillIdentity
  startDate: Day
  /** Exclusive. */
  endDate: Day
  startsAt: number
  endsAt: number
  billDate: Day
  dueDate: Day
  externalInvoiceDate: Day
  frequency: BillPeriod['frequency']
  interval: number
  timezone: string
  currency: string
  /** The rates that lines of this bill used. */
  conversions: ConversionRate[]
  purchaseOrderNumber: string | null
  lines: LineDraft[]
  /** Sum of the converted subtotals. */
  total: Decimal
  /** Whether any plan is active in the period; without one and without lines there is no bill. */
  hasActivePlan: boolean
}

export type LineDraft = {
  sequenceNumber: number
  type: LineType
  description: string
  product: NamedProduct
  accountingProduct: NamedProduct
  accountPlanId: string
  planId: string
  pricingId: string | null
  aggregationId: string | null
  compoundAggregationId: string | null
  meterId: string | null
  segment: PricedSegment | null
  quantity: Decimal
  units: Decimal
  unit: string
  /** In `currency`, the pricing currency. */
  subtotal: Decimal
  currency: string
  conversionRate: Decimal
  convertedSubtotal: Decimal
  averageUnitPrice: Decimal
  bands: BandLine[]
  servicePeriodFrom: number
  servicePeriodTo: number
  explanation: LineExplanation
}

/** What one reached band adds to a usage line; not rounded (billing 8). Decimals as text. */
export type BandLine = {
  pricingBandId: string | null
  lowerLimit: string
  /** Limit of the next band; null for the last. */
  upperLimit: string | null
  fixedPrice: string
  /** What of the fixed price is charged here: nothing where an earlier period paid it. */
  fixedSubtotal: string
  unitPrice: string
  bandQuantity: string
  bandUnits: string
  unitSubtotal: string
  bandSubtotal: string
  convertedBandSubtotal: string
}
