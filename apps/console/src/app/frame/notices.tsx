/** What concerns the whole Console: at the bottom of the window, and above the page where nothing can be changed. */
import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { isReachable } from '../../kit/api/reachable.ts'
import { useOrganization } from '../../kit/organization.ts'
import { useSignal } from '../../kit/signal.ts'
import { isNewerReady, loadNewerVersion, takeRenewal } from '../newer-version.ts'
import classes from './notices.module.css'

export function Notices() {
  const isAnswering = useSignal(isReachable)
  const isNewer = useSignal(isNewerReady)
  // Outside system: the tab's storage, which outlives a renewal of the page.
  useEffect(() => {
    if (takeRenewal()) void sayRenewed()
  }, [])
  return (
    <div className={classes.notices} role="status">
      {!isAnswering && (
        <div className={classes.notice} data-tone="warn">
          The server does not answer. What you see may be old, and nothing can be saved until it is
          back. Trying again…
        </div>
      )}
      {isAnswering && isNewer && (
        <div className={classes.notice}>
          A newer version of the Console is ready.
          <Button size="xs" variant="default" onClick={() => loadNewerVersion()}>
            Load it
          </Button>
        </div>
      )}
    </div>
  )
}

async function sayRenewed(): Promise<void> {
  const { savedToast } = await import('../../kit/toast.tsx')
  savedToast('You have the newer version of the Console now')
}

/** Above the page. */
export function ArchivedNote() {
  const { name, isArchived } = useOrganization()
  if (!isArchived) return null
  return (
    <p className={classes.archived} role="note">
      <b>{name} is archived.</b> Everything can be read, nothing changed. The operator of this
      server can bring it back.
    </p>
  )
}
