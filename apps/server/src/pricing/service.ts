/** Prices as higher areas need them: all that a bill run prices with, in three queries. */
import { plan } from '@countinghouse/contract/pricing/plan.ts'
import { planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { type PricingType, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { type PriceBand, toPriceBands } from '@countinghouse/engine/rating/price-band.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { Reader } from '../kit/postgres/database.ts'
import type { StoredOf } from '../kit/resource/hooks.ts'
import { readAll, readBy, readMany } from '../kit/resource/read.ts'
import type { FindPricings } from '../metering/aggregation/service.ts'
import { type PricingRow, selectPricings } from './pricing/store.ts'

export { planWithTemplate } from './plan/inherited.ts'
export { effectivePlan } from './plan/rules.ts'
export { segmentLabel } from './pricing/rules.ts'
export { customPlanPricings, endPricing } from './pricing/service.ts'

export type StoredPlan = StoredOf<typeof plan>
export type StoredPlanTemplate = StoredOf<typeof planTemplate>

/** A pricing ready to rate with: instants in milliseconds, bands exact and in their order. */
export type BilledPricing = {
  id: string
  /** Grows with each creation, across all plans. */
  sequence: number
  planId: string | null
  planTemplateId: string | null
  aggregationId: string | null
  compoundAggregationId: string | null
  type: PricingType
  description: string | null
  accountingProductId: string | null
  segment: Record<string, string> | null
  startsAt: number
  endsAt: number | null
  cumulative: boolean
  tiersSpanPlan: boolean
  bands: PriceBand[]
  overageBands: PriceBand[]
  /** Exact decimal as text; null when there is none. */
  minimumSpend: string | null
  minimumSpendDescription: string | null
  minimumSpendInAdvance: boolean
}

export type PriceBook = {
  plans: Map<string, StoredPlan>
  templates: Map<string, StoredPlanTemplate>
  /** Own pricings by the id of the plan or template that they price, in the order of their creation. */
  pricings: Map<string, BilledPricing[]>
  /** Why pricings of these plans or templates cannot be read; the others still are. */
  unreadable: Map<string, unknown>
}

/** Everything priced in the organization, or only what these plans need. */
export async function readPriceBook(
  reader: Reader,
  organizationId: string,
  planIds: string[] | null = null,
): Promise<PriceBook> {
  const plans =
    planIds === null
      ? byId(await readAll(reader, plan, organizationId))
      : await readMany(reader, plan, organizationId, planIds)
  const templateIds = [...new Set([...plans.values()].map((item) => item.planTemplateId))]
  const [templates, rows] = await Promise.all([
    readMany(reader, planTemplate, organizationId, templateIds),
    selectPricings(
      reader,
      organizationId,
      planIds === null ? null : [...plans.keys(), ...templateIds],
    ),
  ])
  const unreadable = new Map<string, unknown>()
  const read = rows.flatMap((row) => {
    try {
      return [toBilledPricing(row)]
    } catch (error) {
      unreadable.set(ownerOf(row.body), error)
      return []
    }
  })
  return { plans, templates, pricings: Map.groupBy(read, ownerOf), unreadable }
}

/** Which pricings an aggregation has, so that metering can refuse a change that would break them. */
export const findPricings: FindPricings = async (writer, organizationId, measured) => {
  const [simple, compound] = await Promise.all([
    readBy(writer, pricing, organizationId, 'aggregationId', measured.aggregationIds),
    readBy(
      writer,
      pricing,
      organizationId,
      'compoundAggregationId',
      measured.compoundAggregationIds,
    ),
  ])
  return [...simple, ...compound].map(({ id, code, segment, ...stored }) => ({
    label: code === undefined ? `the pricing ${id}` : `the pricing ${code} (${id})`,
    segment: segment ?? null,
    aggregationId: stored.aggregationId ?? null,
    compoundAggregationId: stored.compoundAggregationId ?? null,
  }))
}

function ownerOf({
  planId,
  planTemplateId,
}: {
  planId?: string | null | undefined
  planTemplateId?: string | null | undefined
}): string {
  return planId ?? planTemplateId ?? ''
}

function byId<Item extends { id: string }>(items: Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]))
}

function toBilledPricing({ id, sequence, body }: PricingRow): BilledPricing {
  return {
    id,
    sequence: Number(sequence),
    planId: body.planId ?? null,
    planTemplateId: body.planTemplateId ?? null,
    aggregationId: body.aggregationId ?? null,
    compoundAggregationId: body.compoundAggregationId ?? null,
    type: body.type ?? 'DEBIT',
    description: body.description ?? null,
    accountingProductId: body.accountingProductId ?? null,
    segment: body.segment ?? null,
    startsAt: parseInstant(body.startDate),
    endsAt: body.endDate === undefined ? null : parseInstant(body.endDate),
    cumulative: body.cumulative ?? false,
    tiersSpanPlan: body.tiersSpanPlan ?? false,
    bands: toPriceBands(body.pricingBands),
    overageBands: toPriceBands(body.overagePricingBands ?? []),
    minimumSpend: body.minimumSpend ?? null,
    minimumSpendDescription: body.minimumSpendDescription ?? null,
    minimumSpendInAdvance: body.minimumSpendBillInAdvance ?? false,
  }
}
