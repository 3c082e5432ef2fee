/** What the command palette offers: pages, acts, organizations, help, and things found by name. */
import { useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconArrowRight,
  IconBook2,
  IconBuilding,
  IconClockHour4,
  IconKeyboard,
  IconListCheck,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { apiAt, type Query } from '../../kit/api/client.ts'
import { dayText } from '../../kit/format/moment.tsx'
import { matches } from '../../kit/list/shown-rows.ts'
import { type Organization, useOrganization } from '../../kit/organization.ts'
import { type Entity, keysOf, type Page } from '../../kit/query/resource.ts'
import { useTheme } from '../preferences.ts'
import { type FindableEntity, readablePages } from '../section.ts'
import { sections } from '../sections.ts'
import { useSignOut } from '../session/sign-out.ts'
import { useMemberships } from '../session.ts'
import type { Overlay } from './overlay.ts'
import { readRecent } from './recent-places.ts'

export type PaletteEntry = {
  group: string
  title: string
  hint?: string
  icon: ComponentType<{ size?: number; stroke?: number }>
} & (
  | { kind: 'page'; path: string }
  | { kind: 'address'; href: string; isNewTab?: boolean }
  | { kind: 'act'; run: () => void }
)

type Show = (overlay: Overlay) => void

export function usePaletteEntries(
  text: string,
  show: Show,
): { entries: PaletteEntry[]; isLooking: boolean } {
  const organization = useOrganization()
  const acts = useActs(show)
  const organizations = useOrganizations()
  const found = useFoundEntities(text)
  const typed = text.trim()
  if (typed === '') {
    const all = [...recentEntries(organization.id), ...pageEntries(organization), ...acts]
    return { entries: all, isLooking: false }
  }
  const fixed = [...pageEntries(organization), ...acts, ...organizations].filter((entry) =>
    matches(`${entry.title} ${entry.hint ?? ''}`, typed),
  )
  const entries = [...bestFirst([...fixed, ...found.entries], typed), searchInDocs(typed)]
  return { entries, isLooking: found.isLooking }
}

function recentEntries(organizationId: string): PaletteEntry[] {
  return readRecent(organizationId).map((place) => ({
    kind: 'page',
    group: 'Recent',
    icon: IconClockHour4,
    ...place,
  }))
}

function pageEntries({ can }: Organization): PaletteEntry[] {
  return sections.flatMap((section) =>
    readablePages(section, can).map((page) => ({
      kind: 'page' as const,
      group: 'Go to',
      title: page.name,
      ...(section.name === page.name ? {} : { hint: section.name }),
      path: page.path,
      icon: page.icon,
    })),
  )
}

function useActs(show: Show): PaletteEntry[] {
  const { can } = useOrganization()
  const { colorScheme } = useMantineColorScheme()
  const { choose } = useTheme()
  const signOut = useSignOut()
  const isDark = colorScheme === 'dark'
  const create = sections.flatMap((section) =>
    (section.acts ?? [])
      .filter((act) => {
        const page = section.pages.find((each) => act.path.startsWith(each.path))
        return !page?.permission || can('config:create', page.permission)
      })
      .map((act) => ({ kind: 'page' as const, group: 'Do', icon: IconPlus, ...act })),
  )
  const act = (title: string, icon: PaletteEntry['icon'], run: () => void): PaletteEntry => ({
    kind: 'act',
    group: 'Do',
    title,
    icon,
    run,
  })
  return [
    ...create,
    act('Show Running Tasks', IconListCheck, () => show('tasks')),
    act(isDark ? 'Switch to light mode' : 'Switch to dark mode', isDark ? IconSun : IconMoon, () =>
      choose(isDark ? 'light' : 'dark'),
    ),
    act('Keyboard shortcuts', IconKeyboard, () => show('shortcuts')),
    { kind: 'address', group: 'Do', title: 'Edit profile', icon: IconUser, href: '/profile' },
    act('Log out', IconLogout, signOut),
  ]
}

function useOrganizations(): PaletteEntry[] {
  const { id } = useOrganization()
  return (useMemberships().data ?? [])
    .filter((each) => each.id !== id)
    .map((each) => ({
      kind: 'address',
      group: 'Switch organization',
      title: each.name,
      icon: IconBuilding,
      href: `/o/${each.id}/dashboard`,
    }))
}

function searchInDocs(text: string): PaletteEntry {
  return {
    kind: 'address',
    group: 'Help',
    title: `Search the documentation for “${text}”`,
    icon: IconBook2,
    href: `/docs?q=${encodeURIComponent(text)}`,
    isNewTab: true,
  }
}

const MOST_EACH = 5
const TYPING_MS = 120

/** Small collections are read once and searched here; of large ones the server finds the start of a name or code. */
function useFoundEntities(text: string): { entries: PaletteEntry[]; isLooking: boolean } {
  const { id } = useOrganization()
  const [typed] = useDebouncedValue(text.trim(), TYPING_MS)
  const kinds = sections.flatMap((section) => section.entities ?? [])
  const isOn = typed.length > 1
  return useQueries({
    queries: kinds.map((kind) => ({
      queryKey: [...keysOf(id, kind.collection).all, 'palette', kind.search ? typed : ''],
      queryFn: () =>
        apiAt(`/organizations/${id}`).get<Page<Entity>>(kind.search?.path ?? kind.collection, {
          query: kind.search ? startOf(typed, kind.search.fields) : { pageSize: 100 },
        }),
      enabled: isOn,
      staleTime: 60_000,
    })),
    combine: (answers) => ({
      isLooking: typed !== text.trim() || answers.some((answer) => answer.isFetching),
      entries: answers.flatMap((answer, index) =>
        foundIn(kinds[index], answer.data?.data ?? [], isOn ? text.trim() : ''),
      ),
    }),
  })
}

function startOf(text: string, fields: string[]): Query {
  const typed = text.replaceAll('$', '')
  return {
    searchQuery: fields.map((field) => `${field}~${typed}`).join('$'),
    operator: 'OR',
    pageSize: MOST_EACH,
  }
}

function foundIn(kind: FindableEntity | undefined, rows: Entity[], text: string): PaletteEntry[] {
  if (!kind || text === '') return []
  const label = kind.label ?? nameAndCode
  return rows
    .map((row) => {
      const { title, hint, day } = label(row)
      return { row, title, hint: [hint, day && dayText(day)].filter(Boolean).join(', ') }
    })
    .filter(({ title, hint }) => matches(`${title} ${hint}`, text))
    .slice(0, MOST_EACH)
    .map(({ row, title, hint }) => ({
      kind: 'page',
      group: kind.title,
      title,
      ...(hint ? { hint } : {}),
      path: `${kind.path}/${row.id}`,
      icon: kind.icon ?? IconArrowRight,
    }))
}

function nameAndCode({ id, name, code }: Entity): ReturnType<NonNullable<FindableEntity['label']>> {
  return { title: name ?? id, ...(code ? { hint: code } : {}) }
}

/** Groups stay together; the one with the closest match comes first. */
function bestFirst(entries: PaletteEntry[], typed: string): PaletteEntry[] {
  const groups = Map.groupBy(entries, (entry) => entry.group)
  const distance = (group: PaletteEntry[]) => Math.min(...group.map((each) => farFrom(each, typed)))
  return [...groups.values()]
    .toSorted((left, right) => distance(left) - distance(right))
    .flatMap((group) =>
      group.toSorted((left, right) => farFrom(left, typed) - farFrom(right, typed)),
    )
}

function farFrom({ title, hint = '' }: PaletteEntry, typed: string): number {
  const [wanted, name, code] = [typed, title, hint].map((each) => each.toLowerCase())
  if (name === wanted || code === wanted) return 0
  if (name?.startsWith(wanted ?? '')) return 1 + (name.length - typed.length) / 1000
  return code?.startsWith(wanted ?? '') ? 2 : 3
}
