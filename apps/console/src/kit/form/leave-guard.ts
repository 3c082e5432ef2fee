import { useBlocker } from '@tanstack/react-router'
import { useRef } from 'react'
import { confirmAct } from '../confirm.tsx'

/** Asks before what was typed is lost; the returned function lets the next departure pass. */
export function useLeaveGuard(isGuarded: boolean): () => void {
  const isFree = useRef(false)
  useBlocker({
    shouldBlockFn: async () => {
      if (!isFree.current) isFree.current = await mayLeave()
      return !isFree.current
    },
    enableBeforeUnload: () => isGuarded && !isFree.current,
    disabled: !isGuarded,
  })
  return () => {
    isFree.current = true
  }
}

function mayLeave(): Promise<boolean> {
  return confirmAct({
    title: 'Leave this form?',
    text: 'What you typed is not saved yet and would be lost.',
    act: 'Leave',
  })
}
