/** Total charge over the quantity, with the band edges marked and the typed quantity as a dot. */
import { digits } from '@countinghouse/engine/money/decimal.ts'
import { fraction, toDecimal } from '@countinghouse/engine/money/fraction.ts'
import { roundFraction } from '@countinghouse/engine/money/rounding.ts'
import { charge } from '@countinghouse/engine/rating/bands.ts'
import type { PriceBand } from '@countinghouse/engine/rating/price-band.ts'
import { grouped } from '../../kit/format/digits.ts'
import { useOrganization } from '../../kit/organization.ts'
import classes from './price.module.css'

const WIDTH = 300
const HEIGHT = 132
const SAMPLES = 96

type PriceCurveProps = {
  bands: readonly PriceBand[]
  cumulative: boolean
  quantity: string | null
  currency: string
  unit: string
}

export function PriceCurve({ bands, cumulative, quantity, currency, unit }: PriceCurveProps) {
  const edges = bands.map((band) => approximate(band.lowerLimit)).filter((edge) => edge > 0)
  const reach = Math.max((edges.at(-1) ?? 0) * 1.6, quantity ? Number(quantity) * 1.1 : 0, 1)
  const chargeAt = (units: number) => charge(bands, cumulative, fraction(units.toFixed(9))).total
  const totalAt = (units: number) => approximate(chargeAt(units))
  const quantities = Array.from({ length: SAMPLES + 1 }, (_, step) => (reach * step) / SAMPLES)
  // Both sides of an edge, so that a jump stands upright.
  const points = [...quantities, ...edges.flatMap((edge) => [edge, edge + reach / 1e6])]
    .sort((a, b) => a - b)
    .map((units) => ({ units, total: totalAt(units) }))
  const top = points.reduce((most, each) => (each.total > most.total ? each : most))
  const highest = Math.max(top.total, 0.000001)
  const places = useOrganization().currencyPlaces[currency] ?? 2
  const most = grouped(digits(roundFraction(chargeAt(top.units), places, 'HALF_EVEN')), places)
  const x = (units: number) => (units / reach) * WIDTH
  const y = (total: number) => HEIGHT - (Math.max(total, 0) / highest) * (HEIGHT - 10)
  const path = points
    .map(({ units, total }, at) => `${at ? 'L' : 'M'}${x(units).toFixed(1)} ${y(total).toFixed(1)}`)
    .join('')
  const typed = quantity === null ? null : Number(quantity)
  return (
    <figure className={classes.curve}>
      <span className={classes.highest} aria-hidden>
        {currency} {most}
      </span>
      <svg
        viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`}
        role="img"
        aria-label={`Charge from 0 to ${grouped(Math.round(reach))} ${unit}; at most ${currency} ${most}`}
      >
        {edges.map((edge) => (
          <line key={edge} x1={x(edge)} x2={x(edge)} y1={0} y2={HEIGHT} className={classes.edge} />
        ))}
        <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} className={classes.axis} />
        <path d={`${path}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} className={classes.area} />
        <path d={path} className={classes.line} />
        {typed !== null && typed >= 0 && (
          <circle cx={x(typed)} cy={y(totalAt(typed))} r={4} className={classes.dot} />
        )}
      </svg>
      <figcaption>
        <span>0</span>
        {edgesNamed(edges, reach).map((edge) => (
          <span key={edge} style={{ left: `${(edge / reach) * 100}%` }} data-edge>
            {grouped(edge)}
          </span>
        ))}
        <span>
          {grouped(Math.round(reach))} {unit}
        </span>
      </figcaption>
    </figure>
  )
}

/** Those with room for their number, away from each other and from both ends. */
function edgesNamed(edges: readonly number[], reach: number): number[] {
  const named: number[] = []
  for (const edge of edges) {
    const at = edge / reach
    if (at > 0.1 && at < 0.68 && at - (named.at(-1) ?? 0) / reach > 0.14) named.push(edge)
  }
  return named
}

/** Pixels need no exactness; amounts never come from here. */
function approximate(value: { numerator: bigint; denominator: bigint }): number {
  return Number(toDecimal(value, 12, 'HALF_EVEN'))
}
