import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../kit/api/client.ts'
import { useSearchText } from '../../kit/params.ts'
import { Refusal, SessionPage } from './session-page.tsx'

export const PASSWORD_HINT =
  'At least 12 characters. A few words that only you put together are best.'

export function ForgotPasswordPage() {
  const [email, setEmail] = useState('')
  const ask = useMutation({
    mutationFn: () =>
      api.post('/auth/request-password-reset', {
        body: { email: email.trim() },
      }),
  })
  if (ask.isSuccess) {
    return (
      <SessionPage
        title="Look into your mail"
        lead="If somebody with this address may sign in, a link is on its way. Where this server sends no mail, an operator can make a link with npm run admin."
      >
        <form>
          <Anchor component={Link} to="/login">
            Back to sign in
          </Anchor>
        </form>
      </SessionPage>
    )
  }
  return (
    <SessionPage
      title="Forgot password"
      lead="Write your email address; we send a link that sets a new password."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate()
        }}
      >
        <Refusal error={ask.error} />
        <TextInput
          label="Email address"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" loading={ask.isPending}>
          Send the link
        </Button>
        <Anchor component={Link} to="/login" size="sm" ta="center">
          Back to sign in
        </Anchor>
      </form>
    </SessionPage>
  )
}

export function ResetPasswordPage() {
  const token = useSearchText('token')
  const navigate = useNavigate()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const differs = again !== '' && again !== password
  const reset = useMutation({
    mutationFn: () => api.post('/auth/reset-password', { body: { newPassword: password, token } }),
    onSuccess: () => navigate({ to: '/login', replace: true }),
  })
  if (!token)
    return (
      <SessionPage
        title="This link is not complete"
        lead="Open it again from the mail, or ask for a new one."
        foot={
          <Anchor component={Link} to="/forgot-password" inherit>
            Ask for a new link
          </Anchor>
        }
      />
    )
  return (
    <SessionPage title="Set a new password">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!differs) reset.mutate()
        }}
      >
        <Refusal error={reset.error} />
        <PasswordInput
          label="New password"
          description={PASSWORD_HINT}
          autoComplete="new-password"
          minLength={12}
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <PasswordInput
          label="Once more"
          autoComplete="new-password"
          required
          error={differs && 'The two differ.'}
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <Button type="submit" loading={reset.isPending}>
          Set password
        </Button>
      </form>
    </SessionPage>
  )
}
