/** Pricings: their rules, their list, and copies. */
import { randomUUID } from 'node:crypto'
import { aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import { plan } from '@countinghouse/contract/pricing/plan.ts'
import { type Pricing, type PricingBody, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { RawBuilder } from 'kysely'
import { activeOn, rangeProblems, withPlainDates } from '../../kit/active-range.ts'
import { bind } from '../../kit/area.ts'
import type { Problem } from '../../kit/errors.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope, StoredOf } from '../../kit/resource/hooks.ts'
import { isUuid, type Page } from '../../kit/resource/page.ts'
import { list, readBy, readMany } from '../../kit/resource/read.ts'
import { create, update } from '../../kit/resource/write.ts'
import { readCompoundRules } from '../../metering/compound-aggregation/service.ts'
import { readConfiguration } from '../../organization/configuration/service.ts'
import { ownerOf, pricedBy } from './priced.ts'
import {
  bandProblems,
  choiceProblems,
  orderedBands,
  overlapProblems,
  productProblems,
  segmentLabel,
  segmentProblems,
} from './rules.ts'
import { holdMeasured, lockOwner, overlapping } from './store.ts'

export const pricingBinding = bind(pricing, {
  async beforeWrite({ writer, scope, id, body, stored, problems }) {
    const own = [...choiceProblems(body), ...rangeProblems(body), ...bandProblems(body)]
    problems.push(...own)
    await holdPriced(writer, scope, body)
    problems.push(...(await measuredProblems(writer, scope, body)))
    if (own.length > 0) return undefined
    const normalized = withDefaults(withPlainDates(body), stored)
    await lockOwner(writer, body.planId ?? body.planTemplateId ?? '')
    const others = await overlapping(writer, scope.organizationId, { id, body: normalized })
    problems.push(...overlapProblems(others))
    return normalized
  },
  async present(reader, { organizationId }, items) {
    const ids = items.flatMap((item) => (item.segment ? (item.aggregationId ?? []) : []))
    const aggregations = await readMany(reader, aggregation, organizationId, ids)
    return items.map(({ aggregationId, segment }) => {
      const fields = aggregations.get(aggregationId ?? '')?.segmentedFields ?? []
      return {
        aggregationType: aggregationId === undefined ? ('COMPOUND' as const) : ('SIMPLE' as const),
        ...(segment === undefined ? {} : { segmentString: segmentLabel(segment, fields) }),
      }
    })
  },
})

/** A page of pricings; `date` asks for those that count on a day or at an instant. */
export async function listPricings(
  reader: Reader,
  organizationId: string,
  query: Record<string, unknown>,
  visible: RawBuilder<unknown>[],
): Promise<Page<Pricing>> {
  const { date } = query
  if (typeof date !== 'string' || date === '') {
    return list(reader, pricingBinding, organizationId, query, visible)
  }
  const { timezone } = await readConfiguration(reader, organizationId)
  return list(reader, pricingBinding, organizationId, query, [activeOn(date, timezone), ...visible])
}

type OwnerIds = { planId: string } | { planTemplateId: string }

/** Gives a copy of every pricing of one plan or template to another; codes stay with the originals. */
export async function copyPricings(
  writer: Writer,
  scope: Scope,
  from: OwnerIds,
  to: OwnerIds,
): Promise<void> {
  const [[field, ownerId] = ['planId', '']] = Object.entries(from)
  const originals = await readBy(writer, pricing, scope.organizationId, field, [ownerId])
  for (const { code: _code, planId: _plan, planTemplateId: _template, ...body } of originals) {
    await create(writer, pricingBinding, scope, { ...body, ...to })
  }
}

/** Pricings of the custom plans of accounts; shared plans would touch other accounts (pricing 4.4). */
export async function customPlanPricings(
  reader: Reader,
  organizationId: string,
  accountIds: string[],
): Promise<StoredOf<typeof pricing>[]> {
  const plans = await readBy(reader, plan, organizationId, 'accountId', accountIds)
  const planIds = plans.map(({ id }) => id)
  return readBy(reader, pricing, organizationId, 'planId', planIds)
}

export async function endPricing(
  writer: Writer,
  scope: Scope,
  stored: StoredOf<typeof pricing>,
  at: number,
): Promise<Pricing> {
  return update(writer, pricingBinding, scope, stored.id, {
    ...stored,
    endDate: formatInstant(at),
  })
}

/** A compound aggregation has the segments of those that it reads, so these are held too. */
async function holdPriced(
  writer: Writer,
  { organizationId }: Scope,
  { aggregationId, compoundAggregationId }: PricingBody,
): Promise<void> {
  if (aggregationId !== undefined) {
    await holdMeasured(writer, organizationId, 'aggregation', [aggregationId])
  }
  if (compoundAggregationId === undefined) return
  await holdMeasured(writer, organizationId, 'compound_aggregation', [compoundAggregationId])
  const rules = await readCompoundRules(
    writer,
    organizationId,
    [compoundAggregationId].filter(isUuid),
  )
  const read = [...(rules.get(compoundAggregationId)?.aggregations.values() ?? [])]
  await holdMeasured(
    writer,
    organizationId,
    'aggregation',
    read.map(({ id }) => id),
  )
}

/** Segment and product of the aggregation, as far as it and the plan exist. */
async function measuredProblems(
  writer: Writer,
  { organizationId }: Scope,
  body: PricingBody,
): Promise<Problem[]> {
  const priced = await pricedBy(writer, organizationId, body)
  if (priced === null) return []
  const owner = await ownerOf(writer, organizationId, body)
  const field = body.aggregationId === undefined ? 'compoundAggregationId' : 'aggregationId'
  return [
    ...segmentProblems(body, priced),
    ...(owner === null ? [] : productProblems(priced, { ...owner, field })),
  ]
}

function withDefaults(body: PricingBody, stored: PricingBody | null): PricingBody {
  const { segment, overagePricingBands = [], ...rest } = body
  const bands = orderedBands(body.pricingBands, stored?.pricingBands ?? [], randomUUID)
  const overage = orderedBands(overagePricingBands, stored?.overagePricingBands ?? [], randomUUID)
  return {
    ...rest,
    ...(segment === undefined || Object.keys(segment).length === 0 ? {} : { segment }),
    type: body.type ?? 'DEBIT',
    cumulative: body.cumulative ?? false,
    tiersSpanPlan: body.tiersSpanPlan ?? false,
    pricingBands: bands,
    ...(overage.length === 0 ? {} : { overagePricingBands: overage }),
  }
}
