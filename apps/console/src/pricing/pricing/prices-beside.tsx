/** What the same plan already charges for the same thing, and when: two prices never count at one instant. */
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { Span } from '../../kit/format/moment.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { type Metric, segmentKey } from './metric.ts'
import classes from './price.module.css'
import { PriceState, PriceSummary } from './price-summary.tsx'
import { inOrder, type PricedThing, usePricings } from './queries.ts'

type PricesBesideProps = {
  owner: PricedThing
  metric: Metric
  segment: Record<string, string> | undefined
  currency: string
  /** The price that is being changed. */
  except: string | undefined
}

export function PricesBeside({ owner, metric, segment, currency, except }: PricesBesideProps) {
  const now = Date.now()
  const same = usePricings(owner).rows.filter(
    (row: Pricing) =>
      row.id !== except &&
      (row.aggregationId ?? row.compoundAggregationId) === metric.id &&
      segmentKey(row.segment) === segmentKey(segment),
  )
  if (same.length === 0) return null
  return (
    <Panel
      title="Other prices of the same"
      count={same.length}
      help="Only one price counts at a time. An end counts no more: a price that ends on the 1st was last charged the day before."
      flush
    >
      <ul className={classes.beside}>
        {inOrder(same, now).map((row) => (
          <li key={row.id}>
            <Span from={row.startDate} until={row.endDate} />
            <PriceState row={row} now={now} />
            <PriceSummary pricing={row} currency={currency} unit={metric.unit} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
