/** Create and edit a meter: its data fields, and the fields derived from them at ingest. */
import { type Meter, type MeterBody, meter } from '@countinghouse/contract/metering/meter.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { CodeBlock } from '../../kit/code-block.tsx'
import { ExpressionField } from '../../kit/expression-editor/expression-editor.tsx'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField, codeFrom, selectAll } from '../../kit/form/code-field.tsx'
import { type ContractForm, useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { Rows } from '../../kit/form/rows.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { Await } from '../../kit/page/states.tsx'
import { useId, useSearchText } from '../../kit/params.ts'
import { useOne } from '../../kit/query/resource.ts'
import { MeterGroupField } from '../meter-group/field.tsx'
import classes from './meter.module.css'
import { sampleMeasurement } from './sample.ts'
import { useDerivedFieldScope } from './scope.ts'

const categories = {
  MEASURE: 'Measure (number)',
  INCOME: 'Income (number)',
  COST: 'Cost (number)',
  WHO: 'Who (text)',
  WHAT: 'What (text)',
  WHERE: 'Where (text)',
  OTHER: 'Other (text)',
  METADATA: 'Metadata (text)',
}

export function MeterCreatePage() {
  return <MeterForm productId={useSearchText('productId')} />
}

export function MeterEditPage() {
  return <Await query={useOne<Meter>(meter, useId())}>{(row) => <MeterForm entity={row} />}</Await>
}

function MeterForm({ entity, productId }: { entity?: Meter; productId?: string | undefined }) {
  const form = useContractForm<MeterBody>({
    resource: meter,
    entity,
    defaults: {
      productId: productId ?? '',
      dataFields: [{ category: 'MEASURE', code: '', name: '', unit: '' }],
      derivedFields: [],
    },
    onSaved: useAfterSave((saved) => `/metering/meters/${saved.id}`),
  })
  const scope = useDerivedFieldScope(form.values)
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Metering' }, { title: 'Meters', to: '/metering/meters' }]}
      title={entity ? `Edit ${entity.name}` : 'Create meter'}
      submit={entity ? 'Update meter' : 'Create meter'}
      cancel={entity ? `/metering/meters/${entity.id}` : '/metering/meters'}
      preview={
        <Panel title="One measurement" help="What your systems will send for this meter.">
          <CodeBlock
            language="json"
            code={JSON.stringify(sampleMeasurement(form.values), null, 2)}
          />
        </Panel>
      }
    >
      <FormSection title="Meter">
        <ReferenceField
          name="productId"
          resource={product}
          blank="Global: for all products"
          create="/products/create"
        />
        <MeterGroupField />
        <Field name="name" />
        <CodeField />
      </FormSection>
      <FormSection
        title="Data fields"
        text="Every measurement must carry all of them. Numbers are what is counted and need a unit; texts say who, what and where, and usage can be filtered, split and priced by them."
      >
        <Rows
          name="dataFields"
          max={15}
          min={1}
          add="Add data field"
          empty={{ category: 'WHAT', code: '', name: '', unit: '' }}
          fields={['category', 'name', 'code', 'unit']}
          columns="minmax(146px, 1.1fr) 1.3fr 1.1fr 0.7fr"
        >
          {(at) => <FieldRow at={at} form={form} />}
        </Rows>
      </FormSection>
      <FormSection
        title="Derived fields"
        text="Worked out from the data fields, such as gigabytes * 1000, once, when a measurement arrives. A change acts on later measurements only."
      >
        <Rows
          name="derivedFields"
          max={15}
          add="Add derived field"
          empty={{ category: 'MEASURE', code: '', name: '', unit: '', calculation: '' }}
        >
          {(at) => (
            <div className={classes.derivedRow}>
              <FieldRow at={at} form={form} hasLabels />
              <div className={classes.wide}>
                <ExpressionField
                  name={`${at}.calculation`}
                  scope={scope}
                  placeholder="gigabytes * 1000"
                />
              </div>
            </div>
          )}
        </Rows>
      </FormSection>
      <CustomFieldsSection kind="meter" />
    </FormPage>
  )
}

const textCategories = ['WHO', 'WHAT', 'WHERE', 'OTHER', 'METADATA']

type FieldRowProps = {
  at: string
  form: ContractForm<MeterBody>
  /** Where no heads stand above the column. */
  hasLabels?: boolean
}

function FieldRow({ at, form, hasLabels = false }: FieldRowProps) {
  function proposeCode() {
    const name = form.get(`${at}.name`)
    if (form.get(`${at}.code`) || typeof name !== 'string' || name === '') return
    form.set(`${at}.code`, codeFrom(name))
    selectAll(`field-${at}.code`)
  }
  const isText = textCategories.includes(String(form.get(`${at}.category`)))
  return (
    <>
      <Field name={`${at}.category`} hideLabel={!hasLabels} labels={categories} />
      <Field name={`${at}.name`} hideLabel={!hasLabels} placeholder="Stored gigabytes" />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the input inside takes the focus */}
      <div onFocus={proposeCode}>
        <Field name={`${at}.code`} hideLabel={!hasLabels} placeholder="gigabytes" />
      </div>
      <Field
        name={`${at}.unit`}
        hideLabel={!hasLabels}
        placeholder={isText ? 'none' : 'GBy'}
        disabled={isText}
      />
    </>
  )
}
