/** How the table stands: as a list or a pivot, sorted, with which columns. It is no part of the question. */
import { useSearch } from '@tanstack/react-router'

const KEYS = ['view', 'rows', 'columns', 'figure', 'sort', 'hide']

export function useTableView(): Record<string, string> {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>
  return Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = search[key]
      return value ? [[key, value]] : []
    }),
  )
}
