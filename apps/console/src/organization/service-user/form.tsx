import {
  type PermissionPolicy,
  permissionPolicy,
} from '@countinghouse/contract/organization/permission-policy.ts'
import { type ServiceUser, serviceUser } from '@countinghouse/contract/organization/service-user.ts'
import { MultiSelect, Switch } from '@mantine/core'
import { useState } from 'react'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { EntityForm } from '../../kit/form/entity-form.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FieldLabel } from '../../kit/form/field-label.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'
import { useGo } from '../../kit/link.tsx'
import { useOrganizationApi } from '../../kit/organization.ts'
import { useList } from '../../kit/query/resource.ts'
import { failedToast } from '../../kit/toast.tsx'
import { type NewKey, NewKeyDialog } from './issued-key.tsx'

export function ServiceUserFormPage() {
  return (
    <EntityForm resource={serviceUser}>
      {(entity?: ServiceUser) => <ServiceUserForm entity={entity} />}
    </EntityForm>
  )
}

function ServiceUserForm({ entity }: { entity: ServiceUser | undefined }) {
  const api = useOrganizationApi()
  const go = useGo()
  const policies = useList<PermissionPolicy>(permissionPolicy)
  const [chosen, setChosen] = useState<string[]>([])
  const [withKey, setWithKey] = useState(true)
  const [made, setMade] = useState<{ id: string; key: NewKey } | null>(null)

  /** The user is there already: what fails now is told, and can be done again on its page. */
  async function furnish({ id }: ServiceUser) {
    try {
      for (const policy of chosen)
        await api.post(`/permissionpolicies/${policy}/addtoserviceuser`, {
          body: { principalId: id },
        })
      if (withKey)
        return setMade({
          id,
          key: await api.post<NewKey>(`/serviceusers/${id}/accesskeys`, { body: {} }),
        })
    } catch (cause) {
      failedToast(cause, 'The service user was made, but not everything was given to it')
    }
    await go(`/settings/access/service-users/${id}`)
  }

  const form = useContractForm<ServiceUser, ServiceUser>({
    resource: serviceUser,
    entity,
    defaults: { name: '' },
    onSaved: (saved) =>
      entity ? go(`/settings/access/service-users/${saved.id}`) : furnish(saved),
  })
  return (
    <>
      <FormPage
        form={form}
        trail={[
          { title: 'Settings' },
          { title: 'Access settings', to: '/settings/access' },
          { title: 'Service users', to: '/settings/access/service-users' },
        ]}
        title={entity ? `Rename ${entity.name}` : 'Create service user'}
        submit={entity ? 'Update service user' : 'Create service user'}
        cancel={
          entity ? `/settings/access/service-users/${entity.id}` : '/settings/access/service-users'
        }
      >
        <FormSection>
          <Field name="name" wide autoFocus />
        </FormSection>
        {!entity && (
          <FormSection
            title="Rights and key"
            text="Both can be changed later on the page of the service user."
          >
            <MultiSelect
              label={
                <FieldLabel
                  title="Permission policies"
                  help="What the program may do. Ingest is right for one that only sends measurements."
                />
              }
              placeholder={chosen.length === 0 ? 'Choose policies' : ''}
              description="Without a policy the program may do nothing."
              data={policies.rows.map((policy) => ({ value: policy.id, label: policy.name }))}
              searchable
              value={chosen}
              onChange={setChosen}
            />
            <Switch
              mt={28}
              label={
                <FieldLabel
                  title="Generate access key"
                  help="An ID and a secret to sign in with. The secret is shown once, right after this form."
                />
              }
              checked={withKey}
              onChange={(event) => setWithKey(event.currentTarget.checked)}
            />
          </FormSection>
        )}
      </FormPage>
      {made && (
        <NewKeyDialog
          made={made.key}
          close={() => go(`/settings/access/service-users/${made.id}`)}
        />
      )}
    </>
  )
}
