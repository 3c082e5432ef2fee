/** Create and edit a compound aggregation, with everything it may read beside the editor. */
import {
  type CompoundAggregation,
  type CompoundAggregationBody,
  compoundAggregation,
} from '@countinghouse/contract/metering/compound-aggregation.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { ExpressionField } from '../../kit/expression-editor/expression-editor.tsx'
import { NameList } from '../../kit/expression-editor/name-list.tsx'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { Await } from '../../kit/page/states.tsx'
import { useId, useSearchText } from '../../kit/params.ts'
import { useOne } from '../../kit/query/resource.ts'
import { useCompoundScope } from './scope.ts'
import { Trial } from './trial.tsx'

export function CompoundAggregationCreatePage() {
  return <CompoundForm productId={useSearchText('productId')} />
}

export function CompoundAggregationEditPage() {
  return (
    <Await query={useOne<CompoundAggregation>(compoundAggregation, useId())}>
      {(row) => <CompoundForm entity={row} />}
    </Await>
  )
}

function CompoundForm({
  entity,
  productId,
}: {
  entity?: CompoundAggregation
  productId?: string | undefined
}) {
  const scope = useCompoundScope()
  const form = useContractForm<CompoundAggregationBody>({
    resource: compoundAggregation,
    entity,
    defaults: {
      productId: productId ?? '',
      calculation: '',
      rounding: 'NONE',
      quantityPerUnit: '1',
    },
    onSaved: useAfterSave((saved) => `/metering/compound-aggregations/${saved.id}`),
  })
  const insert = (text: string) =>
    form.set(
      'calculation',
      `${String(form.get('calculation') ?? '').trimEnd()} ${text}`.trimStart(),
    )
  return (
    <FormPage
      form={form}
      trail={[
        { title: 'Metering' },
        { title: 'Compound aggregations', to: '/metering/compound-aggregations' },
      ]}
      title={entity ? `Edit ${entity.name}` : 'Create compound aggregation'}
      submit={entity ? 'Update compound aggregation' : 'Create compound aggregation'}
      cancel={
        entity ? `/metering/compound-aggregations/${entity.id}` : '/metering/compound-aggregations'
      }
      preview={
        <>
          <Trial
            calculation={String(form.values.calculation ?? '')}
            scope={scope}
            unit={form.values.unit}
          />
          <Panel title="What can be used">
            <NameList scope={scope} insert={insert} />
          </Panel>
        </>
      }
    >
      <FormSection title="Compound aggregation">
        <ReferenceField name="productId" resource={product} blank="Global: for all products" wide />
        <Field name="name" />
        <CodeField />
      </FormSection>
      <FormSection title="Calculation">
        <ExpressionField
          name="calculation"
          scope={scope}
          placeholder="Math.max(aggregation.requests - aggregation.apps * 100, 0)"
        />
        <Field name="evaluateNullAggregations" wide />
      </FormSection>
      <FormSection title="Units">
        <Field name="unit" />
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
      <CustomFieldsSection kind="compoundAggregation" />
    </FormPage>
  )
}
