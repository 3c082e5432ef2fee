/** How a person likes the Console, kept with the person so that another device has it too (console R14, R20). */
import type { Me } from '@countinghouse/contract/organization/console.ts'
import { useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../kit/api/client.ts'
import { useMe } from './session.ts'

type Preferences = Me['preferences']

/** Narrower windows start with icons: the page needs the width. */
const ICONS_ENOUGH_PX = 1100

const themes = { auto: 'SYSTEM', light: 'LIGHT', dark: 'DARK' } as const
type Scheme = keyof typeof themes

/** Saves in the background: a preference is not worth an error message. */
export function useSavePreferences(): (change: Preferences) => void {
  const client = useQueryClient()
  return (change) => {
    const me = client.getQueryData<Me>(['me'])
    if (!me) return
    const preferences = { ...me.preferences, ...change }
    client.setQueryData<Me>(['me'], { ...me, preferences })
    api.put('/console/me', { body: { preferences } }).catch(() => {})
  }
}

export function useTheme(): { scheme: Scheme; choose: (scheme: Scheme) => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const save = useSavePreferences()
  return {
    scheme: colorScheme,
    choose: (scheme) => {
      setColorScheme(scheme)
      save({ theme: themes[scheme] })
    },
  }
}

/** Whether the Nav panel shows names; as a person left it on any device. */
export function useNavOpen(): { isOpen: boolean; setOpen: (isOpen: boolean) => void } {
  const isCollapsed = useMe().data?.preferences.isNavCollapsed
  const save = useSavePreferences()
  return {
    isOpen: !(isCollapsed ?? window.innerWidth < ICONS_ENOUGH_PX),
    setOpen: (isOpen) => save({ isNavCollapsed: !isOpen }),
  }
}

/** Takes over the theme chosen on another device. */
export function useThemeOfPerson(): void {
  const { setColorScheme } = useMantineColorScheme()
  const theme = useMe().data?.preferences.theme
  // Outside system: the document's colour scheme, which lives in Mantine and the browser's storage.
  useEffect(() => {
    const scheme = (Object.keys(themes) as Scheme[]).find((each) => themes[each] === theme)
    if (scheme) setColorScheme(scheme)
  }, [theme, setColorScheme])
}
