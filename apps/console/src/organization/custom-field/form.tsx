import {
  type CustomFieldDefaults,
  updateCustomFields,
} from '@countinghouse/contract/organization/custom-fields.ts'
import type { TSchema } from 'typebox'
import { CustomFieldsEditor } from '../../kit/form/custom-fields.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { SettingsOf, useSettingsForm } from '../configuration/settings-form.tsx'
import { kinds } from './kinds.ts'

const OVERVIEW = '/settings/organization/custom-fields'

export function CustomFieldsFormPage() {
  return (
    <SettingsOf<CustomFieldDefaults> path="/customfields">
      {(row) => <CustomFieldsForm entity={row} />}
    </SettingsOf>
  )
}

function CustomFieldsForm({ entity }: { entity: CustomFieldDefaults }) {
  const form = useSettingsForm<CustomFieldDefaults>({
    path: '/customfields',
    schema: withoutVersion(updateCustomFields.body),
    right: updateCustomFields.permission,
    entity,
    toast: 'Custom fields updated',
    overview: OVERVIEW,
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
