/** Ctrl/Cmd+K: pages, acts, things by name or code, and what was opened last. */
import { Modal, TextInput } from '@mantine/core'
import { IconArrowRight, IconClockHour4, IconPlus, IconSearch } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { type ComponentType, type KeyboardEvent, useState } from 'react'
import { apiAt, type Query } from '../../kit/api/client.ts'
import { useGo } from '../../kit/link.tsx'
import { matches } from '../../kit/list/shown-rows.ts'
import { useOrganization } from '../../kit/organization.ts'
import { type Entity, keysOf, type Page } from '../../kit/query/resource.ts'
import type { FindableEntity } from '../section.ts'
import { sections } from '../sections.ts'
import classes from './command-palette.module.css'
import { readRecent, rememberPlace } from './recent-places.ts'

type Entry = {
  group: string
  title: string
  hint?: string
  path: string
  icon: ComponentType<{ size?: number; stroke?: number }>
}

export function CommandPalette({ close }: { close: () => void }) {
  const { id } = useOrganization()
  const go = useGo()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const found = useFoundEntities(text)
  const entries = text.trim() === '' ? startEntries(id) : [...placeEntries(text), ...found]

  function open(entry: Entry | undefined) {
    if (!entry) return
    if (entry.group !== 'Do') rememberPlace(id, { title: entry.title, path: entry.path })
    close()
    go(entry.path)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') open(entries[active])
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    const next = (active + step + entries.length) % Math.max(1, entries.length)
    setActive(next)
    document.getElementById(`palette-${next}`)?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <Modal
      opened
      onClose={close}
      withCloseButton={false}
      padding={0}
      size={600}
      aria-label="Command palette"
    >
      <TextInput
        variant="unstyled"
        classNames={{ input: classes.input ?? '' }}
        leftSection={<IconSearch size={16} />}
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={`palette-${active}`}
        aria-label="Find a page, a thing or an act"
        placeholder="Find a page, an account, a plan… or do something"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label="Found" className={classes.list}>
        {entries.map((entry, index) => (
          <div key={`${entry.group}${entry.path}${entry.title}`}>
            {entries[index - 1]?.group !== entry.group && (
              <div className={classes.group}>{entry.group}</div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input that keeps the focus */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points here */}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === active}
              className={classes.entry}
              onMouseMove={() => setActive(index)}
              onClick={() => open(entry)}
            >
              <entry.icon size={16} stroke={1.6} />
              <span>{entry.title}</span>
              {entry.hint && <small>{entry.hint}</small>}
            </div>
          </div>
        ))}
        {entries.length === 0 && <p className={classes.none}>Nothing by that name</p>}
      </div>
    </Modal>
  )
}

function startEntries(organizationId: string): Entry[] {
  const recent = readRecent(organizationId).map((place) => ({
    group: 'Recent',
    icon: IconClockHour4,
    ...place,
  }))
  return [...recent, ...pageEntries(), ...actEntries()]
}

function placeEntries(text: string): Entry[] {
  return [...pageEntries(), ...actEntries()].filter((entry) =>
    matches(`${entry.title} ${entry.hint ?? ''}`, text),
  )
}

function pageEntries(): Entry[] {
  return sections.flatMap((section) =>
    section.pages.map((page) => ({
      group: 'Go to',
      title: page.name,
      ...(section.name === page.name ? {} : { hint: section.name }),
      path: page.path,
      icon: page.icon ?? IconArrowRight,
    })),
  )
}

function actEntries(): Entry[] {
  return sections.flatMap((section) =>
    (section.acts ?? []).map((act) => ({
      group: 'Do',
      title: act.title,
      path: act.path,
      icon: IconPlus,
    })),
  )
}

const MOST_EACH = 5

/** Small collections are read once and searched here; of large ones the server finds the start of a name or code. */
function useFoundEntities(text: string): Entry[] {
  const { id } = useOrganization()
  const kinds = sections.flatMap((section) => section.entities ?? [])
  const isOn = text.trim().length > 1
  return useQueries({
    queries: kinds.map((kind) => ({
      queryKey: [...keysOf(id, kind.collection).all, 'palette', kind.search ? text.trim() : ''],
      queryFn: () =>
        apiAt(`/organizations/${id}`).get<Page<Entity>>(kind.search ?? kind.collection, {
          query: kind.search ? startOfNameOrCode(text) : { pageSize: 100 },
        }),
      enabled: isOn,
      staleTime: 60_000,
    })),
    combine: (answers) =>
      answers.flatMap((answer, index) =>
        foundIn(kinds[index], answer.data?.data ?? [], isOn ? text : ''),
      ),
  })
}

function startOfNameOrCode(text: string): Query {
  const typed = text.trim().replaceAll('$', '')
  return { searchQuery: `name~${typed}$code~${typed}`, operator: 'OR', pageSize: MOST_EACH }
}

function foundIn(kind: FindableEntity | undefined, rows: Entity[], text: string): Entry[] {
  if (!kind || text === '') return []
  return rows
    .filter((row) => matches(`${row.name ?? ''} ${row.code ?? ''}`, text))
    .slice(0, MOST_EACH)
    .map((row) => ({
      group: kind.title,
      title: row.name ?? row.code ?? row.id,
      ...(row.code ? { hint: row.code } : {}),
      path: `${kind.path}/${row.id}`,
      icon: kind.icon ?? IconArrowRight,
    }))
}
