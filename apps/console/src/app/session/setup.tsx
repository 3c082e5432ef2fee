/** The first administrator of a fresh instance, by the link that the first start prints. */
import { setUp } from '@countinghouse/contract/organization/sign-in.ts'
import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../kit/api/client.ts'
import { Help } from '../../kit/page/help.tsx'
import { useParam } from '../../kit/params.ts'
import { PASSWORD_HINT } from './password.tsx'
import classes from './session.module.css'
import { Refusal, SessionPage } from './session-page.tsx'

const empty = { firstName: '', lastName: '', email: '', password: '', organizationName: '' }

export function SetupPage() {
  const token = useParam('token') ?? ''
  const [values, setValues] = useState(empty)
  const client = useQueryClient()
  const navigate = useNavigate()
  const link = useQuery({
    queryKey: ['set-up', token],
    queryFn: () =>
      api.get<{ organizations: string[] }>(`/auth/set-up/${encodeURIComponent(token)}`),
    retry: false,
  })
  const create = useMutation({
    mutationFn: () => {
      const { organizationName, ...person } = values
      const needsName = link.data?.organizations.length === 0
      return api.post('/auth/set-up', {
        body: { token, ...person, ...(needsName ? { organizationName } : {}) },
      })
    },
    onSuccess: () => {
      client.clear()
      void navigate({ to: '/', replace: true })
    },
  })
  const bind = (key: keyof typeof empty) => ({
    label: titleOf(key),
    required: true,
    value: values[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [key]: value }))
    },
  })

  if (link.error) {
    return (
      <SessionPage
        title="This link has ended"
        lead={link.error.message}
        foot={
          <Anchor component={Link} to="/login" inherit>
            Sign in
          </Anchor>
        }
      />
    )
  }
  if (!link.data) return <SessionPage title="One moment" isLoading />
  const [first] = link.data.organizations
  return (
    <SessionPage
      title="Welcome to Countinghouse"
      lead={
        first
          ? `Create your sign-in. You will be the administrator of ${link.data.organizations.join(' and ')}.`
          : 'Create your sign-in and your first organization. You will be its administrator.'
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <Refusal error={create.error} />
        {!first && (
          <TextInput {...bind('organizationName')} autoComplete="organization" autoFocus />
        )}
        <div className={classes.pair}>
          <TextInput {...bind('firstName')} autoComplete="given-name" autoFocus={Boolean(first)} />
          <TextInput {...bind('lastName')} autoComplete="family-name" />
        </div>
        <TextInput {...bind('email')} type="email" autoComplete="username" />
        <PasswordInput
          {...bind('password')}
          label={
            <>
              Password <Help label="Password">{PASSWORD_HINT}</Help>
            </>
          }
          placeholder="At least 12 characters"
          autoComplete="new-password"
          minLength={12}
        />
        <Button type="submit" loading={create.isPending}>
          Create sign-in
        </Button>
      </form>
    </SessionPage>
  )
}

function titleOf(key: keyof typeof empty): string {
  const schema = setUp.body?.properties[key] as { title?: string } | undefined
  return schema?.title ?? key
}
