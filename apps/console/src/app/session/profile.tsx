/** The own name, how the Console looks, password and sessions (console 4.12). */
import type { Me } from '@countinghouse/contract/organization/console.ts'
import { Anchor, Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api } from '../../kit/api/client.ts'
import { savedToast } from '../../kit/toast.tsx'
import { useTheme } from '../preferences.ts'
import { useMe } from '../session.ts'
import { PASSWORD_HINT } from './password.tsx'
import classes from './session.module.css'
import { Refusal, SessionPage } from './session-page.tsx'
import { Sessions } from './sessions.tsx'

export function ProfilePage() {
  const me = useMe()
  return (
    <SessionPage
      title="Profile"
      lead={me.data?.email}
      wide
      foot={
        <Anchor component={Link} to="/" inherit>
          Back to the Console
        </Anchor>
      }
    >
      {me.data && <NameForm me={me.data} />}
      <Part title="Appearance">
        <Appearance />
      </Part>
      <Part title="Password">
        <PasswordForm />
      </Part>
      <Part title="Where you are signed in">
        <Sessions />
      </Part>
    </SessionPage>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function NameForm({ me }: { me: Me }) {
  const [values, setValues] = useState({
    firstName: me.firstName,
    lastName: me.lastName,
    contactNumber: me.contactNumber ?? '',
  })
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: () =>
      api.put<Me>('/console/me', {
        body: { ...values, contactNumber: values.contactNumber || undefined },
      }),
    onSuccess: (saved) => {
      client.setQueryData(['me'], saved)
      void client.invalidateQueries({ queryKey: ['principals'] })
      savedToast('Profile updated')
    },
  })
  const bind = (key: keyof typeof values) => ({
    value: values[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [key]: value }))
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Refusal error={save.error} />
      <div className={classes.pair}>
        <TextInput label="First name" required autoComplete="given-name" {...bind('firstName')} />
        <TextInput label="Last name" required autoComplete="family-name" {...bind('lastName')} />
      </div>
      <TextInput label="Contact number" autoComplete="tel" {...bind('contactNumber')} />
      <Button type="submit" loading={save.isPending} className={classes.fit ?? ''}>
        Update profile
      </Button>
    </form>
  )
}

function Appearance() {
  const { scheme, choose } = useTheme()
  return (
    <SegmentedControl
      aria-label="Theme"
      value={scheme}
      onChange={(value) => choose(value as typeof scheme)}
      data={[
        { value: 'auto', label: 'System' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
    />
  )
}

function PasswordForm() {
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const change = useMutation({
    mutationFn: () => api.post('/auth/change-password', { body: { currentPassword, newPassword } }),
    onSuccess: () => {
      setCurrent('')
      setNew('')
      savedToast('Password changed; other sessions have ended')
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        change.mutate()
      }}
    >
      <Refusal error={change.error} />
      <div className={classes.pair}>
        <PasswordInput
          label="Current password"
          required
          autoComplete="current-password"
          value={currentPassword}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          required
          minLength={12}
          autoComplete="new-password"
          value={newPassword}
          onChange={(event) => setNew(event.currentTarget.value)}
        />
      </div>
      <p className={classes.lead}>{PASSWORD_HINT}</p>
      <Button
        type="submit"
        variant="default"
        loading={change.isPending}
        className={classes.fit ?? ''}
      >
        Change password
      </Button>
    </form>
  )
}
