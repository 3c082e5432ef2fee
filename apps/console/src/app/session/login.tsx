import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../kit/api/client.ts'
import { useSearchText } from '../../kit/params.ts'
import { Refusal, SessionPage } from './session-page.tsx'

export function LoginPage() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const client = useQueryClient()
  const navigate = useNavigate()
  const next = useSearchText('next')
  const signIn = useMutation({
    mutationFn: () => api.post('/auth/sign-in/email', { body: { email: email.trim(), password } }),
    onSuccess: () => {
      client.clear()
      // Only addresses of our own: a foreign one in a link must not be followed after signing in.
      const isOurs = next?.startsWith('/') && !next.startsWith('//')
      void navigate({ href: isOurs && next ? next : '/', replace: true })
    },
  })
  return (
    <SessionPage title="Sign in" lead="From measurements to bills that explain themselves.">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <Refusal error={signIn.error} />
        <TextInput
          label="Email address"
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
        <Anchor component={Link} to="/forgot-password" size="sm" ta="center">
          Forgot password
        </Anchor>
      </form>
    </SessionPage>
  )
}
