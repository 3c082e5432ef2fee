/**
 * Search, filters, sort and hidden columns of a list, kept in the address so that a link shows the
 * same list. `query` holds the filters, ready for useList / usePages.
 *
 *     const list = useListState(['productId'])
 *     const meters = useList(meter, list.query)
 */
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Query } from '../api/client.ts'

export type ListState = {
  text: string
  filters: Readonly<Record<string, string>>
  /** The set filters, as query parameters. */
  query: Query
  sort: { key: string; descending: boolean } | null
  hidden: readonly string[] | null
  set: (change: Record<string, string | null>) => void
  clear: () => void
}

export function useListState(filterKeys: readonly string[] = []): ListState {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  const navigate = useNavigate()
  const filters = Object.fromEntries(
    filterKeys.flatMap((key) => (search[key] ? [[key, search[key]]] : [])),
  ) as Record<string, string>
  const sort = search['sort']

  function set(change: Record<string, string | null>) {
    const next = { ...search, ...change }
    const kept = Object.fromEntries(Object.entries(next).filter(([, value]) => value))
    // A typed letter is not a place to come back to.
    void navigate({ to: '.', search: kept as never, replace: true, resetScroll: false })
  }

  return {
    text: search['q'] ?? '',
    filters,
    query: filters,
    sort: sort ? { key: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null,
    hidden:
      search['hide'] === undefined ? null : search['hide'].split(',').filter((key) => key !== '-'),
    set,
    clear: () => set({ q: null, ...Object.fromEntries(filterKeys.map((key) => [key, null])) }),
  }
}
