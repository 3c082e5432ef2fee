/** What a pricing prices: its aggregation and its plan or template, as far as the rules need them. */
import { planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import type { PricingBody } from '@countinghouse/contract/pricing/pricing.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import { readMany } from '../../kit/resource/read.ts'
import { readAggregationRules } from '../../metering/aggregation/service.ts'
import { readCompoundRules } from '../../metering/compound-aggregation/service.ts'
import { planWithTemplate } from '../plan/inherited.ts'
import type { Priced } from './rules.ts'

/** Null when there is no such aggregation: the references were checked before. */
export async function pricedBy(
  reader: Reader,
  organizationId: string,
  { aggregationId, compoundAggregationId }: PricingBody,
): Promise<Priced | null> {
  if (aggregationId !== undefined) {
    const rules = await readAggregationRules(reader, organizationId, [aggregationId])
    return rules.get(aggregationId) ?? null
  }
  if (compoundAggregationId === undefined) return null
  const rules = await readCompoundRules(reader, organizationId, [compoundAggregationId])
  const rule = rules.get(compoundAggregationId)
  return rule === undefined ? null : { ...rule, segmentedFields: [] }
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

function named({ id, name, productId }: { id: string; name: string; productId: string }) {
  return { id, name, productId }
}
