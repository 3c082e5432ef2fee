/** What an aggregation counts, as the lines that it makes keep it. */
import type { ExplainedMeasure } from '@countinghouse/engine/billing/explanation.ts'
import {
  type Segment,
  sameSegment,
  segmentAfterRivals,
} from '@countinghouse/engine/metering/segment.ts'
import type { AggregationRule } from '../../../metering/aggregation/service.ts'
import type { CompoundRule } from '../../../metering/compound-aggregation/service.ts'

/** One measure, or one for each aggregation that a compound one reads. */
export function measuredBy(
  rule: AggregationRule | CompoundRule,
  segment: Segment | null,
): ExplainedMeasure[] {
  if ('meterId' in rule) return [measureOf(rule, segment)]
  return [...rule.aggregations.values()].map((each) => ({
    read: { aggregationId: each.id, name: each.name, meterId: each.meterId },
    // Unsegmented ones enter each segment with all that they count (metering 8.3).
    ...measureOf(each, each.segments.length === 0 ? null : segment),
  }))
}

function measureOf(
  { targetField, method, segmentedFields, segments }: AggregationRule,
  segment: Segment | null,
): ExplainedMeasure {
  if (segment === null) return { targetField, method }
  const place = segments.findIndex((listed) => sameSegment(listed, segment))
  // One that the aggregation does not list counts nothing.
  const listed = place < 0 ? [] : segmentAfterRivals(segmentedFields, segments, place)
  const tried = listed.map((each) => segmentedFields.map((field) => each[field] ?? ''))
  return { targetField, method, segment: { fields: segmentedFields, tried } }
}
