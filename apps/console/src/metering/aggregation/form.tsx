/** Create and edit an aggregation; the methods offered follow the kind of the target field. */

import {
  type Aggregation,
  type AggregationBody,
  aggregation,
} from '@countinghouse/contract/metering/aggregation.ts'
import { type DataField, type Meter, meter } from '@countinghouse/contract/metering/meter.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { Select } from '@mantine/core'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { Field } from '../../kit/form/field.tsx'
import { useFieldProps } from '../../kit/form/field-props.tsx'
import { useForm } from '../../kit/form/form-context.ts'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { Await } from '../../kit/page/states.tsx'
import { useId, useSearchText } from '../../kit/params.ts'
import { useOne } from '../../kit/query/resource.ts'
import { SegmentsField } from './segments-field.tsx'
import { UnitExample } from './unit-example.tsx'

const numeric = ['MEASURE', 'INCOME', 'COST']
const methodLabels = {
  SUM: 'Sum',
  MIN: 'Lowest',
  MAX: 'Highest',
  COUNT: 'How many values',
  LATEST: 'Latest',
  MEAN: 'Mean',
  UNIQUE: 'How many different values',
}

export function AggregationCreatePage() {
  return <AggregationForm meterId={useSearchText('meterId')} />
}

export function AggregationEditPage() {
  return (
    <Await query={useOne<Aggregation>(aggregation, useId())}>
      {(row) => <AggregationForm entity={row} />}
    </Await>
  )
}

function AggregationForm({
  entity,
  meterId,
}: {
  entity?: Aggregation
  meterId?: string | undefined
}) {
  const form = useContractForm<AggregationBody>({
    resource: aggregation,
    entity,
    defaults: {
      meterId: meterId ?? '',
      aggregation: 'SUM',
      rounding: 'NONE',
      quantityPerUnit: '1',
    },
    onSaved: useAfterSave((saved) => `/metering/aggregations/${saved.id}`),
  })
  const itsMeter = useOne<Meter>(meter, form.values.meterId || null)
  const fields = [...(itsMeter.data?.dataFields ?? []), ...(itsMeter.data?.derivedFields ?? [])]
  const target = fields.find((field) => field.code === form.values.targetField)
  const isNumeric = target !== undefined && numeric.includes(target.category)
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Metering' }, { title: 'Aggregations', to: '/metering/aggregations' }]}
      title={entity ? `Edit ${entity.name}` : 'Create aggregation'}
      submit={entity ? 'Update aggregation' : 'Create aggregation'}
      cancel={entity ? `/metering/aggregations/${entity.id}` : '/metering/aggregations'}
      preview={
        <Panel title="From quantity to units">
          <UnitExample
            quantityPerUnit={form.values.quantityPerUnit}
            rounding={form.values.rounding}
            unit={form.values.unit}
          />
        </Panel>
      }
    >
      <FormSection title="Aggregation">
        <Field name="name" />
        <CodeField />
      </FormSection>
      <FormSection title="What is counted">
        <ReferenceField name="meterId" resource={meter} create="/metering/meters/create" wide />
        <TargetField fields={fields} />
        <Field
          name="aggregation"
          labels={methodLabels}
          only={
            !target || isNumeric ? ['SUM', 'MIN', 'MAX', 'COUNT', 'LATEST', 'MEAN'] : ['UNIQUE']
          }
          note={
            target && !isNumeric
              ? 'A text field can only be counted by its different values.'
              : undefined
          }
        />
        <Field name="defaultValue" placeholder="none: no line without usage" />
      </FormSection>
      <FormSection title="Units">
        <Field name="unit" placeholder={target?.unit ?? ''} />
        <Field name="quantityPerUnit" />
        <Field
          name="rounding"
          labels={{ UP: 'Up', DOWN: 'Down', NEAREST: 'To the nearest whole', NONE: 'None' }}
        />
        <ReferenceField
          name="accountingProductId"
          resource={product}
          blank="The product of the plan"
        />
      </FormSection>
      <FormSection
        title="Segments"
        text="Split usage by up to five text fields, and give each combination its own price."
      >
        <SegmentsField fields={fields} />
      </FormSection>
      <CustomFieldsSection kind="aggregation" />
    </FormPage>
  )
}

function TargetField({ fields }: { fields: DataField[] }) {
  const form = useForm()
  const shared = useFieldProps({ name: 'targetField' })
  return (
    <Select
      {...shared}
      placeholder={fields.length === 0 ? 'Choose a meter first' : 'Choose a field'}
      data={fields.map((field) => ({ value: field.code, label: `${field.name} (${field.code})` }))}
      value={(form.get('targetField') as string | undefined) || null}
      searchable
      onChange={(code) => {
        const field = fields.find((each) => each.code === code)
        form.set('targetField', code ?? '')
        if (field && !form.get('unit') && field.unit) form.set('unit', field.unit)
        if (field) form.set('aggregation', numeric.includes(field.category) ? 'SUM' : 'UNIQUE')
      }}
    />
  )
}
