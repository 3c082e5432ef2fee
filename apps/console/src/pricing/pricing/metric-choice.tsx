/** What is priced: an aggregation, and of a segmented one which segment. */
import { Select } from '@mantine/core'
import { FieldLabel } from '../../kit/form/field-label.tsx'
import { type Metric, segmentKey, segmentWords } from './metric.ts'

type PriceForm = {
  get: (path: string) => unknown
  set: (path: string, value: unknown) => void
  problems: Record<string, string>
}

export function MetricChoice({
  metrics,
  chosen,
  form,
  isClosed,
}: {
  metrics: Metric[]
  chosen: Metric | undefined
  form: PriceForm
  isClosed: boolean
}) {
  return (
    <Select
      id="field-aggregationId"
      label={
        <FieldLabel
          title="Aggregation"
          help="The number that is priced: it turns the measurements of a period into units."
        />
      }
      placeholder="Choose an aggregation"
      required
      searchable
      disabled={isClosed}
      data={metrics.map((each) => ({
        value: each.id,
        label: each.productId === null ? `${each.name} (global)` : each.name,
      }))}
      value={chosen?.id ?? null}
      error={form.problems['aggregationId'] ?? form.problems['compoundAggregationId'] ?? false}
      description={
        metrics.length === 0
          ? 'This product has no aggregations yet: create one under Metering first.'
          : undefined
      }
      onChange={(id) => {
        const metric = metrics.find((each) => each.id === id)
        form.set('aggregationId', metric?.kind === 'aggregationId' ? metric.id : '')
        form.set('compoundAggregationId', metric?.kind === 'compoundAggregationId' ? metric.id : '')
        form.set('segment', metric?.segments[0])
      }}
    />
  )
}

export function SegmentChoice({
  metric,
  form,
  isClosed,
}: {
  metric: Metric
  form: PriceForm
  isClosed: boolean
}) {
  const current = segmentKey(form.get('segment') as Record<string, string> | undefined)
  return (
    <Select
      id="field-segment"
      label={
        <FieldLabel
          title="Segment"
          help="A part of the usage with a price of its own. Usage of a segment without a price is not charged."
        />
      }
      description={`One price for each: ${metric.segmentedFields.join(', ')}`}
      required
      disabled={isClosed}
      data={metric.segments.map((each) => ({
        value: segmentKey(each),
        label: segmentWords(each, metric.segmentedFields),
      }))}
      value={current}
      error={form.problems['segment'] ?? false}
      onChange={(key) =>
        form.set(
          'segment',
          metric.segments.find((each) => segmentKey(each) === key),
        )
      }
    />
  )
}
