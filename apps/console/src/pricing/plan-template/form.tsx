/** Create and edit a plan template; beside the form, the bills that it makes. */

import { product } from '@countinghouse/contract/metering/product.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import {
  type PlanTemplate,
  type PlanTemplateBody,
  planTemplate,
} from '@countinghouse/contract/pricing/plan-template.ts'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { AdvanceField } from './advance-field.tsx'
import { BillRhythm } from './bill-rhythm.tsx'

type PlanTemplateFormProps = { entity?: PlanTemplate; productId?: string | undefined }

export function PlanTemplateForm({ entity, productId }: PlanTemplateFormProps) {
  const organization = useOrganization()
  const form = useContractForm<PlanTemplateBody>({
    resource: planTemplate,
    entity,
    defaults: {
      productId: productId ?? '',
      currency: organization.currency,
      billFrequency: 'MONTHLY',
      billFrequencyInterval: 1,
      standingCharge: '0',
    },
    onSaved: useAfterSave((saved) => `/pricing/plan-templates/${saved.id}`),
  })
  const back = entity ? `/pricing/plan-templates/${entity.id}` : '/pricing/plan-templates'
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Pricing' }, { title: 'Plan templates', to: '/pricing/plan-templates' }]}
      title={entity ? `Edit ${entity.name}` : 'Create plan template'}
      submit={entity ? 'Update plan template' : 'Create plan template'}
      cancel={back}
      preview={<BillRhythm template={form.values} />}
    >
      <FormSection title="Template">
        <ReferenceField name="productId" resource={product} create="/products/create" wide />
        <Field name="name" />
        <CodeField />
      </FormSection>
      <FormSection title="Billing">
        <ReferenceField<{ id: string; code: string; name: string }>
          name="currency"
          resource={currency}
          value={(row) => row.code}
          itemLabel={(row) => `${row.code} · ${row.name}`}
          create="/settings/organization/currencies/create"
        />
        <Field name="billFrequency" only={['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY']} />
        <Field name="billFrequencyInterval" />
      </FormSection>
      <FormSection title="Standing charge" text="A fixed amount on each bill, whatever is used.">
        <Field name="standingCharge" unit={form.values.currency} />
        <AdvanceField name="standingChargeBillInAdvance" above="organization default" />
        <Field name="standingChargeInterval" placeholder="1" />
        <Field name="standingChargeOffset" placeholder="0" />
        <Field name="standingChargeDescription" wide placeholder="Standing Charge" />
      </FormSection>
      <FormSection
        title="Minimum spend"
        text="If usage comes to less, the bill is topped up to this."
      >
        <Field name="minimumSpend" unit={form.values.currency} />
        <AdvanceField name="minimumSpendBillInAdvance" above="organization default" />
        <Field name="minimumSpendDescription" wide />
      </FormSection>
      <CustomFieldsSection kind="planTemplate" />
    </FormPage>
  )
}
