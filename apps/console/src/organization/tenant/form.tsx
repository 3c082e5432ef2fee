import {
  type OrganizationDetails,
  organizationBody,
  updateOrganization,
} from '@countinghouse/contract/organization/organization.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { SettingsOf, useSettingsForm } from '../configuration/settings-form.tsx'

const OVERVIEW = '/settings/organization'

export function OrganizationDetailsFormPage() {
  return (
    <SettingsOf<OrganizationDetails> path="/organization">
      {(row) => <DetailsForm entity={row} />}
    </SettingsOf>
  )
}

function DetailsForm({ entity }: { entity: OrganizationDetails }) {
  const form = useSettingsForm<OrganizationDetails>({
    path: '/organization',
    schema: organizationBody,
    right: updateOrganization.permission,
    entity,
    toast: 'Organization updated',
    overview: OVERVIEW,
  })
  return (
    <FormPage
      form={form}
      trail={[{ title: 'Settings' }, { title: 'Organization', to: OVERVIEW }]}
      title="Edit organization"
      submit="Update organization"
      cancel={OVERVIEW}
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
