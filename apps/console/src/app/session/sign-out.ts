import { useNavigate } from '@tanstack/react-router'
import { api } from '../../kit/api/client.ts'
import { forgetPerson } from './signed-out.ts'

/** Ends the session and forgets everything seen: the back button shows nothing (console R85). */
export function useSignOut(): () => void {
  const navigate = useNavigate()
  return () =>
    void forgetPerson(() =>
      api
        .post('/auth/sign-out', { body: {} })
        .catch(() => {})
        .then(() => navigate({ to: '/login', replace: true })),
    )
}
