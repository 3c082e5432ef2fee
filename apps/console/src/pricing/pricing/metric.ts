/**
 * What can be priced: simple and compound aggregations alike, with their product and segments.
 * A product's own metrics and global ones price the plans of a product (metering 2).
 */
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import {
  type CompoundAggregation,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { unitWords } from '../../kit/format/digits.ts'
import { useEvery } from '../../kit/query/every.ts'

export type Metric = {
  id: string
  kind: 'aggregationId' | 'compoundAggregationId'
  name: string
  unit: string
  /** Null: global. */
  productId: string | null
  path: string
  segmentedFields: string[]
  segments: Record<string, string>[]
}

export function useMetrics(): { metrics: Metric[]; isLoading: boolean } {
  const simple = useEvery<Aggregation>(aggregation)
  const compound = useEvery<CompoundAggregation>(compoundAggregation)
  const meters = useEvery<Meter>(meter)
  const productOf = new Map(meters.rows.map((row) => [row.id, row.productId ?? null]))
  const metrics: Metric[] = [
    ...simple.rows.map((row) => ({
      id: row.id,
      kind: 'aggregationId' as const,
      name: row.name,
      unit: unitWords(row.unit),
      productId: productOf.get(row.meterId) ?? null,
      path: `/metering/aggregations/${row.id}`,
      segmentedFields: row.segmentedFields ?? [],
      segments: row.segments ?? [],
    })),
    ...compound.rows.map((row) => ({
      id: row.id,
      kind: 'compoundAggregationId' as const,
      name: row.name,
      unit: unitWords(row.unit),
      productId: row.productId ?? null,
      path: `/metering/compound-aggregations/${row.id}`,
      segmentedFields: Object.keys(row.segments?.[0] ?? {}),
      segments: row.segments ?? [],
    })),
  ]
  metrics.sort((a, b) => a.name.localeCompare(b.name))
  return { metrics, isLoading: simple.isLoading || compound.isLoading || meters.isLoading }
}

/** Metrics that may price plans of this product. */
export function metricsFor(metrics: readonly Metric[], productId: string | undefined): Metric[] {
  return metrics.filter((each) => each.productId === null || each.productId === productId)
}

export function metricOf(pricing: Pricing, metrics: readonly Metric[]): Metric | undefined {
  const id = pricing.aggregationId ?? pricing.compoundAggregationId
  return metrics.find((each) => each.id === id)
}

/** The same text for the same segment, whatever the order of its fields. */
export function segmentKey(segment: Readonly<Record<string, string>> | undefined): string {
  const entries = Object.entries(segment ?? {}).sort(([a], [b]) => a.localeCompare(b))
  return JSON.stringify(entries)
}

export function segmentWords(
  segment: Readonly<Record<string, string>> | undefined,
  fields: readonly string[],
): string {
  if (!segment) return ''
  const order = fields.length > 0 ? fields : Object.keys(segment)
  return order
    .map((field) => (segment[field] === '*' ? `any ${field}` : (segment[field] ?? '')))
    .join(', ')
}
