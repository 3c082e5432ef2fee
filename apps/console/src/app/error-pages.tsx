/** Pages for when a page cannot be: not found, crashed. */
import { Anchor, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { toFailure } from '../kit/api/request-failure.ts'
import classes from './error-pages.module.css'
import { Mark } from './frame/mark.tsx'

export function NotFoundPage() {
  return (
    <main>
      <NotFoundNotice />
    </main>
  )
}

/** The same inside the frame, which has its own main part. */
export function NotFoundNotice() {
  return (
    <div className={classes.page}>
      <title>No such page · Countinghouse</title>
      <Mark size={36} />
      <h1>There is no such page</h1>
      <p>The address may be mistyped, or what it showed was deleted.</p>
      <Anchor component={Link} to="/">
        Go to the Dashboard
      </Anchor>
    </div>
  )
}

export function CrashPage({ error }: { error: unknown }) {
  const failure = toFailure(error)
  return (
    <div className={classes.page} role="alert">
      <title>Something went wrong · Countinghouse</title>
      <Mark size={36} />
      <h1>{failure.isConnection ? 'No connection to the server' : 'This page stopped'}</h1>
      <p>{failure.message}</p>
      <Button variant="default" onClick={() => window.location.reload()}>
        Load it again
      </Button>
    </div>
  )
}
