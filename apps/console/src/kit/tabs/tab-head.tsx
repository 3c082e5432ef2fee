/** What stands above the content of a tab: what it is for, and what one can do there. */
import type { ReactNode } from 'react'
import classes from './tab-head.module.css'

export function TabHead({ text, children }: { text: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      <p>{text}</p>
      {children}
    </div>
  )
}
