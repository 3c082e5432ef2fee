/** Beyond 200 rows only those near the window are drawn; the page's own scroller is used. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Density } from './column.ts'

const DRAW_ALL_UP_TO = 200

export function useVisibleRows(
  count: number,
  table: RefObject<HTMLTableElement | null>,
  density: Density,
) {
  const isVirtual = count > DRAW_ALL_UP_TO
  const [offset, setOffset] = useState(0)
  // Outside system: the layout, asked once where the table begins inside the scroller.
  useLayoutEffect(() => {
    const scroller = scrollerOf()
    if (!isVirtual || !table.current || !scroller) return
    setOffset(
      table.current.getBoundingClientRect().top -
        scroller.getBoundingClientRect().top +
        scroller.scrollTop,
    )
  }, [isVirtual, table])
  const virtual = useVirtualizer({
    count: isVirtual ? count : 0,
    getScrollElement: scrollerOf,
    estimateSize: () => (density === 'compact' ? 36 : 46),
    overscan: 16,
    scrollMargin: offset,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)
  return {
    indexes: isVirtual
      ? items.map((item) => item.index)
      : Array.from({ length: count }, (_, index) => index),
    before: isVirtual ? Math.max(0, (items[0]?.start ?? 0) - offset) : 0,
    after: isVirtual && last ? Math.max(0, virtual.getTotalSize() - last.end + offset) : 0,
    show: (index: number) => {
      if (isVirtual) virtual.scrollToIndex(index)
    },
  }
}

/** The frame's main part scrolls, not the window. */
function scrollerOf(): HTMLElement | null {
  return document.getElementById('main')
}
