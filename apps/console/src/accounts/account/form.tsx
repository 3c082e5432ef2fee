/** Create and edit an account. */
import {
  type Account,
  type AccountBody,
  account,
} from '@countinghouse/contract/accounts/account.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import { useParams } from '@tanstack/react-router'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { ReferenceField } from '../../kit/form/reference-field.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Await } from '../../kit/page/states.tsx'
import { useOne } from '../../kit/query/resource.ts'

export function AccountCreatePage() {
  return <AccountForm />
}

export function AccountEditPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <Await query={useOne<Account>(account, id)}>{(row) => <AccountForm entity={row} />}</Await>
}

function AccountForm({ entity }: { entity?: Account }) {
  const organization = useOrganization()
  const form = useContractForm<AccountBody>({
    resource: account,
    entity,
    onSaved: useAfterSave((saved) => `/accounts/${saved.id}`),
  })
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Accounts', to: '/accounts' }]}
      title={entity ? `Edit ${entity.name}` : 'Create account'}
      lead="Only name, address and e-mail may hold personal data."
      submit={entity ? 'Update account' : 'Create account'}
      cancel={entity ? `/accounts/${entity.id}` : '/accounts'}
    >
      <FormSection title="Account">
        <Field name="name" autoFocus={!entity} />
        <CodeField />
        <Field name="emailAddress" wide />
      </FormSection>
      <FormSection title="Billing">
        <ReferenceField<{ id: string; code: string; name: string }>
          name="currency"
          resource={currency}
          value={(row) => row.code}
          itemLabel={(row) => `${row.code} · ${row.name}`}
          blank={`As the organization: ${organization.currency}`}
        />
        <Field name="billEpoch" placeholder="As the organization" />
        <Field name="daysBeforeBillDue" placeholder="As the organization" />
        <Field name="purchaseOrderNumber" />
      </FormSection>
      <FormSection title="Address">
        <Field name="address.addressLine1" />
        <Field name="address.addressLine2" />
        <Field name="address.postCode" />
        <Field name="address.locality" />
        <Field name="address.region" />
        <Field name="address.country" />
      </FormSection>
      <CustomFieldsSection kind="account" />
    </FormPage>
  )
}
