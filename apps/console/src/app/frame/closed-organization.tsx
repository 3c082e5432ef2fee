/** An organization that cannot be opened: why, who is signed in, and the ways on. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { toFailure } from '../../kit/api/request-failure.ts'
import classes from '../session/session.module.css'
import { SessionPage } from '../session/session-page.tsx'
import { SignOutLink } from '../session/sign-out-link.tsx'

type Props = { error: Error; retry: () => void }

export function ClosedOrganization({ error, retry }: Props) {
  const failure = toFailure(error)
  const isClosed = failure.status === 403 || failure.status === 404
  return (
    <SessionPage
      title={isClosed ? 'You cannot open this organization' : 'The organization did not open'}
      lead={failure.message}
      foot={<SignOutLink />}
    >
      <div className={classes.ways}>
        <Button component={Link} to="/select-organization">
          Choose another organization
        </Button>
        {!isClosed && (
          <Button variant="default" onClick={retry}>
            Try again
          </Button>
        )}
      </div>
    </SessionPage>
  )
}
