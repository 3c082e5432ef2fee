import { plan } from '@countinghouse/contract/pricing/plan.ts'
import { planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import type { StoredOf } from '../../kit/resource/hooks.ts'
import { readMany } from '../../kit/resource/read.ts'

/** A plan and the template it inherits from; null when there is no such plan. */
export async function planWithTemplate(
  reader: Reader,
  organizationId: string,
  planId: string,
): Promise<{ plan: StoredOf<typeof plan>; template: StoredOf<typeof planTemplate> } | null> {
  const found = (await readMany(reader, plan, organizationId, [planId])).get(planId)
  if (found === undefined) return null
  const templates = await readMany(reader, planTemplate, organizationId, [found.planTemplateId])
  const template = templates.get(found.planTemplateId)
  if (template === undefined) throw new Error(`Plan ${planId} has no template`)
  return { plan: found, template }
}
