/** Plan templates: rules of their own on top of the resource kit. */
import {
  type DuplicateBody,
  type PlanTemplate,
  planTemplate,
} from '@countinghouse/contract/pricing/plan-template.ts'
import { bind } from '../../kit/area.ts'
import type { Writer } from '../../kit/postgres/database.ts'
import { referrersOf } from '../../kit/resource/checks.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { read } from '../../kit/resource/read.ts'
import { create } from '../../kit/resource/write.ts'
import { refuseSameNames } from '../duplicate.ts'
import { copyPricings } from '../pricing/service.ts'
import { productProblems } from './rules.ts'

export const planTemplateBinding = bind(planTemplate, {
  async beforeWrite({ writer, scope, body, stored, problems }) {
    if (stored === null || stored.productId === body.productId) return undefined
    const users = await referrersOf(writer, planTemplate, scope.organizationId, stored)
    problems.push(...productProblems({ before: stored.productId, after: body.productId }, users))
    return undefined
  },
})

export async function duplicateTemplate(
  writer: Writer,
  scope: Scope,
  templateId: string,
  sent: DuplicateBody,
): Promise<PlanTemplate> {
  const original = await read(writer, planTemplateBinding, scope.organizationId, templateId)
  refuseSameNames(original, sent)
  const copy = await create(writer, planTemplateBinding, scope, { ...original, ...sent })
  await copyPricings(writer, scope, { planTemplateId: original.id }, { planTemplateId: copy.id })
  return copy
}
