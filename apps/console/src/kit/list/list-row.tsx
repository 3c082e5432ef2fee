import { ActionIcon, Checkbox, Menu, Skeleton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { MouseEvent, ReactNode } from 'react'
import { AppLink, useGo, useHref } from '../link.tsx'
import type { Column } from './column.ts'
import classes from './list.module.css'
import { MenuEntries, type MenuEntry } from './list-toolbar.tsx'

type ListRowProps<Row> = {
  row: Row
  index: number
  isActive: boolean
  columns: Column<Row>[]
  path: string | undefined
  open: (() => void) | undefined
  onHover: (() => void) | undefined
  onFocus: () => void
  actions: MenuEntry[] | undefined
  selection: { isOn: boolean; isOpen: boolean; toggle: () => void } | undefined
  expanded: ReactNode
}

export function ListRow<Row>(props: ListRowProps<Row>) {
  const { row, index, columns, open, selection, actions } = props
  const openTab = useOpenTab(props.path)
  const follow = (event: Modified) => (asksForTab(event) ? (openTab ?? open) : open)?.()
  const span = columns.length + (selection ? 1 : 0) + (actions ? 1 : 0)
  return (
    <>
      <tr
        data-list-row
        data-index={index}
        data-opens={open ? true : undefined}
        data-selected={selection?.isOn || undefined}
        tabIndex={props.isActive ? 0 : -1}
        onFocus={props.onFocus}
        onMouseEnter={props.onHover}
        onClick={(event) => isPlainClick(event) && follow(event)}
        onAuxClick={(event) => event.button === MIDDLE && isPlainClick(event) && openTab?.()}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget) return
          if (event.key === 'Enter') follow(event)
          if (event.key === ' ' && selection?.isOpen) {
            event.preventDefault()
            selection.toggle()
          }
        }}
      >
        {selection && (
          <td className={classes.tick}>
            <Checkbox
              aria-label="Select row"
              checked={selection.isOn}
              disabled={!selection.isOpen}
              onChange={selection.toggle}
            />
          </td>
        )}
        {columns.map((column, position) => (
          <td
            key={column.key}
            data-align={column.align}
            data-first={position === 0 || undefined}
            data-fact={column.fact || undefined}
            data-grow={column.grow || undefined}
            data-wide={column.wide || undefined}
            data-title={column.title}
          >
            {position === 0 && props.path ? (
              <AppLink to={props.path} className={classes.name}>
                {column.render(row)}
              </AppLink>
            ) : (
              column.render(row)
            )}
          </td>
        ))}
        {actions && (
          <td className={classes.menuCell}>
            <RowMenu entries={actions} />
          </td>
        )}
      </tr>
      {props.expanded && (
        <tr className={classes.expanded}>
          <td colSpan={span}>{props.expanded}</td>
        </tr>
      )}
    </>
  )
}

function RowMenu({ entries }: { entries: MenuEntry[] }) {
  const go = useGo()
  if (entries.length === 0) return null
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={24} aria-label="Actions">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuEntries entries={entries} follow={go} />
      </Menu.Dropdown>
    </Menu>
  )
}

const MIDDLE = 1

type Modified = { ctrlKey: boolean; metaKey: boolean }

function useOpenTab(path: string | undefined): (() => void) | undefined {
  const href = useHref()
  return path === undefined ? path : () => void window.open(href(path), '_blank', 'noopener')
}

/** As on a link. */
function asksForTab(event: Modified): boolean {
  return event.ctrlKey || event.metaKey
}

/** Not on a control inside the row, and not the end of selecting text. */
function isPlainClick(event: MouseEvent): boolean {
  const target = event.target as HTMLElement
  if (target.closest('a, button, input, label, [role="menu"], [role="dialog"]')) return false
  return event.currentTarget.contains(target) && !window.getSelection()?.toString()
}

type SkeletonRowsProps<Row> = {
  columns: Column<Row>[]
  hasSelection: boolean
  hasActions: boolean
}

export function SkeletonRows<Row>({ columns, hasSelection, hasActions }: SkeletonRowsProps<Row>) {
  return Array.from({ length: 9 }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: bars of a skeleton never move
    <tr key={row} aria-hidden>
      {hasSelection && <td className={classes.tick} />}
      {columns.map((column, cell) => (
        <td
          key={column.key}
          data-align={column.align}
          data-first={cell === 0 || undefined}
          data-grow={column.grow || undefined}
          data-wide={column.wide || undefined}
        >
          <Skeleton h={10} w={`${[62, 48, 70, 40, 55][(row + cell * 2) % 5]}%`} maw={220} />
        </td>
      ))}
      {hasActions && <td className={classes.menuCell} />}
    </tr>
  ))
}
