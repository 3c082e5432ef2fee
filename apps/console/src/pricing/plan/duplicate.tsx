/** Asks for the name and code of a copy, makes it with all its prices, and opens it. */

import { duplicateBody } from '@countinghouse/contract/pricing/plan-template.ts'
import { useQueryClient } from '@tanstack/react-query'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormBody, FormSection } from '../../kit/form/form-page.tsx'
import { useGo } from '../../kit/link.tsx'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { usePopUp } from '../../kit/pop-up.tsx'
import { type Entity, keysOf, type ResourceShape } from '../../kit/query/resource.ts'

export function useDuplicate(
  resource: ResourceShape,
  pages: string,
): (row: { id: string; name: string }) => void {
  const popUp = usePopUp()
  const go = useGo()
  return (row) =>
    popUp({ title: `Duplicate ${row.name}` }, (close) => (
      <DuplicateForm
        resource={resource}
        row={row}
        onDone={(made) => {
          close()
          go(`${pages}/${made.id}`)
        }}
        onCancel={close}
      />
    ))
}

type DuplicateFormProps = {
  resource: ResourceShape
  row: { id: string; name: string }
  onDone: (made: Entity) => void
  onCancel: () => void
}

function DuplicateForm({ resource, row, onDone, onCancel }: DuplicateFormProps) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id } = useOrganization()
  const form = useContractForm({
    schema: duplicateBody,
    defaults: { name: `${row.name} copy`, code: '' },
    save: async (body) => {
      const made = await api.post<Entity>(`${resource.path}/${row.id}/duplicate`, { body })
      await client.invalidateQueries({ queryKey: keysOf(id, resource.path).all })
      return made
    },
    toast: `${row.name} duplicated with its prices`,
    onSaved: onDone,
    unguarded: true,
  })
  return (
    <FormBody form={form} submit="Duplicate" onCancel={onCancel}>
      <FormSection>
        <Field name="name" autoFocus wide />
        <CodeField wide />
      </FormSection>
    </FormBody>
  )
}
