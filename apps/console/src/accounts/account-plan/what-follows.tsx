/**
 * What attaching a plan brings, before it is saved: what the plan charges, which bills come first,
 * and what would keep a bill from being made.
 */
import type { Account } from '@countinghouse/contract/accounts/account.ts'
import type { AccountPlanBody } from '@countinghouse/contract/accounts/account-plan.ts'
import type { OrganizationConfiguration } from '@countinghouse/contract/organization/configuration.ts'
import type { EffectivePlan } from '@countinghouse/contract/pricing/plan.ts'
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { Alert } from '@mantine/core'
import { Money } from '../../kit/format/amount.tsx'
import { counted } from '../../kit/format/digits.ts'
import { words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Facts, Panel } from '../../kit/page/page.tsx'
import { Lines } from '../../kit/page/states.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { useAnswer } from '../../kit/query/resource.ts'
import { FirstBills } from './first-bills.tsx'
import classes from './what-follows.module.css'

type WhatFollowsProps = { customer: Account | undefined; values: Partial<AccountPlanBody> }

export function WhatFollows({ customer, values }: WhatFollowsProps) {
  const planId = values.planId ?? ''
  const plan = useAnswer<EffectivePlan>(
    `/plans/${planId}/effective`,
    {},
    { enabled: planId !== '' },
  )
  const configuration = useAnswer<OrganizationConfiguration>('/organizationconfig')
  if (planId === '') {
    return (
      <Panel title="What follows">
        <p className={classes.hint}>
          Choose a plan to see what it charges and when the first bills are due.
        </p>
      </Panel>
    )
  }
  if (plan.isError) return null
  if (!plan.data || !configuration.data) return <Lines count={5} />
  return (
    <>
      <Charges plan={plan.data} customer={customer} configuration={configuration.data} />
      <FirstBills
        plan={plan.data}
        customer={customer}
        values={values}
        configuration={configuration.data}
      />
    </>
  )
}

type ChargesProps = {
  plan: EffectivePlan
  customer: Account | undefined
  configuration: OrganizationConfiguration
}

function Charges({ plan, customer, configuration }: ChargesProps) {
  const own = useEvery<Pricing>(pricing, { planId: plan.planId })
  const inherited = useEvery<Pricing>(pricing, { planTemplateId: plan.planTemplateId })
  const isKnown = !own.isLoading && !inherited.isLoading
  const now = Date.now()
  const valid = [...own.rows, ...inherited.rows].filter(
    (row) => row.endDate === undefined || Date.parse(row.endDate) > now,
  )
  const currency = plan.currency.value
  return (
    <Panel title="What it charges">
      <Facts
        facts={[
          { label: 'Billed', value: rhythmOf(plan) },
          {
            label: 'Standing charge',
            value: <Money amount={plan.standingCharge.value} currency={currency} />,
          },
          plan.minimumSpend
            ? {
                label: 'Minimum spend',
                value: <Money amount={plan.minimumSpend.value} currency={currency} />,
              }
            : null,
          { label: 'Usage', value: isKnown ? counted(valid.length, 'price') : '…' },
        ]}
      />
      {isKnown && valid.length === 0 && (
        <Alert color="ochre" mt="sm" title="Usage costs nothing on this plan yet">
          It has no price. You can attach it now and{' '}
          <AppLink to={`/pricing/plans/${plan.planId}`}>add prices</AppLink> before the first bill.
        </Alert>
      )}
      <MissingRate from={currency} customer={customer} configuration={configuration} />
    </Panel>
  )
}

function rhythmOf({ billFrequency, billFrequencyInterval }: EffectivePlan): string {
  const frequency = words(billFrequency.value)
  return billFrequencyInterval.value === 1
    ? frequency
    : `${frequency}, every ${billFrequencyInterval.value}`
}

type MissingRateProps = Pick<ChargesProps, 'customer' | 'configuration'> & { from: string }

/** Said now instead of by a bill run that leaves the account out. */
function MissingRate({ from, customer, configuration }: MissingRateProps) {
  const organization = useOrganization()
  const to = customer?.currency ?? organization.currency
  const isConverted = configuration.currencyConversions?.some(
    (rate) => rate.from === from && rate.to === to,
  )
  if (!customer || from === to || isConverted) return null
  return (
    <Alert color="ochre" mt="sm" title={`No rate from ${from} to ${to}`}>
      The account is billed in {to}, and without a rate no bill can be made.{' '}
      <AppLink to="/settings/organization/edit">Add a currency conversion</AppLink> before the first
      bill run.
    </Alert>
  )
}
