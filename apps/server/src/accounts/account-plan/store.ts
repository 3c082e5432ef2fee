import type { AccountPlanBody } from '@countinghouse/contract/accounts/account-plan.ts'
import { sql } from 'kysely'
import { activeDuring } from '../../kit/active-range.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { OverlappingPlan } from './rules.ts'

/** Writers of the plans of one account wait for each other until the transaction ends. */
export async function lockPlansOf(writer: Writer, accountId: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`account-plan:${accountId}`}, 0))
  `.execute(writer)
}

/** Other plans of the same product that the account has at the same time. */
export async function overlapping(
  writer: Writer,
  organizationId: string,
  given: { id: string; productId: string; body: AccountPlanBody },
): Promise<OverlappingPlan[]> {
  const { rows } = await sql<{ id: string; plan_name: string; body: AccountPlanBody }>`
    select account_plan.id, plan.body ->> 'name' as plan_name, account_plan.body
    from account_plan
    join plan on plan.organization_id = account_plan.organization_id
      and plan.id = account_plan.plan_id
    where account_plan.organization_id = ${organizationId} and account_plan.id <> ${given.id}
      and account_plan.account_id = ${given.body.accountId}
      and account_plan.product_id = ${given.productId}
      and ${activeDuring(given.body)}
    order by account_plan.active limit 1
  `.execute(writer)
  return rows.map(({ id, plan_name: planName, body }) => ({
    id,
    planName,
    startDate: body.startDate,
    endDate: body.endDate,
  }))
}

export type AccountPlanRow = {
  id: string
  sequence: string
  account_id: string
  plan_id: string
  body: AccountPlanBody
}

/** All account plans of the organization, or only those of these accounts, by creation. */
export async function selectAccountPlans(
  reader: Reader,
  organizationId: string,
  accountIds: string[] | null,
): Promise<AccountPlanRow[]> {
  const only = accountIds === null ? sql`` : sql`and account_id = any(${accountIds}::uuid[])`
  const { rows } = await sql<AccountPlanRow>`
    select id, sequence, account_id, plan_id, body from account_plan
    where organization_id = ${organizationId} ${only} order by sequence
  `.execute(reader)
  return rows
}
