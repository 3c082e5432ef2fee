import type { Fraction } from '../money/fraction.ts'
import type { PriceBand } from './price-band.ts'

/** An amount with the bands that make it: `total` is the sum of their subtotals. */
export type Rating = { method: RatingMethod; total: Fraction; bands: BandCharge[] }

/** GRADUATED: each slice at its own band. WHOLE: all units at one band. FIRST_BAND: negative units. */
export type RatingMethod = 'GRADUATED' | 'WHOLE' | 'FIRST_BAND'

export type BandCharge = {
  band: PriceBand
  /** Limit of the next band; null for the last. */
  upperLimit: Fraction | null
  units: Fraction
  /** The part of the band's fixed price that is charged: all of it or nothing. */
  fixedPrice: Fraction
  unitSubtotal: Fraction
  subtotal: Fraction
}
