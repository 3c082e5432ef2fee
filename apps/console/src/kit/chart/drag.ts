/** Dragging across a drawing, from one point to another: what is chosen while it lasts, and at its end. */
import { type MouseEvent, useRef, useState } from 'react'
import type { ChartPoint } from './chart-props.ts'

type Span = [first: ChartPoint, last: ChartPoint]
type Drag = { from: number; to: number }

/** Of what the chart library tells of an event: which point lies below the pointer. */
type Under = { activeTooltipIndex?: number | string | null | undefined }

export function useDrag(
  points: readonly ChartPoint[],
  onEnd: ((...span: Span) => void) | undefined,
) {
  // Events may come faster than drawings, so each finds here what the one before it left.
  const latest = useRef<Drag | null>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const turnTo = (next: Drag | null) => {
    latest.current = next
    setDrag(next)
  }
  if (!onEnd) return { span: null, handlers: {} }
  return {
    span: drag && spanOf(points, drag),
    handlers: {
      onMouseDown: (under: Under, event: MouseEvent) => {
        const from = indexOf(under)
        if (from !== null && event.button === 0) turnTo({ from, to: from })
      },
      onMouseMove: (under: Under) => {
        const to = indexOf(under)
        const { current } = latest
        if (current && to !== null && to !== current.to) turnTo({ ...current, to })
      },
      onMouseUp: () => {
        const span = latest.current && spanOf(points, latest.current)
        turnTo(null)
        if (span) onEnd(...span)
      },
      onMouseLeave: () => turnTo(null),
    },
  }
}

/** A press that stays on one point is no drag. */
function spanOf(points: readonly ChartPoint[], { from, to }: Drag) {
  const first = points[Math.min(from, to)]
  const last = points[Math.max(from, to)]
  return from === to || !first || !last ? null : ([first, last] satisfies Span)
}

function indexOf({ activeTooltipIndex }: Under): number | null {
  const index = Number(activeTooltipIndex ?? Number.NaN)
  return Number.isInteger(index) ? index : null
}
