/** The shape of the frame while the organization is read, so that there is a picture early. */
import { Page } from '../../kit/page/page.tsx'
import { DetailSkeleton } from '../../kit/page/states.tsx'
import classes from './frame.module.css'
import { Mark } from './mark.tsx'

export function Opening() {
  return (
    <div
      className={classes.frame}
      data-nav="none"
      role="status"
      aria-label="Opening the organization"
    >
      <div className={classes.bar}>
        <span className={classes.brand}>
          <Mark />
          <span>Countinghouse</span>
        </span>
      </div>
      <div className={classes.main}>
        <Page>
          <DetailSkeleton />
        </Page>
      </div>
    </div>
  )
}
