/** What a pricing prices: its aggregation and its plan or template, as far as the rules need them. */
import { aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import { meter } from '@countinghouse/contract/metering/meter.ts'
import { planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import type { PricingBody } from '@countinghouse/contract/pricing/pricing.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import { readMany } from '../../kit/resource/read.ts'
import { readCompoundRules } from '../../metering/compound-aggregation/service.ts'
import { planWithTemplate } from '../plan/inherited.ts'
import type { Priced } from './rules.ts'

/** Null when there is no such aggregation: the references were checked before. */
export async function pricedBy(
  reader: Reader,
  organizationId: string,
  body: PricingBody,
): Promise<Priced | null> {
  if (body.aggregationId !== undefined) {
    return pricedAggregation(reader, organizationId, body.aggregationId)
  }
  if (body.compoundAggregationId === undefined) return null
  return pricedCompound(reader, organizationId, body.compoundAggregationId)
}

export type Owner = {
  field: 'planId' | 'planTemplateId'
  id: string
  name: string
  productId: string
}

export async function ownerOf(
  reader: Reader,
  organizationId: string,
  body: PricingBody,
): Promise<Owner | null> {
  if (body.planTemplateId !== undefined) {
    const template = (
      await readMany(reader, planTemplate, organizationId, [body.planTemplateId])
    ).get(body.planTemplateId)
    return template ? { field: 'planTemplateId', ...named(template) } : null
  }
  if (body.planId === undefined) return null
  const found = await planWithTemplate(reader, organizationId, body.planId)
  if (found === null) return null
  const { id, name } = found.plan
  return { field: 'planId', id, name, productId: found.template.productId }
}

async function pricedAggregation(
  reader: Reader,
  organizationId: string,
  id: string,
): Promise<Priced | null> {
  const found = (await readMany(reader, aggregation, organizationId, [id])).get(id)
  if (found === undefined) return null
  const meters = await readMany(reader, meter, organizationId, [found.meterId])
  return {
    name: found.name,
    productId: meters.get(found.meterId)?.productId ?? null,
    segmentedFields: found.segmentedFields ?? [],
    segments: found.segments ?? [],
  }
}

async function pricedCompound(
  reader: Reader,
  organizationId: string,
  id: string,
): Promise<Priced | null> {
  const found = (await readCompoundRules(reader, organizationId, [id])).get(id)
  if (found === undefined) return null
  const { name, productId, segments } = found
  return { name, productId, segmentedFields: Object.keys(segments[0] ?? {}), segments }
}

function named({ id, name, productId }: { id: string; name: string; productId: string }) {
  return { id, name, productId }
}
