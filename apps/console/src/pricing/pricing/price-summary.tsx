/** A price in one line: `Tiered · 0.15 to 0.10 per GB, 2 bands`. */
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { priceKindNames } from '@countinghouse/engine/rating/price-kind.ts'
import { counted, grouped } from '../../kit/format/digits.ts'
import { perUnit } from '../../kit/format/per-unit.ts'
import { State, type Tone } from '../../kit/format/state.tsx'
import { useOrganization } from '../../kit/organization.ts'
import classes from './price.module.css'
import { fromWire, pricesOf } from './price-draft.ts'
import { type PricingState, stateOf } from './queries.ts'

const tones: Record<PricingState, Tone> = { active: 'good', future: 'note', past: 'quiet' }
const stateWords: Record<PricingState, string> = {
  active: 'Active',
  future: 'To come',
  past: 'Ended',
}

export function PriceState({ row, now }: { row: Pricing; now: number }) {
  const state = stateOf(row, now)
  return <State tone={tones[state]}>{stateWords[state]}</State>
}

type PriceSummaryProps = {
  pricing: Pick<Pricing, 'pricingBands' | 'cumulative' | 'type' | 'tiersSpanPlan' | 'minimumSpend'>
  currency: string
  unit: string
}

export function PriceSummary({ pricing, currency, unit }: PriceSummaryProps) {
  const draft = fromWire(pricing.pricingBands, pricing.cumulative ?? false)
  const columns = pricesOf(draft.kind)
  const first = draft.bands[0]
  const last = draft.bands.at(-1)
  const field = columns.unit && draft.kind !== 'STAIRSTEP' ? 'unitPrice' : 'fixedPrice'
  const places = useOrganization().currencyPlaces[currency] ?? 2
  const from = grouped(first?.[field] ?? '0', places)
  const to = grouped(last?.[field] ?? '0', places)
  return (
    <span className={classes.summary}>
      <span className={classes.kind}>{priceKindNames[draft.kind]}</span>
      <span>
        <span className={classes.code}>{currency}</span>
        {from === to ? from : `${from} to ${to}`}
        {field === 'unitPrice' && ` per ${perUnit(unit)}`}
      </span>
      {draft.bands.length > 1 && (
        <span className={classes.dim}>{counted(draft.bands.length, 'band')}</span>
      )}
      {pricing.type && pricing.type !== 'DEBIT' && <span className={classes.dim}>credit</span>}
      {pricing.tiersSpanPlan && <span className={classes.dim}>over the whole plan</span>}
      {Number(pricing.minimumSpend ?? 0) > 0 && (
        <span className={classes.dim}>
          at least {currency} {grouped(pricing.minimumSpend ?? '0', places)}
        </span>
      )}
    </span>
  )
}
