/** Pages of a search call, which is told how many to leave out (pricing 4.3, billing 10.3). */
import { useInfiniteQuery } from '@tanstack/react-query'
import { apiAt, type Query } from '../api/client.ts'
import { useOrganization } from '../organization.ts'
import { keysOf, type ListSource, type Page, sourceOf } from './resource.ts'

const PAGE_SIZE = 100

/** What was found before stays until the next is there, so that nothing jumps while one types. */
export function useSearchPages<Row>(collection: string, asked: Query): ListSource<Row> {
  const { id } = useOrganization()
  const path = `${collection}/search`
  const query = { ...asked, pageSize: PAGE_SIZE }
  const result = useInfiniteQuery({
    queryKey: keysOf(id, collection).list({ search: path, ...query }),
    queryFn: ({ pageParam, signal }) =>
      apiAt(`/organizations/${id}`).get<Page<Row>>(path, {
        query: { ...query, fromDocument: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.nextToken ? Number(page.nextToken) : undefined),
    placeholderData: (before) => before,
  })
  return sourceOf(result, { path, query })
}
