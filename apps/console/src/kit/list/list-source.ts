import type { ListSource } from '../query/resource.ts'

/** Rows that are already there, as a source for ListTable and ListPage. */
export function sourceOf<Row>(rows: Row[] | undefined): ListSource<Row> {
  return {
    rows: rows ?? [],
    isLoading: rows === undefined,
    isRefreshing: false,
    error: null,
    hasMore: false,
    isLoadingMore: false,
    loadMore: () => {},
    reload: () => {},
  }
}
