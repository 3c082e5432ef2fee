import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useSignal } from '../../kit/signal.ts'
import { firstPageStands } from '../first-page-stands.ts'
import { loadPart } from '../newer-version.ts'

type Menus = typeof import('./top-menus.tsx')
let loaded: Menus | null = null

/** The menus of the top bar, once the first page stands or somebody reaches for one; null until then. */
export function useTopMenus(isWanted: boolean): Menus | null {
  const isTime = useSignal(firstPageStands) || isWanted
  const [menus, setMenus] = useState(() => loaded)
  const focused = useRef<string | null>(null)
  // Outside system: the server, which has their code. What fails to load is said by the page.
  useEffect(() => {
    if (loaded || !isTime) return
    loadPart(() => import('./top-menus.tsx')).then(
      (module) => {
        loaded = module
        focused.current = document.activeElement?.getAttribute('aria-label') ?? null
        setMenus(module)
      },
      () => {},
    )
  }, [isTime])
  // Outside system: the focus, which a button loses when the one with a menu takes its place.
  useLayoutEffect(() => {
    if (!menus || focused.current === null || document.activeElement !== document.body) return
    document
      .querySelector<HTMLElement>(`header [aria-label="${CSS.escape(focused.current)}"]`)
      ?.focus()
    focused.current = null
  }, [menus])
  return menus
}
