/** Keys that work on every page; the list people see is in shortcuts.tsx. */
import { useHotkeys } from '@mantine/hooks'
import { useRef } from 'react'
import { useGo } from '../../kit/link.tsx'
import { sections } from '../sections.ts'
import type { Overlay } from './overlay.ts'

/** `g` then the first letter: where two sections share one, the first in the bar has it. */
export const goKeys: Readonly<Record<string, string>> = Object.fromEntries(
  sections
    .filter((section) => section.pages.length > 0)
    .toReversed()
    .map((section) => [goKeyOf(section.name), section.pages[0]?.path ?? section.path]),
)

export function goKeyOf(name: string): string {
  const own: Record<string, string> = { Pricing: 'i', Alerts: 'e' }
  return own[name] ?? name.charAt(0).toLowerCase()
}

export function useFrameHotkeys(setOverlay: (overlay: Overlay) => void): void {
  const go = useGo()
  const armedAt = useRef(0)
  const letters = Object.keys(goKeys).map((key): [string, () => void] => [
    key,
    () => {
      if (Date.now() - armedAt.current < 1200) go(goKeys[key] ?? '/dashboard')
      armedAt.current = 0
    },
  ])
  useHotkeys([['mod+K', () => setOverlay('palette')]], [])
  useHotkeys([
    ['?', () => setOverlay('shortcuts')],
    ['shift+?', () => setOverlay('shortcuts')],
    [
      'g',
      () => {
        armedAt.current = Date.now()
      },
    ],
    ['c', () => document.querySelector<HTMLElement>('[data-create]')?.click()],
    ['Escape', () => setOverlay(null)],
    ...letters.filter(([key]) => key !== 'g' && key !== 'c'),
  ])
}
