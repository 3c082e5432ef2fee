import { type User, updateUser } from '@countinghouse/contract/organization/user.ts'
import { useQueryClient } from '@tanstack/react-query'
import type { TSchema } from 'typebox'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { Field } from '../../kit/form/field.tsx'
import { FormBody, FormSection } from '../../kit/form/form-page.tsx'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { Panel } from '../../kit/page/page.tsx'
import { keysOf } from '../../kit/query/resource.ts'

/** Saving keeps the statements the user was given directly: the call replaces both. */
export function EndOfAccess({ user }: { user: User }) {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const client = useQueryClient()
  const may = useCan('config:update', 'config:user')
  const form = useContractForm<User, User>({
    schema: updateUser.body as TSchema,
    entity: user as never,
    unguarded: true,
    toast: 'End of access updated',
    save: (body) =>
      api.put(`/users/${user.id}`, {
        body: { ...body, version: user.version, permissionPolicy: user.permissionPolicy },
      }),
    onSaved: (saved) => {
      client.setQueryData(keysOf(id, '/users').one(user.id), saved)
      void client.invalidateQueries({ queryKey: keysOf(id, '/users').all })
    },
  })
  if (!may) return null
  return (
    <Panel title="End of access">
      <FormBody form={form} submit="Update end of access">
        <FormSection>
          <Field name="dtEndAccess" placeholder="never" />
        </FormSection>
      </FormBody>
    </Panel>
  )
}
