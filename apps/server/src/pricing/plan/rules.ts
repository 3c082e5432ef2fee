/** What makes a plan valid beyond its fields, and what counts for it after inheritance (pricing 1.2). */

import type { EffectivePlan, PlanBody, ValueOrigin } from '@countinghouse/contract/pricing/plan.ts'
import type { PlanTemplateBody } from '@countinghouse/contract/pricing/plan-template.ts'
import type { Problem } from '../../kit/errors.ts'

export function bespokeProblems(body: PlanBody): Problem[] {
  if (body.bespoke !== true || body.accountId !== undefined) return []
  const message = 'A custom plan is made for one account. Send accountId too, or leave bespoke out.'
  return [{ field: 'bespoke', message }]
}

export function templateProblems(
  change: { before: string; after: string },
  users: Problem[],
): Problem[] {
  if (change.before === change.after || users.length === 0) return []
  const names = users.map(({ message }) => message).join('; ')
  const message = `The template cannot be changed while the plan is used by ${names}. Make another plan from the other template.`
  return [{ field: 'planTemplateId', message }]
}

/** The settings of the organization that plans fall back to. */
export type PlanDefaults = {
  standingChargeBillInAdvance?: boolean | undefined
  minimumSpendBillInAdvance?: boolean | undefined
}

/** Plan before template before organization; 0 and false count as said. */
export function effectivePlan(
  plan: PlanBody & { id: string },
  template: PlanTemplateBody & { id: string },
  organization: PlanDefaults,
): EffectivePlan {
  const inherited = <Field extends keyof PlanBody & keyof PlanTemplateBody>(field: Field) =>
    said(plan[field], 'PLAN') ?? said(template[field], 'TEMPLATE')
  const own = (field: 'standingChargeAccountingProductId' | 'minimumSpendAccountingProductId') =>
    said(plan[field], 'PLAN')
  return {
    planId: plan.id,
    planTemplateId: template.id,
    productId: template.productId,
    currency: { value: template.currency, origin: 'TEMPLATE' },
    billFrequency: { value: template.billFrequency, origin: 'TEMPLATE' },
    billFrequencyInterval: said(template.billFrequencyInterval, 'TEMPLATE') ?? fallback(1),
    standingCharge: inherited('standingCharge') ?? fallback('0'),
    ...some('standingChargeDescription', inherited('standingChargeDescription')),
    standingChargeInterval: said(template.standingChargeInterval, 'TEMPLATE') ?? fallback(1),
    standingChargeOffset: said(template.standingChargeOffset, 'TEMPLATE') ?? fallback(0),
    standingChargeBillInAdvance:
      inherited('standingChargeBillInAdvance') ??
      said(organization.standingChargeBillInAdvance, 'ORGANIZATION') ??
      fallback(false),
    ...some('standingChargeAccountingProductId', own('standingChargeAccountingProductId')),
    ...some('minimumSpend', inherited('minimumSpend')),
    ...some('minimumSpendDescription', inherited('minimumSpendDescription')),
    minimumSpendBillInAdvance:
      inherited('minimumSpendBillInAdvance') ??
      said(organization.minimumSpendBillInAdvance, 'ORGANIZATION') ??
      fallback(false),
    ...some('minimumSpendAccountingProductId', own('minimumSpendAccountingProductId')),
  }
}

type Said<Value> = { value: Value; origin: ValueOrigin }

function said<Value>(value: Value, origin: ValueOrigin): Said<NonNullable<Value>> | undefined {
  return value === undefined || value === null ? undefined : { value, origin }
}

function fallback<Value>(value: Value): Said<Value> {
  return { value, origin: 'DEFAULT' }
}

function some<Field extends string, Value>(
  field: Field,
  value: Said<Value> | undefined,
): { [Key in Field]?: Said<Value> } {
  return (value === undefined ? {} : { [field]: value }) as { [Key in Field]?: Said<Value> }
}
