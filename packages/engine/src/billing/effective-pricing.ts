import { sameSegment } from '../metering/segment.ts'
import type { PlanPricing } from './bill-input.ts'

/**
 * The pricings of a plan: its own, and those of its template for the time in which no own one prices
 * the same aggregation and segment (pricing 1.3). A template's pricing may fall into pieces.
 */
export function effectivePricings(
  own: readonly PlanPricing[],
  ofTemplate: readonly PlanPricing[],
): PlanPricing[] {
  const inherited = ofTemplate.flatMap((pricing) => {
    const replacing = own.filter((each) => pricesTheSame(each, pricing))
    return replacing.reduce<PlanPricing[]>(
      (pieces, replacement) => pieces.flatMap((piece) => withoutTimeOf(piece, replacement)),
      [pricing],
    )
  })
  return [...own, ...inherited].sort((a, b) => a.sequence - b.sequence || a.startsAt - b.startsAt)
}

function withoutTimeOf(pricing: PlanPricing, replacement: PlanPricing): PlanPricing[] {
  const endsAt = pricing.endsAt ?? Number.POSITIVE_INFINITY
  const cutFrom = replacement.startsAt
  const cutTo = replacement.endsAt ?? Number.POSITIVE_INFINITY
  if (cutTo <= pricing.startsAt || cutFrom >= endsAt) return [pricing]
  const pieces: PlanPricing[] = []
  if (pricing.startsAt < cutFrom) pieces.push({ ...pricing, endsAt: cutFrom })
  if (cutTo < endsAt) pieces.push({ ...pricing, startsAt: cutTo })
  return pieces
}

function pricesTheSame(a: PlanPricing, b: PlanPricing): boolean {
  return (
    a.aggregation.id === b.aggregation.id &&
    sameSegment(a.segment?.values ?? {}, b.segment?.values ?? {})
  )
}
