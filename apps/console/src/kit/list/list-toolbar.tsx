/** Search box, filter chips, column choice and density: the line above a list. */
import {
  ActionIcon,
  Checkbox,
  Loader,
  Menu,
  Popover,
  Stack,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import {
  IconBaselineDensityMedium,
  IconBaselineDensitySmall,
  IconCheckbox,
  IconColumns3,
  IconSearch,
  IconX,
} from '@tabler/icons-react'
import { Fragment, type ReactNode, useRef, useState } from 'react'
import { LACKS_RIGHT } from '../act-button.tsx'
import type { ApiCall } from '../api/curl.ts'
import { AsCurl } from '../as-curl.tsx'
import { useOrganization } from '../organization.ts'
import type { Column, Density } from './column.ts'
import type { Filter } from './filter.ts'
import { FilterChip } from './filter-chip.tsx'
import type { ListState } from './list-state.ts'
import classes from './toolbar.module.css'

type ListToolbarProps<Row> = {
  state: ListState
  filters: Filter[]
  columns: Column<Row>[]
  searchHint: string | null
  density: Density
  setDensity: (density: Density) => void
  isRefreshing: boolean
  /** How a program reads the same. */
  call?: ApiCall | undefined
  exporting?: ReactNode
  /** Cards on a phone have no room for ticks until they are asked for. */
  selecting?: Selecting | undefined
  /** After the filters: another way to look. */
  besideFilters?: ReactNode
}

type Selecting = { isOn: boolean; toggle: () => void }

export function ListToolbar<Row>(props: ListToolbarProps<Row>) {
  const { state, filters, searchHint, density, setDensity } = props
  const search = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => search.current?.focus()]])
  const other: Density = density === 'compact' ? 'roomy' : 'compact'
  return (
    <div className={classes.toolbar}>
      {searchHint && (
        <TextInput
          ref={search}
          className={classes.search ?? ''}
          size="xs"
          type="search"
          aria-label={searchHint}
          placeholder={searchHint}
          leftSection={<IconSearch size={14} />}
          rightSection={
            state.text ? (
              <ClearButton onClick={() => state.set({ q: null })} />
            ) : (
              <kbd className={classes.key}>/</kbd>
            )
          }
          value={state.text}
          onChange={(event) => state.set({ q: event.currentTarget.value || null })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') state.set({ q: null })
            if (event.key === 'ArrowDown')
              document.querySelector<HTMLElement>('[data-list-row]')?.focus()
          }}
        />
      )}
      {filters.length > 0 && <Filters filters={filters} state={state} />}
      {props.besideFilters}
      <div className={classes.tools}>
        {props.isRefreshing && (
          <Loader className={classes.wide ?? ''} size={14} color="gray" aria-label="Refreshing" />
        )}
        {props.exporting}
        {props.selecting && <SelectSwitch {...props.selecting} />}
        {props.call && (
          <span className={classes.wide}>
            <AsCurl call={props.call} />
          </span>
        )}
        <ColumnChoice state={state} columns={props.columns} />
        <ActionIcon
          className={classes.wide ?? ''}
          aria-label={`Row height: ${density}`}
          data-tip={density === 'compact' ? 'Roomier rows' : 'Tighter rows'}
          onClick={() => setDensity(other)}
        >
          {density === 'compact' ? (
            <IconBaselineDensityMedium size={15} />
          ) : (
            <IconBaselineDensitySmall size={15} />
          )}
        </ActionIcon>
      </div>
    </div>
  )
}

/** Where a line has no room for all of them, the first ones and those that are set. */
const FILTERS_ALWAYS_MAX = 4

function Filters({ filters, state }: { filters: Filter[]; state: ListState }) {
  const [showsAll, setShowsAll] = useState(false)
  return (
    <div className={classes.filters} data-short={!showsAll || undefined}>
      {filters.map((filter) => (
        <FilterChip key={filter.key} filter={filter} state={state} />
      ))}
      {filters.length > FILTERS_ALWAYS_MAX && (
        <UnstyledButton
          className={classes.moreFilters ?? ''}
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? 'Fewer filters' : 'More filters'}
        </UnstyledButton>
      )}
    </div>
  )
}

function SelectSwitch({ isOn, toggle }: Selecting) {
  return (
    <ActionIcon
      className={classes.narrow ?? ''}
      aria-label="Select rows"
      aria-pressed={isOn}
      onClick={toggle}
    >
      <IconCheckbox size={15} />
    </ActionIcon>
  )
}

function ClearButton({ onClick }: { onClick: () => void }) {
  return (
    <ActionIcon size={20} aria-label="Clear the search" onClick={onClick}>
      <IconX size={13} />
    </ActionIcon>
  )
}

function ColumnChoice<Row>({ state, columns }: { state: ListState; columns: Column<Row>[] }) {
  const hidden =
    state.hidden ?? columns.filter((column) => column.hidden).map((column) => column.key)
  function toggle(key: string) {
    const next = hidden.includes(key) ? hidden.filter((each) => each !== key) : [...hidden, key]
    state.set({ hide: next.join(',') || '-' })
  }
  return (
    <Popover position="bottom-end">
      <Popover.Target>
        <ActionIcon className={classes.wide ?? ''} aria-label="Choose columns" data-tip="Columns">
          <IconColumns3 size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          {columns.slice(1).map((column) => (
            <Checkbox
              key={column.key}
              label={column.title}
              checked={!hidden.includes(column.key)}
              onChange={() => toggle(column.key)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

export type MenuEntry = {
  label: string
  icon?: typeof IconX
  tone?: 'bad'
  /** Path below the organization, or an act. */
  to?: string
  run?: () => void
  /** The right that it takes; without it the entry is closed and says so (console 3.4). */
  needs?: readonly [act: 'create' | 'update' | 'delete', permission: string]
  /** Says why it cannot be done now; the entry is then closed. */
  closedBecause?: string | null | false
}

/** Entries of a row's or a page's menu. */
export function MenuEntries({
  entries,
  follow,
}: {
  entries: MenuEntry[]
  follow: (to: string) => void
}) {
  const { can } = useOrganization()
  return entries.map((entry, at) => {
    const [act, permission = ''] = entry.needs ?? []
    const reason = act && !can(`config:${act}`, permission) ? LACKS_RIGHT : entry.closedBecause
    const item = (
      <Menu.Item
        {...(entry.icon ? { leftSection: <entry.icon size={15} stroke={1.6} /> } : {})}
        {...(entry.tone === 'bad' && !reason ? { c: 'var(--bad)' } : {})}
        disabled={Boolean(reason)}
        title={reason || undefined}
        onClick={() => (entry.to ? follow(entry.to) : entry.run?.())}
      >
        {entry.label}
      </Menu.Item>
    )
    return (
      <Fragment key={entry.label}>
        {/* Below several others, what takes away stands apart. */}
        {entry.tone === 'bad' && at > 1 && <Menu.Divider />}
        {item}
      </Fragment>
    )
  })
}
