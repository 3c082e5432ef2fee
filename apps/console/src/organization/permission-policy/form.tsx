import {
  type PermissionPolicy,
  permissionPolicy,
} from '@countinghouse/contract/organization/permission-policy.ts'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { EntityForm } from '../../kit/form/entity-form.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { JsonEditor } from './json-editor.tsx'
import { StatementEditor } from './statement-editor.tsx'
import { Statements } from './statements.tsx'

type Statement = PermissionPolicy['permissionPolicy'][number]

const fresh: Statement = { effect: 'allow', action: [], resource: [] }

export function PermissionPolicyFormPage() {
  return (
    <EntityForm resource={permissionPolicy}>
      {(entity?: PermissionPolicy) => <PermissionPolicyForm entity={entity} />}
    </EntityForm>
  )
}

function PermissionPolicyForm({ entity }: { entity: PermissionPolicy | undefined }) {
  const form = useContractForm<PermissionPolicy, PermissionPolicy>({
    resource: permissionPolicy,
    entity,
    defaults: { name: '', permissionPolicy: [fresh] },
    onSaved: useAfterSave((saved) => `/settings/access/policies/${saved.id}`),
  })
  const statements = form.values.permissionPolicy
  return (
    <FormPage
      form={form}
      trail={[
        { title: 'Settings' },
        { title: 'Access settings', to: '/settings/access' },
        { title: 'Permission policies', to: '/settings/access/policies' },
      ]}
      title={entity ? `Edit ${entity.name}` : 'Create permission policy'}
      submit={`${entity ? 'Update' : 'Create'} permission policy`}
      cancel={entity ? `/settings/access/policies/${entity.id}` : '/settings/access/policies'}
      preview={
        <>
          <Statements title="In words" statements={statements} />
          <JsonEditor
            statements={statements}
            onChange={(next) => form.set('permissionPolicy', next)}
          />
        </>
      }
    >
      <FormSection>
        <Field name="name" wide autoFocus />
      </FormSection>
      <FormSection
        title="Statements"
        text="Each statement says what may be done (actions, such as config:update) with what (resources, such as config:meter/* for all meters). A deny wins over every allow."
      >
        {statements.map((statement, index) => (
          <StatementEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: statements have no identity but their place
            key={index}
            at={`permissionPolicy.${index}`}
            statement={statement}
            remove={
              statements.length > 1
                ? () => form.set('permissionPolicy', statements.toSpliced(index, 1))
                : null
            }
          />
        ))}
        <div>
          <Button
            size="xs"
            variant="subtle"
            px={6}
            leftSection={<IconPlus size={14} />}
            onClick={() => form.set('permissionPolicy', [...statements, fresh])}
          >
            Add statement
          </Button>
        </div>
      </FormSection>
    </FormPage>
  )
}
