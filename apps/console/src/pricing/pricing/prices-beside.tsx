/** What the same plan already charges for the same thing, and when: two prices never count at one instant. */
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { Span } from '../../kit/format/moment.tsx'
import { Panel } from '../../kit/page/page.tsx'
import classes from './price.module.css'
import { PriceState, PriceSummary } from './price-summary.tsx'
import { inOrder } from './queries.ts'

type PricesBesideProps = { rows: readonly Pricing[]; currency: string; unit: string }

export function PricesBeside({ rows, currency, unit }: PricesBesideProps) {
  const now = Date.now()
  if (rows.length === 0) return null
  return (
    <Panel
      title="Other prices of the same"
      count={rows.length}
      help="Only one price counts at a time. An end counts no more: a price that ends on the 1st was last charged the day before."
      flush
    >
      <ul className={classes.beside}>
        {inOrder(rows, now).map((row) => (
          <li key={row.id}>
            <Span from={row.startDate} until={row.endDate} />
            <PriceState row={row} now={now} />
            <PriceSummary pricing={row} currency={currency} unit={unit} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
