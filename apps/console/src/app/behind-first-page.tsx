/** A part of the first page that its first look does not need: code and questions come once it stands. */
import type { ComponentType, ReactNode } from 'react'
import { useSignal } from '../kit/signal.ts'
import { firstPageStands } from './first-page-stands.ts'
import { onDemand } from './on-demand.tsx'

export function behindFirstPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode,
): ComponentType<Props> {
  const Part = onDemand(load, waiting)
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, at the top of a module
  return function BehindFirstPage(props: Props) {
    return useSignal(firstPageStands) ? <Part {...props} /> : waiting
  }
}
