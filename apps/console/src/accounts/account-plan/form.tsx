/**
 * Attach a plan, edit its dates, or replace it by another. Where the new plan overlaps one of the
 * same product, it offers to end that one on the new start date.
 */

import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import {
  type AccountPlan,
  type AccountPlanBody,
  accountPlan,
} from '@countinghouse/contract/accounts/account-plan.ts'
import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, plan } from '@countinghouse/contract/pricing/plan.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { dayOf, normalizeZone, startOfDay } from '@countinghouse/engine/time/zone.ts'
import { Alert, Button } from '@mantine/core'
import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { useGo } from '../../kit/link.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Await } from '../../kit/page/states.tsx'
import { useEvery } from '../../kit/query/every.ts'
import { useByIds, useList, useOne } from '../../kit/query/resource.ts'
import { attachmentState } from './state.ts'
import { WhatFollows } from './what-follows.tsx'

export function AttachPlanPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { replaces } = useSearch({ strict: false }) as { replaces?: string }
  const older = useOne<AccountPlan>(accountPlan, replaces)
  if (!replaces) return <AccountPlanForm accountId={id} />
  return <Await query={older}>{(row) => <AccountPlanForm accountId={id} older={row} />}</Await>
}

export function AccountPlanEditPage() {
  const { id, attachmentId } = useParams({ strict: false }) as { id: string; attachmentId: string }
  return (
    <Await query={useOne<AccountPlan>(accountPlan, attachmentId)}>
      {(row) => <AccountPlanForm accountId={id} entity={row} />}
    </Await>
  )
}

type AccountPlanFormProps = { accountId: string; entity?: AccountPlan; older?: AccountPlan }

function AccountPlanForm({ accountId, entity, older: named }: AccountPlanFormProps) {
  const go = useGo()
  const api = useOrganizationApi()
  const { timezone } = useOrganization()
  const customer = useOne<Account>(account, accountId)
  const zone = normalizeZone(timezone)
  const [ends, setEnds] = useState<AccountPlan | undefined>(named)
  const back = `/accounts/${accountId}/plans`
  const form = useContractForm<AccountPlanBody, AccountPlan>({
    resource: accountPlan,
    entity,
    defaults: {
      accountId,
      planId: '',
      startDate: formatInstant(startOfDay(dayOf(Date.now(), zone), zone)),
    },
    ...(ends && {
      save: async (body) => {
        const { newAccountPlan } = await api.post<{ newAccountPlan: AccountPlan }>(
          `/accountplans/${ends.id}/replace`,
          { body },
        )
        return newAccountPlan
      },
    }),
    check: ({ planId }) => (planId ? {} : { planId: 'Choose the plan that the customer is on.' }),
    toast: entity ? 'Attached plan updated' : 'Plan attached',
    onSaved: () => go(back),
  })
  const products = useEvery<Product>(product)
  const productName = (id: string) => products.rows.find((row) => row.id === id)?.name
  const overlapping = useOverlap(accountId, form.values, entity?.id)
  const verb = entity ? 'Edit attached plan' : named ? 'Replace plan' : 'Attach plan'
  return (
    <FormPage
      form={form}
      trail={[
        { title: 'Accounts', to: '/accounts' },
        { title: customer.data?.name ?? '…', to: `/accounts/${accountId}` },
      ]}
      title={verb}
      submit={entity ? 'Update attached plan' : verb}
      cancel={back}
      preview={<WhatFollows customer={customer.data} values={form.values} />}
    >
      <FormSection title="Plan">
        <ReferenceField<Plan>
          name="planId"
          resource={plan}
          wide
          required
          // Two products may both have a plan called Starter.
          itemLabel={(row) => [row.name, productName(row.productId)].filter(Boolean).join(' · ')}
          create="/pricing/plans/create"
          filter={(row) => !row.accountId || row.accountId === accountId}
          disabled={Boolean(entity)}
        />
      </FormSection>
      {overlapping && !ends && !entity && (
        <Alert
          mb="md"
          color="ochre"
          title={`${overlapping.name} of the same product is active then`}
        >
          <p>An account has one plan of a product at a time.</p>
          <Button size="xs" variant="default" onClick={() => setEnds(overlapping.row)}>
            End it on the new start date
          </Button>
        </Alert>
      )}
      {ends && (
        <Alert mb="md">
          The present plan ends on{' '}
          {form.values.startDate ? dayText(form.values.startDate, timezone) : 'the new start date'},
          and this one starts there. Both happen, or neither.
        </Alert>
      )}
      <FormSection title="When">
        <Field name="startDate" note="Usage before this day is not charged." />
        <Field name="endDate" placeholder="Open end" />
        <Field name="billEpoch" placeholder="As the account" />
        <Field name="code" />
      </FormSection>
      <CustomFieldsSection kind="accountPlan" />
    </FormPage>
  )
}

/** An attached plan of the same product that is active somewhere inside the new dates. */
function useOverlap(
  accountId: string,
  values: Partial<AccountPlanBody>,
  ownId: string | undefined,
) {
  const attached = useList<AccountPlan>(accountPlan, { account: accountId, includeall: 'true' })
  const chosen = useOne<Plan>(plan, values.planId || null)
  const plans = useByIds<Plan>(
    plan,
    attached.rows.map((row) => row.planId),
  )
  const start = values.startDate ? Date.parse(values.startDate) : Number.NaN
  const found = attached.rows.find(
    (row) =>
      row.id !== ownId &&
      chosen.data !== undefined &&
      row.productId === chosen.data.productId &&
      attachmentState(row, start) === 'Active',
  )
  return found ? { row: found, name: plans.get(found.planId ?? '')?.name ?? 'A plan' } : null
}
