import { useNetwork } from '@mantine/hooks'
import classes from './frame.module.css'

/** Says that what is shown may be old; it goes as soon as the connection is back. */
export function OfflineNotice() {
  const { online } = useNetwork()
  if (online) return null
  return (
    <div className={classes.offline} role="status">
      No connection. What you see may be old, and nothing can be saved until it is back.
    </div>
  )
}
