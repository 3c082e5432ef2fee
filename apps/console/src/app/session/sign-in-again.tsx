/** Over a page whose session has ended: signs the same person in again, and the page goes on. */
import type { Me } from '@countinghouse/contract/organization/console.ts'
import { Anchor, Button, Modal, PasswordInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../kit/api/client.ts'
import { useMe } from '../session.ts'
import classes from './session.module.css'
import { Refusal } from './session-page.tsx'
import { isSignInAsked } from './signed-out.ts'

export function SignInAgain() {
  const email = useMe().data?.email ?? ''
  const [password, setPassword] = useState('')
  const client = useQueryClient()

  function goOn() {
    isSignInAsked.set(false)
    void client.invalidateQueries()
  }
  // Signing in from another tab is as good.
  useQuery({
    queryKey: ['signed-in-again'],
    queryFn: async () => {
      const me = await api.get<Me>('/console/me')
      if (me.email === email) goOn()
      else window.location.assign('/')
      return me.id
    },
    refetchOnWindowFocus: 'always',
    refetchOnMount: false,
    initialData: '',
    retry: false,
  })
  const signIn = useMutation({
    mutationFn: () => api.post('/auth/sign-in/email', { body: { email, password } }),
    onSuccess: goOn,
  })
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="You were signed out"
      size={400}
      overlayProps={{ backgroundOpacity: 0.45, blur: 8 }}
      zIndex={400}
    >
      <form
        className={classes.again}
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <p className={classes.lead}>
          Your session has ended. Sign in and go on where you were; what you typed is still there.
        </p>
        <Refusal error={signIn.error} />
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label={`Password of ${email}`}
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in and go on
        </Button>
        <Anchor href="/login" size="sm" ta="center">
          Sign in another way
        </Anchor>
      </form>
    </Modal>
  )
}
