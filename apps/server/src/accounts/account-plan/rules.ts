/** What makes an account plan valid beyond its fields (pricing 5.2). */
import type { AccountPlanBody } from '@countinghouse/contract/accounts/account-plan.ts'
import { parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { Problem } from '../../kit/errors.ts'

export function choiceProblems(body: AccountPlanBody): Problem[] {
  const problems: Problem[] = []
  if (body.planGroupId !== undefined) {
    const message = 'Plan groups are not available in this version. Send planId instead.'
    problems.push({ field: 'planGroupId', message })
  } else if (body.planId === undefined) {
    problems.push({ field: 'planId', message: 'Send planId: the plan that the account gets.' })
  }
  if (body.contractId !== undefined) {
    const message = 'Contracts are not available in this version. Leave this field out.'
    problems.push({ field: 'contractId', message })
  }
  return problems
}

/** The plan that is given, as far as the rules need it. */
export type GivenPlan = {
  name: string
  productId: string
  accountId: string | null
  billFrequency: string
  /** The account has it already, and the change is about something else. */
  isGivenBefore: boolean
}

export function planProblems(body: AccountPlanBody, plan: GivenPlan): Problem[] {
  const problems: Problem[] = []
  if (plan.accountId !== null && plan.accountId !== body.accountId) {
    problems.push({
      field: 'planId',
      message: `"${plan.name}" is a custom plan of another account (${plan.accountId}). Choose another plan, or duplicate this one for the account.`,
    })
  }
  if (plan.billFrequency === 'MIXED' && !plan.isGivenBefore) {
    problems.push({
      field: 'planId',
      message: `"${plan.name}" has the bill frequency MIXED, which no account can be billed by. Change the frequency of its template first.`,
    })
  }
  return problems
}

/**
 * Whether a change leaves the plan and takes no time that it did not have: it meets nothing that was
 * not met before, and an end must be possible whatever was allowed once.
 */
export function takesNoMore(before: AccountPlanBody, after: AccountPlanBody): boolean {
  if (before.planId !== after.planId) return false
  if (parseInstant(after.startDate) < parseInstant(before.startDate)) return false
  if (before.endDate === undefined) return true
  return after.endDate !== undefined && parseInstant(after.endDate) <= parseInstant(before.endDate)
}

export type OverlappingPlan = {
  id: string
  planName: string
  startDate: string
  endDate?: string | undefined
}

export function overlapProblems([other]: OverlappingPlan[]): Problem[] {
  if (other === undefined) return []
  const until = other.endDate === undefined ? 'without end' : `to ${other.endDate}`
  const message = `The account has the plan "${other.planName}" of this product already, from ${other.startDate} ${until} (${other.id}). End that one first, or choose other dates.`
  return [{ field: 'startDate', message }]
}

export function replacementProblems(
  original: { accountId: string; startDate: string },
  sent: AccountPlanBody,
): Problem[] {
  const problems: Problem[] = []
  if (sent.accountId !== original.accountId) {
    const message = `A plan is replaced for its own account. Send ${original.accountId}.`
    problems.push({ field: 'accountId', message })
  }
  if (parseInstant(sent.startDate) <= parseInstant(original.startDate)) {
    const message = `The new plan must start after the one it replaces (${original.startDate}). To start over, delete that one.`
    problems.push({ field: 'startDate', message })
  }
  return problems
}
