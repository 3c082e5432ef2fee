/** Plans: their rules, what counts for them, and copies. */
import { type EffectivePlan, type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type DuplicateBody, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { bind } from '../../kit/area.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import { referrersOf } from '../../kit/resource/checks.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { notFound, read, readMany } from '../../kit/resource/read.ts'
import { create } from '../../kit/resource/write.ts'
import { readConfiguration } from '../../organization/configuration/service.ts'
import { refuseSameNames } from '../duplicate.ts'
import { copyPricings } from '../pricing/service.ts'
import { planWithTemplate } from './inherited.ts'
import { bespokeProblems, effectivePlan, templateProblems } from './rules.ts'

export const planBinding = bind(plan, {
  async beforeWrite({ writer, scope, body, stored, problems }) {
    problems.push(...bespokeProblems(body))
    if (stored !== null && stored.planTemplateId !== body.planTemplateId) {
      const users = await referrersOf(writer, plan, scope.organizationId, stored)
      const change = { before: stored.planTemplateId, after: body.planTemplateId }
      problems.push(...templateProblems(change, users))
    }
    const templates = await readMany(writer, planTemplate, scope.organizationId, [
      body.planTemplateId,
    ])
    const template = templates.get(body.planTemplateId)
    if (template === undefined) return undefined
    return {
      ...body,
      ...(body.accountId === undefined ? {} : { bespoke: true }),
      productId: template.productId,
    }
  },
})

export async function readEffectivePlan(
  reader: Reader,
  organizationId: string,
  planId: string,
): Promise<EffectivePlan> {
  const found = await planWithTemplate(reader, organizationId, planId)
  if (found === null) throw notFound(plan, planId)
  const configuration = await readConfiguration(reader, organizationId)
  return effectivePlan(found.plan, found.template, configuration)
}

export async function duplicatePlan(
  writer: Writer,
  scope: Scope,
  planId: string,
  sent: DuplicateBody,
): Promise<Plan> {
  const original = await read(writer, planBinding, scope.organizationId, planId)
  refuseSameNames(original, sent)
  const copy = await create(writer, planBinding, scope, { ...original, ...sent })
  await copyPricings(writer, scope, { planId: original.id }, { planId: copy.id })
  return copy
}
