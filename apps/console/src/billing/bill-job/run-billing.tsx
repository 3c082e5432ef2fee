/** Starts a bill run: for everybody, or for one account (console 4.9). */

import { type BillJob, billJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import { addDays } from '@countinghouse/engine/time/calendar.ts'
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AccountMultiSelect } from '../../kit/form/account-select.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormBody, FormSection } from '../../kit/form/form-page.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { useHref } from '../../kit/link.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { usePopUp } from '../../kit/pop-up.tsx'
import { savedToast } from '../../kit/toast.tsx'
import classes from './bill-job.module.css'

/** What starting a bill job or a recalculation takes (billing 14). */
export const runRight = { action: 'config:create', resource: 'config:billJob' }

export function useRunBilling(): (only?: { id: string; name: string }) => void {
  const popUp = usePopUp()
  const href = useHref()
  return (only) =>
    popUp({ title: only ? `Run billing for ${only.name}` : 'Run billing' }, (close) => (
      <RunBillingForm
        only={only}
        close={close}
        started={(job) =>
          savedToast('Bill run started', { label: 'Open', href: href(`/billing/jobs/${job.id}`) })
        }
      />
    ))
}

type RunBillingFormProps = {
  only: { id: string; name: string } | undefined
  close: () => void
  started: (job: BillJob) => void
}

function RunBillingForm({ only, close, started }: RunBillingFormProps) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id, timezone } = useOrganization()
  const [accountIds, setAccountIds] = useState<string[]>(only ? [only.id] : [])
  const form = useContractForm<Record<string, string>, BillJob>({
    schema: billJobBody,
    save: async (body) => {
      const job = await api.post<BillJob>('/billjobs', {
        body: { ...body, ...(accountIds.length > 0 ? { accountIds } : {}) },
      })
      await client.invalidateQueries({ queryKey: ['organization', id] })
      return job
    },
    toast: null,
    onSaved: (job) => {
      started(job)
      close()
    },
    unguarded: true,
  })
  const last = form.values['lastDateInBillingPeriod']
  return (
    <FormBody form={form} submit="Run billing" onCancel={close}>
      <FormSection
        text={
          last
            ? `Bills every period that ends with ${dayText(last)}. Bills that exist already are calculated again, unless they are locked.`
            : 'Without a day, the periods in which today lies are billed with the usage so far.'
        }
      >
        <div className={classes.picks}>
          {[
            {
              label: `Last month, to ${dayText(endOfLastMonth(timezone))}`,
              day: endOfLastMonth(timezone),
            },
            { label: 'The current period so far', day: '' },
          ].map((pick) => (
            <Button
              key={pick.label}
              size="xs"
              variant={(last ?? '') === pick.day ? 'light' : 'default'}
              aria-pressed={(last ?? '') === pick.day}
              onClick={() => form.set('lastDateInBillingPeriod', pick.day)}
            >
              {pick.label}
            </Button>
          ))}
        </div>
        <Field name="lastDateInBillingPeriod" placeholder="Another day" />
        <Field
          name="billingFrequency"
          only={['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY']}
          placeholder="All"
        />
        {!only && (
          <AccountMultiSelect
            label="Accounts"
            placeholder="All accounts"
            value={accountIds}
            onChange={setAccountIds}
            max={100}
          />
        )}
      </FormSection>
    </FormBody>
  )
}

function endOfLastMonth(timezone: string): string {
  const today = dayOf(Date.now(), normalizeZone(timezone))
  return addDays(`${today.slice(0, 8)}01`, -1)
}
