/** One step of a reckoning: what was done, and what came of it. */
import type { ReactNode } from 'react'
import classes from './bill.module.css'

export function Step({
  title,
  value,
  children,
}: {
  title: ReactNode
  value?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={classes.step}>
      <div className={classes.stepHead}>
        <span>{title}</span>
        {value !== undefined && <span className={classes.stepValue}>{value}</span>}
      </div>
      {children && <div className={classes.stepBody}>{children}</div>}
    </div>
  )
}
