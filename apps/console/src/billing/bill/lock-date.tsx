/** The global lock date: every bill whose last day is on or before it is locked (billing 10.2). */

import { type BillConfig, billConfigBody } from '@countinghouse/contract/billing/bill-config.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormBody, FormSection } from '../../kit/form/form-page.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Await } from '../../kit/page/states.tsx'
import { usePopUp } from '../../kit/pop-up.tsx'
import { useAnswer } from '../../kit/query/resource.ts'

export function useLockDate(): () => void {
  const popUp = usePopUp()
  return () => popUp({ title: 'Global lock date' }, (close) => <LockDateForm close={close} />)
}

function LockDateForm({ close }: { close: () => void }) {
  const configuration = useAnswer<BillConfig>('/billconfig')
  return <Await query={configuration}>{(stored) => <Form stored={stored} close={close} />}</Await>
}

function Form({ stored, close }: { stored: BillConfig; close: () => void }) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id } = useOrganization()
  const form = useContractForm({
    schema: billConfigBody,
    entity: stored,
    save: async (body) => {
      const saved = await api.put<BillConfig>('/billconfig', {
        body: { ...body, version: stored.version },
      })
      await client.invalidateQueries({ queryKey: ['organization', id] })
      return saved
    },
    toast: 'Lock date saved',
    onSaved: close,
    unguarded: true,
  })
  return (
    <FormBody form={form} submit="Save lock date" onCancel={close}>
      <FormSection text="All bills whose last day is this day or earlier can no longer change. It is refused while pending bills lie before it. Moving it back frees them again.">
        <Field name="billLockDate" wide />
      </FormSection>
    </FormBody>
  )
}
