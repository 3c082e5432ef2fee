/** What stands behind a cell: the charge band by band for any quantity, and the price through time. */
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { usePopUp } from '../../kit/pop-up.tsx'
import type { Metric } from '../pricing/metric.ts'
import { fromWire } from '../pricing/price-draft.ts'
import { PricePreview } from '../pricing/price-preview.tsx'
import { PriceVersions } from '../pricing/price-versions.tsx'
import type { EditorColumn } from './column.ts'
import classes from './editor.module.css'

type Details = {
  column: EditorColumn
  metric: Metric
  price: Pricing
  /** All prices of the cell, those of other times too. */
  versions: readonly Pricing[]
}

export function usePriceDetails(): (details: Details) => void {
  const popUp = usePopUp()
  return ({ column, metric, price, versions }) =>
    popUp({ title: `${metric.name} in ${column.name}`, size: 620 }, () => (
      <>
        <PricePreview
          draft={fromWire(price.pricingBands, price.cumulative ?? false)}
          currency={column.currency}
          unit={metric.unit}
        />
        {versions.length > 1 && (
          <section className={classes.schedule}>
            <h3>Through time</h3>
            <PriceVersions rows={versions} currency={column.currency} unit={metric.unit} />
          </section>
        )}
      </>
    ))
}
