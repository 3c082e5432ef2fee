/** What of a line no statement looks at, as it is stored: short, because lines are many. */
import type { BandLine, LineDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import type { NamedProduct } from '@countinghouse/engine/billing/bill-input.ts'
import { digits } from '@countinghouse/engine/money/decimal.ts'

type StoredProduct = [id: string, name: string, code: string]

/** A band's values in the order of `bandFields`. */
type StoredBand = (string | null)[]

export type LineBody = {
  description: string
  product: StoredProduct
  /** Absent where it is the product. */
  accountingProduct?: StoredProduct
  planId: string
  aggregationId?: string | null
  compoundAggregationId?: string | null
  meterId?: string | null
  segment?: Record<string, string> | null
  quantity: string
  units: string
  unit: string
  subtotal: string
  currency: string
  conversionRate: string
  convertedSubtotal: string
  averageUnitPrice: string
  bands: StoredBand[]
}

/** Stored bands rely on this order. */
const bandFields = [
  'pricingBandId',
  'lowerLimit',
  'upperLimit',
  'fixedPrice',
  'fixedSubtotal',
  'unitPrice',
  'bandQuantity',
  'bandUnits',
  'unitSubtotal',
  'bandSubtotal',
  'convertedBandSubtotal',
] as const satisfies (keyof BandLine)[]

/** Its text decides whether a line has changed, so the order of keys is fixed. */
export function toBody(line: LineDraft): LineBody {
  const { product, accountingProduct } = line
  return {
    description: line.description,
    product: storedProduct(product),
    ...(!sameProduct(product, accountingProduct) && {
      accountingProduct: storedProduct(accountingProduct),
    }),
    planId: line.planId,
    ...(line.aggregationId !== null && { aggregationId: line.aggregationId }),
    ...(line.compoundAggregationId !== null && {
      compoundAggregationId: line.compoundAggregationId,
    }),
    ...(line.meterId !== null && { meterId: line.meterId }),
    ...(line.segment !== null && { segment: line.segment.values }),
    quantity: digits(line.quantity),
    units: digits(line.units),
    unit: line.unit,
    subtotal: digits(line.subtotal),
    currency: line.currency,
    conversionRate: digits(line.conversionRate),
    convertedSubtotal: digits(line.convertedSubtotal),
    averageUnitPrice: digits(line.averageUnitPrice),
    bands: line.bands.map(storedBand),
  }
}

/** The fields of a row that its body holds. */
export function fromBody(body: LineBody) {
  const { product, accountingProduct = product } = body
  return {
    description: body.description,
    product_id: product[0],
    product_name: product[1],
    product_code: product[2],
    accounting_product_id: accountingProduct[0],
    accounting_product_name: accountingProduct[1],
    accounting_product_code: accountingProduct[2],
    plan_id: body.planId,
    aggregation_id: body.aggregationId ?? null,
    compound_aggregation_id: body.compoundAggregationId ?? null,
    meter_id: body.meterId ?? null,
    segment: body.segment ?? null,
    quantity: body.quantity,
    units: body.units,
    unit: body.unit,
    subtotal: body.subtotal,
    currency: body.currency,
    conversion_rate: body.conversionRate,
    converted_subtotal: body.convertedSubtotal,
    average_unit_price: body.averageUnitPrice,
    bands: body.bands.map(
      // NOTE: written by storedBand, or by the migration in the same order.
      (values) =>
        Object.fromEntries(bandFields.map((field, at) => [field, values[at]])) as BandLine,
    ),
  }
}

function storedBand(band: BandLine): StoredBand {
  return bandFields.map((field) => band[field])
}

function storedProduct({ id, name, code }: NamedProduct): StoredProduct {
  return [id, name, code]
}

function sameProduct(a: NamedProduct, b: NamedProduct): boolean {
  return a === b || (a.id === b.id && a.name === b.name && a.code === b.code)
}
