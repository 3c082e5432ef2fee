/** What comes of each account: what ends, what stays because it starts later, why one was refused. */
import type { EndDatedAccount } from '@countinghouse/contract/accounts/account.ts'
import { type AccountPlan, accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { ScrollArea } from '@mantine/core'
import { Absent } from '../../kit/format/amount.tsx'
import { counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { State } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useByIds } from '../../kit/query/resource.ts'
import classes from './end-date.module.css'
import { byUrgency } from './outcome.ts'

type OutcomeTableProps = {
  accounts: readonly { id: string; name: string }[]
  ended: readonly EndDatedAccount[]
  day: string
}

export function OutcomeTable({ accounts, ended, day }: OutcomeTableProps) {
  const names = usePlanNames(ended)
  const accountNames = new Map(accounts.map(({ id, name }) => [id, name]))
  return (
    <ScrollArea.Autosize mah={280} className={classes.scroll ?? ''}>
      <table className={classes.outcome} aria-label="What comes of each account">
        <tbody>
          {byUrgency(ended).map((each) => (
            <tr key={each.accountId}>
              <th scope="row">
                <AppLink quiet to={`/accounts/${each.accountId}/plans`}>
                  {accountNames.get(each.accountId) ?? each.accountId}
                </AppLink>
              </th>
              <td>
                <What of={each} names={names} day={day} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea.Autosize>
  )
}

type WhatProps = { of: EndDatedAccount; names: (ids: string[]) => string; day: string }

function What({ of: { updatedEntities, failedEntities, refusal }, names, day }: WhatProps) {
  const { ACCOUNTPLAN: plans = [], PRICINGS: prices = [] } = updatedEntities
  const { ACCOUNTPLAN: laterPlans = [], PRICINGS: laterPrices = [] } = failedEntities
  if (refusal !== undefined) return <State tone="bad">{refusal}</State>
  const ends = listed(names(plans), prices.length)
  const stays = listed(names(laterPlans), laterPrices.length)
  if (ends === '' && stays === '') return <Absent>nothing to end</Absent>
  return (
    <>
      {ends !== '' && <State tone="good">{ends}</State>}
      {stays !== '' && (
        <State tone="warn">
          {stays} {laterPlans.length + laterPrices.length === 1 ? 'starts' : 'start'} on{' '}
          {dayText(day)} or later and stays: take it off, or edit its dates
        </State>
      )}
    </>
  )
}

function listed(planNames: string, prices: number): string {
  return [planNames, prices > 0 ? counted(prices, 'price') : ''].filter(Boolean).join(', ')
}

function usePlanNames(ended: readonly EndDatedAccount[]): (ids: string[]) => string {
  const attached = useByIds<AccountPlan>(
    accountPlan,
    ended.flatMap(({ updatedEntities, failedEntities }) => [
      ...(updatedEntities.ACCOUNTPLAN ?? []),
      ...(failedEntities.ACCOUNTPLAN ?? []),
    ]),
  )
  const plans = useByIds<Plan>(
    plan,
    [...attached.values()].map(({ planId }) => planId),
  )
  return (ids) =>
    ids.map((id) => plans.get(attached.get(id)?.planId ?? '')?.name ?? 'a plan').join(', ')
}
