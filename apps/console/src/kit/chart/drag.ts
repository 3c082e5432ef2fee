/** Dragging across a drawing, from one point to another: what is chosen while it lasts, and at its end. */
import { type MouseEvent, useState } from 'react'
import type { ChartPoint } from './chart-props.ts'

type Span = [first: ChartPoint, last: ChartPoint]

/** Of what the chart library tells of an event: which point lies below the pointer. */
type Under = { activeTooltipIndex?: number | string | null | undefined }

export function useDrag(
  points: readonly ChartPoint[],
  onEnd: ((...span: Span) => void) | undefined,
) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  const span = drag && spanOf(points, drag)
  if (!onEnd) return { span: null, handlers: {} }
  return {
    span,
    handlers: {
      onMouseDown: (under: Under, event: MouseEvent) => {
        const from = indexOf(under)
        if (from !== null && event.button === 0) setDrag({ from, to: from })
      },
      onMouseMove: (under: Under) => {
        const to = indexOf(under)
        if (drag && to !== null && to !== drag.to) setDrag({ ...drag, to })
      },
      onMouseUp: () => {
        setDrag(null)
        if (span) onEnd(...span)
      },
      onMouseLeave: () => setDrag(null),
    },
  }
}

/** A press that stays on one point is no drag. */
function spanOf(points: readonly ChartPoint[], { from, to }: { from: number; to: number }) {
  const first = points[Math.min(from, to)]
  const last = points[Math.max(from, to)]
  return from === to || !first || !last ? null : ([first, last] satisfies Span)
}

function indexOf({ activeTooltipIndex }: Under): number | null {
  const index = Number(activeTooltipIndex ?? Number.NaN)
  return Number.isInteger(index) ? index : null
}
