import {
  type CustomFieldDefaults,
  updateCustomFields,
} from '@countinghouse/contract/organization/custom-fields.ts'
import { useQueryClient } from '@tanstack/react-query'
import type { TSchema } from 'typebox'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsEditor } from '../../kit/form/custom-fields.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { useGo } from '../../kit/link.tsx'
import { useOrganizationApi } from '../../kit/organization.ts'
import { Page } from '../../kit/page/page.tsx'
import { Await } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import { kinds } from './kinds.ts'

export function CustomFieldsFormPage() {
  const fields = useAnswer<CustomFieldDefaults>('/customfields')
  if (!fields.data) {
    return (
      <Page>
        <Await query={fields}>{() => null}</Await>
      </Page>
    )
  }
  return <CustomFieldsForm entity={fields.data} />
}

const OVERVIEW = '/settings/organization/custom-fields'

function CustomFieldsForm({ entity }: { entity: CustomFieldDefaults }) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const go = useGo()
  const form = useContractForm<CustomFieldDefaults, CustomFieldDefaults>({
    schema: withoutVersion(updateCustomFields.body),
    right: updateCustomFields.permission,
    entity: entity as never,
    save: (body) => api.put('/customfields', { body }),
    reload: () => api.get('/customfields'),
    toast: 'Custom fields updated',
    onSaved: () => {
      void client.invalidateQueries()
      go(OVERVIEW)
    },
  })
  return (
    <FormPage
      form={form}
      trail={[
        { title: 'Settings' },
        { title: 'Organization', to: '/settings/organization' },
        { title: 'Custom fields', to: OVERVIEW },
      ]}
      title="Edit custom fields"
      submit="Update custom fields"
      cancel={OVERVIEW}
    >
      {kinds.map(({ key, title }) => (
        <FormSection key={key} title={title}>
          <CustomFieldsEditor name={key} />
        </FormSection>
      ))}
    </FormPage>
  )
}

/** The version is added when the form is sent; people do not fill it in. */
function withoutVersion(schema: TSchema | undefined): TSchema {
  const { properties, required, ...rest } = schema as TSchema & {
    properties: Record<string, TSchema>
    required?: string[]
  }
  const { version: _version, ...kept } = properties
  return {
    ...rest,
    properties: kept,
    required: (required ?? []).filter((name) => name !== 'version'),
  } as TSchema
}
