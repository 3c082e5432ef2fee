import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { EntityForm } from '../../kit/form/entity-form.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { Failure } from '../../kit/page/states.tsx'
import { useParam } from '../../kit/params.ts'
import type { ResourceShape } from '../../kit/query/resource.ts'
import { type PicklistItem, picklists } from './picklists.ts'

export function PicklistFormPage() {
  const tab = useParam('tab') ?? ''
  const resource = picklists[tab]
  if (!resource) return <Failure error={new Error('There is no such list.')} />
  return (
    <EntityForm resource={resource}>
      {(entity?: PicklistItem) => <PicklistForm resource={resource} tab={tab} entity={entity} />}
    </EntityForm>
  )
}

type PicklistFormProps = { resource: ResourceShape; tab: string; entity: PicklistItem | undefined }

function PicklistForm({ resource, tab, entity }: PicklistFormProps) {
  const base = `/settings/organization/${tab}`
  const one = resource.title.one.toLowerCase()
  const form = useContractForm<PicklistItem, PicklistItem & { id: string }>({
    resource,
    entity,
    defaults: { name: '', code: '', ...(tab === 'bill-grouping-keys' ? { exclusive: false } : {}) },
    onSaved: useAfterSave(() => base),
  })
  const others = Object.keys((resource.body as { properties?: object }).properties ?? {}).filter(
    (name) => !['name', 'code', 'archived'].includes(name),
  )
  return (
    <FormPage
      form={form}
      trail={[
        { title: 'Settings' },
        { title: 'Organization', to: '/settings/organization' },
        { title: resource.title.many, to: base },
      ]}
      title={entity ? `Edit ${one} ${entity.name}` : `Create ${one}`}
      submit={`${entity ? 'Update' : 'Create'} ${one}`}
      cancel={base}
    >
      <FormSection>
        <Field name="name" autoFocus />
        {tab === 'currencies' ? <Field name="code" placeholder="EUR" /> : <CodeField />}
        {others.map((name) => (
          <Field key={name} name={name} />
        ))}
        {entity && <Field name="archived" />}
      </FormSection>
    </FormPage>
  )
}
