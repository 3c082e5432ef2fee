/** What of a list is shown: search over the loaded pages, sort when all are loaded, chosen columns. */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect } from 'react'
import type { ListSource } from '../query/resource.ts'
import type { Column, Density } from './column.ts'
import type { ListState } from './list-state.ts'

export function useShownRows<Row>(
  source: ListSource<Row>,
  state: ListState,
  columns: Column<Row>[],
  searchText: ((row: Row) => string) | undefined,
) {
  const [density, setDensity] = useLocalStorage<Density>({
    key: 'countinghouse-density',
    defaultValue: 'compact',
    getInitialValueInEffect: false,
  })
  const isSearching = state.text !== '' && searchText !== undefined

  // Outside system: the server. A search over loaded rows is only honest once all are loaded.
  const { hasMore, isLoadingMore, loadMore } = source
  useEffect(() => {
    if (isSearching && hasMore && !isLoadingMore) loadMore()
  }, [isSearching, hasMore, isLoadingMore, loadMore])

  const hidden =
    state.hidden ?? columns.filter((column) => column.hidden).map((column) => column.key)
  const found = isSearching
    ? source.rows.filter((row) => matches(searchText(row), state.text))
    : source.rows
  return {
    rows: hasMore ? found : sorted(found, state, columns),
    columns: columns.filter((column) => !hidden.includes(column.key)),
    density,
    setDensity,
  }
}

/** Every typed word begins some word of the row. */
export function matches(rowText: string, typed: string): boolean {
  const words = rowText.toLowerCase().split(/[\s_\-.,/@]+/)
  const whole = rowText.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every(
      (word) =>
        whole.startsWith(word) ||
        words.some((each) => each.startsWith(word)) ||
        (word.length > 3 && whole.includes(word)),
    )
}

function sorted<Row>(rows: Row[], state: ListState, columns: Column<Row>[]): Row[] {
  const by = columns.find((column) => column.key === state.sort?.key)?.sort
  if (!by || by === 'server' || !state.sort) return rows
  const sign = state.sort.descending ? -1 : 1
  return rows.toSorted((left, right) => sign * compare(by(left), by(right)))
}

type SortValue = string | number | null | undefined

/** Absent values last in rising order; text as people order it, numbers inside it by size. */
function compare(left: SortValue, right: SortValue): number {
  if (left === right) return 0
  if (left === null || left === undefined) return 1
  if (right === null || right === undefined) return -1
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left).localeCompare(String(right), 'en', { numeric: true, sensitivity: 'base' })
}
