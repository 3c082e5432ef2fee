/**
 * A value that lives outside the page and that parts of it watch.
 *
 *     const isAsked = signal(false)
 *     isAsked.set(true)                    // anywhere
 *     const asked = useSignal(isAsked)     // in a component
 */
import { useSyncExternalStore } from 'react'

export type Signal<Value> = {
  get: () => Value
  set: (value: Value) => void
  /** Calls on every change; the answer ends it. */
  watch: (react: () => void) => () => void
}

export function signal<Value>(initial: Value): Signal<Value> {
  let current = initial
  const watchers = new Set<() => void>()
  return {
    get: () => current,
    set(value) {
      if (Object.is(current, value)) return
      current = value
      for (const react of watchers) react()
    },
    watch(react) {
      watchers.add(react)
      return () => void watchers.delete(react)
    },
  }
}

export function useSignal<Value>(watched: Signal<Value>): Value {
  return useSyncExternalStore(watched.watch, watched.get)
}
