import {
  type OrganizationDetails,
  organizationBody,
  updateOrganization,
} from '@countinghouse/contract/organization/organization.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { useGo } from '../../kit/link.tsx'
import { useOrganizationApi } from '../../kit/organization.ts'
import { Page } from '../../kit/page/page.tsx'
import { Await } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'

export function OrganizationDetailsFormPage() {
  const organization = useAnswer<OrganizationDetails>('/organization')
  if (!organization.data) {
    return (
      <Page>
        <Await query={organization}>{() => null}</Await>
      </Page>
    )
  }
  return <DetailsForm entity={organization.data} />
}

function DetailsForm({ entity }: { entity: OrganizationDetails }) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const go = useGo()
  const form = useContractForm<OrganizationDetails, OrganizationDetails>({
    schema: organizationBody,
    right: updateOrganization.permission,
    entity: entity as never,
    save: (body) => api.put('/organization', { body, schema: organizationBody }),
    reload: () => api.get('/organization'),
    toast: 'Organization updated',
    onSaved: () => {
      void client.invalidateQueries()
      go('/settings/organization')
    },
  })
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Settings' }, { title: 'Organization', to: '/settings/organization' }]}
      title="Edit organization"
      submit="Update organization"
      cancel="/settings/organization"
    >
      <FormSection>
        <Field name="organizationName" autoFocus />
        <Field name="shortName" />
      </FormSection>
      <FormSection title="Address">
        <Field name="addressLine1" wide />
        <Field name="addressLine2" wide />
        <Field name="addressLine3" />
        <Field name="addressLine4" />
        <Field name="locality" />
        <Field name="region" />
        <Field name="postCode" />
        <Field name="country" />
      </FormSection>
      <FormSection title="References">
        <Field name="taxId" />
        <Field name="purchaseOrderNumber" />
        <Field name="invoiceGeneralReference" />
      </FormSection>
    </FormPage>
  )
}
