import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { Lines } from '../page/states.tsx'
import classes from './detail.module.css'

/** Longer than this nobody waits for what has come already. */
const AT_MOST_MS = 500

/**
 * Panels that each ask for something of their own are shown together, once all have their answers:
 * one by one they would push each other down the page.
 */
export function Settling({ children }: { children: ReactNode }) {
  const cache = useQueryClient().getQueryCache()
  const [isSettled, setSettled] = useState(false)
  // Outside system: the answers of the server. The panels have asked before this runs.
  useEffect(() => {
    if (isSettled) return
    const look = () => {
      const isWaiting = cache
        .getAll()
        .some(({ state }) => state.status === 'pending' && state.fetchStatus === 'fetching')
      if (!isWaiting) setSettled(true)
    }
    look()
    const stop = cache.subscribe(look)
    const latest = window.setTimeout(() => setSettled(true), AT_MOST_MS)
    return () => {
      stop()
      window.clearTimeout(latest)
    }
  }, [cache, isSettled])
  return (
    <div className={classes.settling} data-settled={isSettled || undefined}>
      {!isSettled && <Lines count={7} />}
      <div>{children}</div>
    </div>
  )
}
