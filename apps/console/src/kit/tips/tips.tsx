/**
 * A few words beside what the pointer rests on or the keyboard reaches. They are written on the
 * element itself, so that a list with a thousand of them costs nothing:
 *
 *     <ActionIcon aria-label="Find" data-tip="Find or do anything" />
 *     <Link data-tip={name} data-tip-side="right" />     beside it instead of above
 *     <li data-tip={exact} data-tip-now />               without the short wait
 *
 * `Tips` is mounted once and shows the one that is wanted.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { follow, type Tip } from './follow.ts'
import classes from './tips.module.css'

const ID = 'tip'
const GAP_PX = 5
const EDGE_PX = 6

export function Tips() {
  const [tip, setTip] = useState<Tip | null>(null)
  // Outside system: the pointer and the focus, wherever in the document they are.
  useEffect(() => follow(setTip), [])
  return tip && <Bubble {...tip} />
}

function Bubble({ target, text }: Tip) {
  const box = useRef<HTMLDivElement>(null)
  // Outside system: the layout, which decides where there is room.
  useLayoutEffect(() => {
    if (box.current && box.current.textContent === text) place(box.current, target)
  }, [target, text])
  // Outside system: the element described, which is drawn by any page. What its name says already is not said again.
  useEffect(() => {
    if (target.hasAttribute('aria-describedby') || target.ariaLabel === text) return
    target.setAttribute('aria-describedby', ID)
    return () => target.removeAttribute('aria-describedby')
  }, [target, text])
  return (
    <div ref={box} id={ID} role="tooltip" className={classes.tip}>
      {text}
    </div>
  )
}

/** Above the element, below it where the window ends, never over the edge. */
function place(box: HTMLElement, target: HTMLElement): void {
  const at = target.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const isBeside = target.dataset['tipSide'] === 'right'
  const above = at.top - GAP_PX - height
  const top = isBeside
    ? at.top + (at.height - height) / 2
    : above >= EDGE_PX
      ? above
      : at.bottom + GAP_PX
  const left = isBeside ? at.right + GAP_PX : at.left + (at.width - width) / 2
  box.style.top = `${top}px`
  box.style.left = `${Math.max(EDGE_PX, Math.min(left, window.innerWidth - width - EDGE_PX))}px`
}
