/** Create and edit a plan: what is left empty is taken over from the template, and shown as such. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import { type Plan, type PlanBody, plan } from '@countinghouse/contract/pricing/plan.ts'
import { type PlanTemplate, planTemplate } from '@countinghouse/contract/pricing/plan-template.ts'
import { useParams, useSearch } from '@tanstack/react-router'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { Await } from '../../kit/page/states.tsx'
import { useOne } from '../../kit/query/resource.ts'
import { AdvanceField } from '../plan-template/advance-field.tsx'
import { BillRhythm } from '../plan-template/bill-rhythm.tsx'

export function PlanCreatePage() {
  const { planTemplateId, accountId } = useSearch({ strict: false }) as {
    planTemplateId?: string
    accountId?: string
  }
  return <PlanForm planTemplateId={planTemplateId} accountId={accountId} />
}

export function PlanEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <Await query={useOne<Plan>(plan, id)}>{(row) => <PlanForm entity={row} />}</Await>
}

type PlanFormProps = {
  entity?: Plan
  planTemplateId?: string | undefined
  accountId?: string | undefined
}

function PlanForm({ entity, planTemplateId, accountId }: PlanFormProps) {
  const form = useContractForm<PlanBody>({
    resource: plan,
    entity,
    defaults: {
      planTemplateId: planTemplateId ?? '',
      ...(accountId ? { accountId, bespoke: true } : {}),
    },
    onSaved: useAfterSave((saved) => `/pricing/plans/${saved.id}`),
  })
  const template = useOne<PlanTemplate>(planTemplate, form.values.planTemplateId || null)
  const inherited = template.data
  const inherit = (value: string | number | undefined) =>
    inherited ? (value === undefined ? 'none' : `inherited: ${grouped(value, 2)}`) : ''
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Pricing' }, { title: 'Plans', to: '/pricing/plans' }]}
      title={entity ? `Edit ${entity.name}` : 'Create plan'}
      submit={entity ? 'Update plan' : 'Create plan'}
      cancel={entity ? `/pricing/plans/${entity.id}` : '/pricing/plans'}
      preview={
        inherited && (
          <BillRhythm
            template={{
              ...inherited,
              standingCharge: form.values.standingCharge || inherited.standingCharge,
            }}
          />
        )
      }
    >
      <FormSection title="Plan">
        <ReferenceField
          name="planTemplateId"
          resource={planTemplate}
          create="/pricing/plan-templates/create"
          wide
        />
        <Field name="name" />
        <CodeField />
      </FormSection>
      <FormSection
        title="Standing charge"
        text="Leave a field empty to keep following the template."
      >
        <Field
          name="standingCharge"
          unit={inherited?.currency ?? ''}
          placeholder={inherit(inherited?.standingCharge)}
        />
        <AdvanceField name="standingChargeBillInAdvance" above="template" />
        <Field
          name="standingChargeDescription"
          wide
          placeholder={inherited?.standingChargeDescription ?? 'Standing Charge'}
        />
      </FormSection>
      <FormSection title="Minimum spend">
        <Field
          name="minimumSpend"
          unit={inherited?.currency ?? ''}
          placeholder={inherit(inherited?.minimumSpend)}
        />
        <AdvanceField name="minimumSpendBillInAdvance" above="template" />
        <Field
          name="minimumSpendDescription"
          wide
          placeholder={inherited?.minimumSpendDescription ?? ''}
        />
      </FormSection>
      <FormSection title="Custom plan and accounting">
        <ReferenceField<Account>
          name="accountId"
          resource={account}
          blank="For any account"
          disabled={Boolean(entity)}
        />
        <ReferenceField
          name="standingChargeAccountingProductId"
          resource={product}
          blank="The plan’s product"
        />
        <ReferenceField
          name="minimumSpendAccountingProductId"
          resource={product}
          blank="The plan’s product"
        />
      </FormSection>
      <CustomFieldsSection kind="plan" />
    </FormPage>
  )
}
