/** From measurements to units and from units to money, for the oracle (pricing 2.3 to 2.5). */
import type { Account, Aggregation, Pricing } from './model.ts'
import {
  kept,
  larger,
  less,
  minus,
  over,
  plus,
  type Q,
  q,
  round,
  smaller,
  times,
  total,
  zero,
} from './numbers.ts'

export function usedIn(
  { events }: Account,
  { aggregation, region }: Pricing,
  { from, to }: { from: number; to: number },
): Q | null {
  const exact = aggregation.regions.filter((each) => each !== '*')
  const found = events.filter((event) => {
    if (event.ts < from || event.ts >= to || event.values[aggregation.field] === undefined)
      return false
    if (region === null) return true
    return region === '*' ? !exact.includes(event.region) : event.region === region
  })
  const values = found.map(({ values }) => q(values[aggregation.field] ?? '0'))
  const [first] = values
  if (first === undefined)
    return aggregation.defaultValue === null ? null : q(aggregation.defaultValue)
  switch (aggregation.method) {
    case 'SUM':
      return total(values)
    case 'COUNT':
      return q(BigInt(values.length))
    case 'MIN':
      return values.reduce(smaller)
    case 'MAX':
      return values.reduce(larger)
    case 'MEAN':
      return kept(over(total(values), q(BigInt(values.length))))
    case 'LATEST':
      return q([...found].sort((a, b) => b.ts - a.ts)[0]?.values[aggregation.field] ?? '0')
  }
}

export function unitsOf(quantity: Q, { quantityPerUnit, rounding }: Aggregation): Q {
  const units = kept(over(quantity, q(quantityPerUnit)))
  return rounding === 'NONE'
    ? units
    : round(units, 0, rounding === 'NEAREST' ? 'HALF_UP' : rounding)
}

function reached({ bands }: Pricing, units: Q): number[] {
  return bands.flatMap(([limit], at) =>
    less(q(limit), units) || (at === 0 && q(limit)[0] === 0n && units[0] === 0n) ? [at] : [],
  )
}

/** P(u) of pricing 2.4. */
export function price(pricing: Pricing, units: Q): Q {
  const at = reached(pricing, units)
  const last = pricing.bands[at.at(-1) ?? -1]
  if (last === undefined) return zero
  if (!pricing.cumulative) return plus(q(last[1]), times(units, q(last[2])))
  return total(
    at.map((band) => {
      const [limit, fixed, unit] = pricing.bands[band] ?? ['0', '0', '0']
      const next = pricing.bands[band + 1]?.[0]
      const top = next === undefined ? units : smaller(units, q(next))
      return plus(q(fixed), times(minus(top, q(limit)), q(unit)))
    }),
  )
}

export function spanning(pricing: Pricing, before: Q, units: Q): Q {
  const upTo = plus(before, units)
  if (pricing.cumulative) {
    const fromStart = (value: Q) => (value[0] === 0n ? zero : price(pricing, value))
    return minus(fromStart(upTo), fromStart(before))
  }
  const band = pricing.bands[reached(pricing, upTo).at(-1) ?? -1]
  return units[0] === 0n || band === undefined ? zero : plus(q(band[1]), times(units, q(band[2])))
}
