/** All rows of a collection that a page needs whole: choices, names, prices. Reads page after page. */
import { useQuery } from '@tanstack/react-query'
import { apiAt, type Query } from '../api/client.ts'
import { useOrganization } from '../organization.ts'
import { type Entity, keysOf, type Page, type ResourceShape } from './resource.ts'

const PAGES_MAX = 50

export function useEvery<Row = Entity>(
  resource: Pick<ResourceShape, 'path' | 'maxPageSize'>,
  query: Query = {},
  options: { enabled?: boolean } = {},
): { rows: Row[]; isLoading: boolean; error: Error | null } {
  const { id } = useOrganization()
  const result = useQuery({
    queryKey: [...keysOf(id, resource.path).all, 'every', query],
    enabled: options.enabled ?? true,
    queryFn: async ({ signal }) => {
      const rows: Row[] = []
      let nextToken: string | undefined
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const answer: Page<Row> = await apiAt(`/organizations/${id}`).get(resource.path, {
          query: { ...query, pageSize: resource.maxPageSize, nextToken },
          signal,
        })
        rows.push(...answer.data)
        nextToken = answer.nextToken
        if (!nextToken) break
      }
      return rows
    },
  })
  return { rows: result.data ?? [], isLoading: result.isPending, error: result.error }
}
