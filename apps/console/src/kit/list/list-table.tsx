/**
 * The table of a list: 36 px rows, sticky head, arrow keys and Enter, selection with bulk acts,
 * virtual beyond 200 rows, cards on a phone. Inside a panel use it directly:
 *
 *     <ListTable label="Meters" source={meters} columns={…} rowPath={…} empty={…} />
 */
import { Button, Checkbox } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useGo } from '../link.tsx'
import { EmptyLesson, Failure } from '../page/states.tsx'
import type { ListSource } from '../query/resource.ts'
import { type BulkAct, BulkBar } from './bulk-bar.tsx'
import type { Column, Density } from './column.ts'
import classes from './list.module.css'
import { ListHead } from './list-head.tsx'
import { ListRow, SkeletonRows } from './list-row.tsx'
import type { MenuEntry } from './list-toolbar.tsx'
import { LoadMore } from './load-more.tsx'
import { useVisibleRows } from './visible-rows.ts'

type EmptyWords = Omit<Parameters<typeof EmptyLesson>[0], 'small'>

export type ListTableProps<Row> = {
  label?: string
  source: Pick<
    ListSource<Row>,
    'isLoading' | 'error' | 'hasMore' | 'isLoadingMore' | 'loadMore' | 'reload'
  > & { rows: Row[] }
  columns: Column<Row>[]
  empty: EmptyWords
  rows?: Row[]
  rowPath?: ((row: Row) => string) | undefined
  /** Instead of a path: opens something in place. */
  onOpen?: ((row: Row) => void) | undefined
  onHover?: ((row: Row) => void) | undefined
  rowActions?: ((row: Row) => MenuEntry[]) | undefined
  bulk?: BulkAct<Row>[]
  /** Beside the number of selected rows: what they come to. */
  bulkSummary?: (rows: Row[]) => ReactNode
  /** Rows that cannot be selected for bulk acts. */
  isSelectable?: (row: Row) => boolean
  /** Opens below its row; return null for nothing. */
  expanded?: (row: Row) => ReactNode
  density?: Density
  /** On a phone the ticks are there, and a tap on a card is one on its tick. */
  isSelecting?: boolean
  sort?: { key: string; descending: boolean } | null
  onSort?: ((value: string | null) => void) | undefined
  isFiltered?: boolean
  clear?: () => void
  createAction?: ReactNode
  /** Panels have their own small empty lesson. */
  small?: boolean
}

export function ListTable<Row extends { id: string }>(props: ListTableProps<Row>) {
  const { source, columns, density = 'compact', bulk = [] } = props
  const rows = props.rows ?? source.rows
  const go = useGo()
  const table = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const visible = useVisibleRows(rows.length, table, density)
  const open = (row: Row) => {
    if (props.isSelecting) return (props.isSelectable?.(row) ?? true) && toggle(row.id)
    return props.rowPath ? go(props.rowPath(row)) : props.onOpen?.(row)
  }
  const selectable = rows.filter((row) => props.isSelectable?.(row) ?? true)
  const chosen = rows.filter((row) => selected.has(row.id))

  function toggle(id: string) {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    setSelected(next)
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || !(event.target as HTMLElement).matches('[data-list-row]')) return
    event.preventDefault()
    const next = Math.max(0, Math.min(rows.length - 1, active + step))
    setActive(next)
    visible.show(next)
    requestAnimationFrame(() =>
      table.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus(),
    )
  }

  if (source.error && rows.length === 0)
    return <Failure error={source.error} retry={source.reload} />
  // While more may come, nobody can say that there is nothing.
  if (!source.isLoading && rows.length === 0 && !source.hasMore) return <Nothing {...props} />
  return (
    <div className={classes.frame}>
      <table
        ref={table}
        className={classes.table}
        data-density={density}
        data-selecting={props.isSelecting || undefined}
        aria-label={props.label}
        aria-busy={source.isLoading}
        onKeyDown={onKeyDown}
      >
        <ListHead
          columns={columns}
          sort={props.sort ?? null}
          onSort={props.onSort}
          hasMore={source.hasMore}
          hasActions={props.rowActions !== undefined}
          selection={
            bulk.length > 0 && (
              <Checkbox
                aria-label="Select all"
                checked={chosen.length > 0 && chosen.length === selectable.length}
                indeterminate={chosen.length > 0 && chosen.length < selectable.length}
                onChange={(event) =>
                  setSelected(
                    new Set(event.currentTarget.checked ? selectable.map((row) => row.id) : []),
                  )
                }
              />
            )
          }
        />
        <tbody>
          {source.isLoading && (
            <SkeletonRows
              columns={columns}
              hasSelection={bulk.length > 0}
              hasActions={props.rowActions !== undefined}
            />
          )}
          {visible.before > 0 && <tr aria-hidden style={{ height: visible.before }} />}
          {visible.indexes.map((index) => {
            const row = rows[index]
            const opens = props.rowPath || props.onOpen || props.isSelecting
            return (
              row && (
                <ListRow
                  key={row.id}
                  row={row}
                  index={index}
                  isActive={index === Math.min(active, rows.length - 1)}
                  columns={columns}
                  path={props.rowPath?.(row)}
                  open={opens ? () => open(row) : undefined}
                  onHover={props.onHover && (() => props.onHover?.(row))}
                  onFocus={() => setActive(index)}
                  actions={props.rowActions?.(row)}
                  selection={
                    bulk.length > 0
                      ? {
                          isOn: selected.has(row.id),
                          isOpen: props.isSelectable?.(row) ?? true,
                          toggle: () => toggle(row.id),
                        }
                      : undefined
                  }
                  expanded={props.expanded?.(row)}
                />
              )
            )
          })}
          {visible.after > 0 && <tr aria-hidden style={{ height: visible.after }} />}
        </tbody>
      </table>
      {source.hasMore && (
        <div className={classes.more}>
          <LoadMore source={source} />
          <span>{rows.length} shown</span>
        </div>
      )}
      {bulk.length > 0 && chosen.length > 0 && (
        <BulkBar
          rows={chosen}
          acts={bulk}
          summary={props.bulkSummary?.(chosen)}
          clear={() => setSelected(new Set())}
        />
      )}
    </div>
  )
}

function Nothing<Row>({ isFiltered, clear, empty, createAction, small }: ListTableProps<Row>) {
  if (!isFiltered) {
    return <EmptyLesson {...empty} action={empty.action ?? createAction} small={small ?? false} />
  }
  return (
    <EmptyLesson
      title="Nothing matches"
      text="No entry fits the search and the filters together."
      action={
        <Button variant="default" size="xs" onClick={clear}>
          Clear search and filters
        </Button>
      }
      small={small ?? false}
    />
  )
}
