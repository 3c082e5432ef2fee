import type { LineDraft, LineType } from './bill-draft.ts'
import type { BillLine } from './line.ts'

const rankOfType: Record<LineType, number> = {
  STANDING_CHARGE: 0,
  USAGE: 1,
  USAGE_CREDIT: 2,
  MINIMUM_SPEND: 3,
  MINIMUM_SPEND_REFUND: 4,
}

/**
 * Product by product as they were attached; inside one by type, then service period, creation of the
 * account plan, creation of the pricing, place of the segment (billing 6.10).
 */
export function numberLines(lines: readonly BillLine[]): LineDraft[] {
  const firstPosition = new Map<string, number>()
  for (const { product, billed } of lines) {
    const known = firstPosition.get(product.id) ?? billed.position
    firstPosition.set(product.id, Math.min(known, billed.position))
  }
  const productRank = (line: BillLine) => firstPosition.get(line.product.id) ?? 0
  return [...lines]
    .sort(
      (a, b) =>
        productRank(a) - productRank(b) ||
        rankOfType[a.type] - rankOfType[b.type] ||
        a.servicePeriodFrom - b.servicePeriodFrom ||
        a.billed.position - b.billed.position ||
        (a.pricing?.sequence ?? -1) - (b.pricing?.sequence ?? -1) ||
        (a.segment?.position ?? -1) - (b.segment?.position ?? -1),
    )
    .map(({ billed: _billed, pricing: _pricing, ...line }, index) =>
      Object.assign(line, { sequenceNumber: index + 1 }),
    )
}
