import { type MeterGroup, meterGroup } from '@countinghouse/contract/metering/meter-group.ts'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { EntityForm } from '../../kit/form/entity-form.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'

const LIST = '/metering/meters/groups'

export function MeterGroupFormPage() {
  return (
    <EntityForm resource={meterGroup}>
      {(entity?: MeterGroup) => <MeterGroupForm entity={entity} />}
    </EntityForm>
  )
}

function MeterGroupForm({ entity }: { entity: MeterGroup | undefined }) {
  const form = useContractForm<MeterGroup, MeterGroup>({
    resource: meterGroup,
    entity,
    defaults: { name: '' },
    onSaved: useAfterSave(() => LIST),
  })
  return (
    <FormPage
      form={form}
      trail={[
        { title: 'Metering' },
        { title: 'Meters', to: '/metering/meters' },
        { title: 'Meter groups', to: LIST },
      ]}
      title={entity ? `Rename ${entity.name}` : 'Create meter group'}
      submit={entity ? 'Rename meter group' : 'Create meter group'}
      cancel={LIST}
    >
      <FormSection>
        <Field name="name" wide autoFocus />
      </FormSection>
    </FormPage>
  )
}
