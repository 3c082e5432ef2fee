import { useRouterState } from '@tanstack/react-router'
import classes from './page-progress.module.css'

/** A thin line below the bar while the next page is on its way, so that a click is answered at once. */
export function PageProgress() {
  const isOnItsWay = useRouterState({ select: (state) => state.isLoading })
  return isOnItsWay && <div className={classes.line} role="progressbar" aria-label="Loading" />
}
