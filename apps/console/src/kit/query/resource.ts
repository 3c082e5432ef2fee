/**
 * Hooks for a contract resource. The contract says the path; the cache is ours.
 *
 *     const meters = useList(meter, { productId })      // keyset pages; .rows .hasMore .loadMore()
 *     const one    = useOne(meter, id)                  // at once from a list already seen
 *     const create = useCreate(meter)                   // create.mutateAsync(body)
 *     const update = useUpdate(meter)                   // update.mutateAsync({ id, body }) body has version
 *     const remove = useRemove(meter)                   // remove.mutateAsync(id); row goes at once, comes back if refused
 *     const names  = useByIds(meter, ids)               // Map of id -> entity, for columns with references
 */
import {
  type InfiniteData,
  keepPreviousData,
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { TSchema } from 'typebox'
import type { Query } from '../api/client.ts'
import { apiAt } from '../api/client.ts'
import type { ApiCall } from '../api/curl.ts'
import { useOrganization } from '../organization.ts'

/** The part of a contract resource that calls need; every contract `resource({…})` fits. */
export type ResourceShape = {
  name: string
  path: string
  permission: string
  title: { one: string; many: string }
  maxPageSize: number
  body: TSchema
}

export type Entity = {
  id: string
  version: number
  name?: string
  code?: string
  dtCreated?: string
  dtLastModified?: string
  createdBy?: string
  lastModifiedBy?: string
}

export type Page<Row> = { data: Row[]; nextToken?: string }

/** What a list page draws, whatever it was read from. */
export type ListSource<Row> = {
  rows: Row[]
  isLoading: boolean
  isRefreshing: boolean
  error: Error | null
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
  reload: () => void
  /** How a program reads the same. */
  call?: ApiCall
}

export const keysOf = (organizationId: string, path: string) => ({
  all: ['organization', organizationId, path] as const,
  list: (query: Query) => ['organization', organizationId, path, 'list', query] as const,
  one: (id: string) => ['organization', organizationId, path, 'one', id] as const,
})

export function useList<Row = Entity>(
  resource: ResourceShape,
  query: Query = {},
  options: { pageSize?: number; enabled?: boolean } = {},
): ListSource<Row> {
  return usePages<Row>(
    resource.path,
    { pageSize: Math.min(options.pageSize ?? 100, resource.maxPageSize), ...query },
    { enabled: options.enabled ?? true },
  )
}

/** Keyset pages of any list call below the organization: `usePages<Bill>('/bills', { … })`. */
export function usePages<Row>(
  path: string,
  query: Query = {},
  options: { enabled?: boolean; refetchInterval?: number } = {},
): ListSource<Row> {
  const { id } = useOrganization()
  const result = useInfiniteQuery({
    queryKey: keysOf(id, path).list(query),
    queryFn: ({ pageParam, signal }) =>
      apiAt(`/organizations/${id}`).get<Page<Row>>(path, {
        query: { ...query, nextToken: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextToken || undefined,
    ...options,
  })
  return sourceOf(result, { path, query })
}

/** The pages read so far as a list draws them, whichever way their call pages. */
export function sourceOf<Row>(
  result: UseInfiniteQueryResult<InfiniteData<Page<Row>>>,
  call: ApiCall,
): ListSource<Row> {
  return {
    rows: result.data?.pages.flatMap((page) => page.data) ?? [],
    isLoading: result.isPending,
    isRefreshing: result.isFetching && !result.isPending,
    error: result.error,
    hasMore: result.hasNextPage,
    isLoadingMore: result.isFetchingNextPage,
    loadMore: () => void result.fetchNextPage(),
    reload: () => void result.refetch(),
    call,
  }
}

export function useOne<Row = Entity>(
  resource: Pick<ResourceShape, 'path'>,
  id: string | null | undefined,
): UseQueryResult<Row> {
  const organization = useOrganization()
  const client = useQueryClient()
  const seen = id ? seenInList<Row>(client, organization.id, resource.path, id) : undefined
  return useQuery<Row>({
    ...readOne<Row>(organization.id, resource.path, id ?? ''),
    enabled: Boolean(id),
    ...(seen ? { initialData: seen, initialDataUpdatedAt: 0 } : {}),
  })
}

/** Any single answer below the organization: `useAnswer<Configuration>('/organizationconfig')`. */
export function useAnswer<Answer>(
  path: string,
  query: Query = {},
  options: { enabled?: boolean; refetchInterval?: number | false } = {},
): UseQueryResult<Answer> {
  const { id } = useOrganization()
  return useQuery({
    queryKey: [...keysOf(id, path).all, 'answer', query],
    queryFn: ({ signal }) => apiAt(`/organizations/${id}`).get<Answer>(path, { query, signal }),
    ...options,
  })
}

function readOne<Row>(organizationId: string, path: string, id: string) {
  return {
    queryKey: keysOf(organizationId, path).one(id),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      apiAt(`/organizations/${organizationId}`).get<Row>(`${path}/${id}`, { signal }),
  }
}

/** On hover, so that the page behind a link is there when it is clicked. */
export function prefetchOne(
  client: QueryClient,
  organizationId: string,
  path: string,
  id: string,
): void {
  void client.prefetchQuery(readOne(organizationId, path, id))
}

function seenInList<Row>(
  client: QueryClient,
  organizationId: string,
  path: string,
  id: string,
): Row | undefined {
  const lists = client.getQueriesData<InfiniteData<Page<Row & { id?: string }>>>({
    queryKey: [...keysOf(organizationId, path).all, 'list'],
  })
  for (const [, data] of lists) {
    const found = data?.pages.flatMap((page) => page.data).find((row) => row.id === id)
    if (found) return found
  }
  return undefined
}

/** Entities behind a column of ids, read together and kept. */
export function useByIds<Row extends { id: string } = Entity>(
  resource: Pick<ResourceShape, 'path'>,
  ids: readonly (string | null | undefined)[],
): ReadonlyMap<string, Row> {
  const organization = useOrganization()
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))].sort()
  const result = useQuery<Row[]>({
    queryKey: [...keysOf(organization.id, resource.path).all, 'ids', wanted],
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const slices = Array.from({ length: Math.ceil(wanted.length / 100) }, (_, index) =>
        wanted.slice(index * 100, index * 100 + 100),
      )
      const pages = await Promise.all(
        slices.map((slice) =>
          apiAt(`/organizations/${organization.id}`).get<Page<Row>>(resource.path, {
            query: { ids: slice, pageSize: 100 },
            signal,
          }),
        ),
      )
      return pages.flatMap((page) => page.data)
    },
  })
  return new Map((result.data ?? []).map((row) => [row.id, row]))
}

