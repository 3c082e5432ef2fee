import { isZero } from '../money/fraction.ts'
import type { PriceBand } from './price-band.ts'

/** How people call a price; derived from the bands, never stored (pricing 2.4). */
export type PriceKind =
  | 'PER_UNIT'
  | 'TIERED'
  | 'VOLUME'
  | 'STAIRSTEP'
  | 'CUSTOM_TIERED'
  | 'CUSTOM_VOLUME'

export const priceKindNames: Record<PriceKind, string> = {
  PER_UNIT: 'Per unit',
  TIERED: 'Tiered',
  VOLUME: 'Volume',
  STAIRSTEP: 'Stairstep',
  CUSTOM_TIERED: 'Custom tiered',
  CUSTOM_VOLUME: 'Custom volume',
}

/** Worked example: not cumulative, fixed prices 12 / 25 / 50, unit prices 0: STAIRSTEP. */
export function priceKind(bands: readonly PriceBand[], cumulative: boolean): PriceKind {
  const hasNoFixedPrice = bands.every((band) => isZero(band.fixedPrice))
  if (bands.length === 1) return hasNoFixedPrice ? 'PER_UNIT' : 'CUSTOM_TIERED'
  if (!cumulative && bands.every((band) => isZero(band.unitPrice))) return 'STAIRSTEP'
  if (hasNoFixedPrice) return cumulative ? 'TIERED' : 'VOLUME'
  return cumulative ? 'CUSTOM_TIERED' : 'CUSTOM_VOLUME'
}
