/** Signs in with a one-time link. Asks for a click, so that a mail scanner does not use the link up. */
import { Anchor, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../kit/api/client.ts'
import { useParam } from '../../kit/params.ts'
import { Refusal, SessionPage } from './session-page.tsx'

export function SignInLinkPage() {
  const token = useParam('token')
  const client = useQueryClient()
  const navigate = useNavigate()
  const signIn = useMutation({
    mutationFn: () => api.post('/auth/sign-in/link', { body: { token } }),
    onSuccess: () => {
      client.clear()
      void navigate({ to: '/', replace: true })
    },
  })
  return (
    <SessionPage
      title="Sign in with a link"
      lead="This link signs you in once. Nobody else can use it after you."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <Refusal error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} autoFocus>
          Open Countinghouse
        </Button>
        <Anchor component={Link} to="/login" size="sm" ta="center">
          Sign in with a password
        </Anchor>
      </form>
    </SessionPage>
  )
}