export function useCreate<Row = Entity>(
  resource: ResourceShape,
): UseMutationResult<Row, Error, Record<string, unknown>> {
  const organization = useOrganization()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body) =>
      apiAt(`/organizations/${organization.id}`).post<Row>(resource.path, {
        body,
        schema: resource.body,
      }),
    onSuccess: (made) => {
      client.setQueryData(keysOf(organization.id, resource.path).one((made as Entity).id), made)
      return client.invalidateQueries({ queryKey: keysOf(organization.id, resource.path).all })
    },
  })
}

export function useUpdate<Row = Entity>(
  resource: ResourceShape,
): UseMutationResult<
  Row,
  Error,
  { id: string; body: Record<string, unknown> },
  { before: Row | undefined }
> {
  const organization = useOrganization()
  const client = useQueryClient()
  const keys = keysOf(organization.id, resource.path)
  return useMutation({
    mutationFn: ({ id, body }) =>
      apiAt(`/organizations/${organization.id}`).put<Row>(`${resource.path}/${id}`, {
        body,
        schema: resource.body,
      }),
    onMutate: ({ id, body }) => {
      const before = client.getQueryData<Row>(keys.one(id))
      if (before) client.setQueryData(keys.one(id), { ...before, ...body })
      return { before }
    },
    onError: (_error, { id }, context) => {
      if (context?.before) client.setQueryData(keys.one(id), context.before)
    },
    onSuccess: (saved, { id }) => {
      client.setQueryData(keys.one(id), saved)
      return client.invalidateQueries({ queryKey: keys.all })
    },
  })
}

export function useRemove(
  resource: Pick<ResourceShape, 'path'>,
): UseMutationResult<unknown, Error, string, { before: [readonly unknown[], unknown][] }> {
  const organization = useOrganization()
  const client = useQueryClient()
  const keys = keysOf(organization.id, resource.path)
  return useMutation({
    mutationFn: (id) => apiAt(`/organizations/${organization.id}`).remove(`${resource.path}/${id}`),
    onMutate: (id) => {
      const lists = { queryKey: [...keys.all, 'list'] }
      const before = client.getQueriesData<unknown>(lists) as [readonly unknown[], unknown][]
      client.setQueriesData<InfiniteData<Page<{ id?: string }>>>(
        lists,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              data: page.data.filter((row) => row.id !== id),
            })),
          },
      )
      return { before }
    },
    onError: (_error, _id, context) => {
      for (const [key, value] of context?.before ?? []) client.setQueryData(key, value)
    },
    onSuccess: (_answer, id) => {
      client.removeQueries({ queryKey: keys.one(id) })
      return client.invalidateQueries({ queryKey: [...keys.all, 'list'] })
    },
  })
}
