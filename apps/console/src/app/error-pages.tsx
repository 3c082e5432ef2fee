/** Pages for when a page cannot be: not found, crashed. */
import { Anchor, Button } from '@mantine/core'
import { Link, useParams, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { isReachable } from '../kit/api/reachable.ts'
import { toFailure } from '../kit/api/request-failure.ts'
import { useSignal } from '../kit/signal.ts'
import classes from './error-pages.module.css'
import { Mark } from './frame/mark.tsx'
import { isNewerReady, loadNewerVersion } from './newer-version.ts'

export function NotFoundPage() {
  return (
    <main>
      <NotFoundNotice />
    </main>
  )
}

/** The same inside the frame, which has its own main part. */
export function NotFoundNotice() {
  const { orgId } = useParams({ strict: false }) as { orgId?: string }
  return (
    <ErrorNotice title="There is no such page">
      <p>The address may be mistyped, or the page has moved.</p>
      <div className={classes.ways}>
        <Button component={Link} to={orgId ? `/o/${orgId}/dashboard` : '/'}>
          Go to the Dashboard
        </Button>
        <Anchor component="button" type="button" onClick={() => window.history.back()}>
          Back
        </Anchor>
      </div>
      {orgId && (
        <p className={classes.hint}>
          Or press <kbd>Ctrl</kbd> <kbd>K</kbd> and type what you look for.
        </p>
      )}
    </ErrorNotice>
  )
}

/** Of a page whose code did not come, or which met something it did not expect. */
export function CrashPage({ error }: { error: unknown }) {
  const failure = toFailure(error)
  const router = useRouter()
  const isAnswering = useSignal(isReachable)
  const isNewer = useSignal(isNewerReady)
  const wasAway = useRef(false)
  // Outside system: the server. A page that could not be loaded comes as soon as it can.
  useEffect(() => {
    if (isNewer) loadNewerVersion()
    else if (!isAnswering) wasAway.current = true
    else if (wasAway.current) void router.invalidate()
  }, [isNewer, isAnswering, router])
  return (
    <ErrorNotice
      title={failure.isConnection ? 'No connection to the server' : 'This page stopped'}
      isAlert
    >
      <p>{failure.message}</p>
      <Button
        variant="default"
        onClick={() => (failure.isConnection ? void router.invalidate() : window.location.reload())}
      >
        Load it again
      </Button>
    </ErrorNotice>
  )
}

type NoticeProps = { title: string; isAlert?: boolean; children: ReactNode }

function ErrorNotice({ title, isAlert, children }: NoticeProps) {
  return (
    <div className={classes.page} {...(isAlert && { role: 'alert' })}>
      <title>{`${title} · Countinghouse`}</title>
      <Mark size={36} />
      <h1>{title}</h1>
      {children}
    </div>
  )
}
