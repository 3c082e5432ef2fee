/** Which element with a tip the pointer rests on, or the keyboard has reached. */

export type Tip = { target: HTMLElement; text: string }

const WAIT_MS = 350

/** Tells of every change until the returned function is called. */
export function follow(show: (tip: Tip | null) => void): () => void {
  let target: HTMLElement | null = null
  let timer = 0
  // The words may change under the pointer ("Copied"), and the element may go away.
  const watcher = new MutationObserver(() => {
    const text = target?.isConnected && target.dataset['tip']
    if (target && text) show({ target, text })
    else turnTo(null)
  })

  function turnTo(next: HTMLElement | null): void {
    if (next === target) return
    window.clearTimeout(timer)
    watcher.disconnect()
    show(null)
    target = next
    const text = next?.dataset['tip']
    if (!next || !text) return
    timer = window.setTimeout(
      () => {
        show({ target: next, text: next.dataset['tip'] ?? text })
        watcher.observe(document.body, {
          subtree: true,
          childList: true,
          attributeFilter: ['data-tip'],
        })
      },
      next.dataset['tipNow'] === undefined ? WAIT_MS : 0,
    )
  }

  const ends = new AbortController()
  const on = (name: string, react: (event: Event) => void) =>
    document.addEventListener(name, react, { capture: true, signal: ends.signal })
  on('pointerover', (event) => {
    // A finger that taps wants the act, not the words.
    if ((event as PointerEvent).pointerType !== 'touch') turnTo(tipped(event))
  })
  on('pointerout', (event) => {
    if ((event as PointerEvent).relatedTarget === null) turnTo(null)
  })
  on('focusin', (event) => {
    if ((event.target as Element).matches(':focus-visible')) turnTo(tipped(event))
  })
  on('focusout', () => turnTo(null))
  on('scroll', () => turnTo(null))
  // What it opens comes where the words are: they wait until one comes back to it.
  on('click', (event) => {
    const at = tipped(event)
    if (!at?.matches('[aria-expanded], [aria-haspopup]')) return
    turnTo(null)
    target = at
  })
  on('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') turnTo(null)
  })
  // Where the pointer or the keyboard is already.
  turnTo(
    document.querySelector<HTMLElement>(
      '[data-tip]:not([aria-expanded="true"]):is(:hover, :focus-visible)',
    ),
  )
  return () => {
    turnTo(null)
    ends.abort()
  }
}

function tipped(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null
}
