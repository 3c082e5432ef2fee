/**
 * A part of the frame whose code comes when it is first shown. Unlike a lazy component it may fail
 * to load without taking the page with it, and loads the next time it is wanted.
 * Until then `waiting` stands in its place.
 */
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { loadPart } from './newer-version.ts'

export function onDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, at the top of a module
  return function OnDemand(props: Props) {
    const [Part, setPart] = useState(() => loaded)
    // Outside system: the server, which has the code.
    useEffect(() => {
      // Another place may have loaded it since this one was drawn.
      if (loaded) setPart(() => loaded)
      else
        loadPart(load).then((part) => {
          loaded = part
          setPart(() => part)
        }, say)
    }, [])
    return Part ? <Part {...props} /> : waiting
  }
}

async function say(cause: unknown): Promise<void> {
  const { failedToast } = await import('../kit/toast.tsx')
  failedToast(cause)
}
