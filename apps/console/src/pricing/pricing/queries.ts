/** Pricings of a plan or template, and what an instant makes of them. */
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { useEvery } from '../../kit/query/every.ts'
import { segmentKey } from './metric.ts'

export type PricedThing = { kind: 'planId' | 'planTemplateId'; id: string }

export function usePricings(owner: PricedThing | null) {
  return useEvery<Pricing>(pricing, owner ? { [owner.kind]: owner.id } : {}, {
    enabled: owner !== null,
  })
}

type Same = {
  metricId: string | undefined
  segment: Record<string, string> | undefined
  /** The price that is being changed. */
  except: Pick<Pricing, 'id'> | undefined
}

/** The other prices of the same metric and segment. */
export function samePrices(rows: readonly Pricing[], { metricId, segment, except }: Same) {
  return rows.filter(
    (row) =>
      row.id !== except?.id &&
      (row.aggregationId ?? row.compoundAggregationId) === metricId &&
      segmentKey(row.segment) === segmentKey(segment),
  )
}

export type PricingState = 'past' | 'active' | 'future'

export function stateOf(row: Pick<Pricing, 'startDate' | 'endDate'>, now: number): PricingState {
  if (Date.parse(row.startDate) > now) return 'future'
  return row.endDate && Date.parse(row.endDate) <= now ? 'past' : 'active'
}

const order: Record<PricingState, number> = { active: 0, future: 1, past: 2 }

/** Active first, then what comes, then what was; the newest first in each. */
export function inOrder(rows: readonly Pricing[], now: number): Pricing[] {
  return rows.toSorted(
    (a, b) =>
      order[stateOf(a, now)] - order[stateOf(b, now)] || b.startDate.localeCompare(a.startDate),
  )
}
