import { Anchor } from '@mantine/core'
import { useMe } from '../session.ts'
import { useSignOut } from './sign-out.ts'

export function SignOutLink() {
  const me = useMe().data
  const signOut = useSignOut()
  return (
    <>
      {me?.email}{' '}
      <Anchor component="button" type="button" inherit onClick={signOut}>
        Log out
      </Anchor>
    </>
  )
}
