/**
 * Who made or changed something, by name. One call for all ids of a page, kept for long: names
 * hardly change. Unknown ids (foreign or deleted) are simply absent from the map.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { apiAt } from '../api/client.ts'
import { useOrganization } from '../organization.ts'

export type Principal = { id: string; name: string; kind: 'USER' | 'SERVICE_USER' | 'SYSTEM' }

export function usePrincipals(
  ids: readonly (string | null | undefined)[],
): ReadonlyMap<string, Principal> {
  const organization = useOrganization()
  const wanted = [...new Set(ids.filter((id): id is string => Boolean(id)))].sort()
  const answer = useQuery({
    queryKey: ['principals', organization.id, wanted],
    enabled: wanted.length > 0,
    staleTime: 5 * 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      apiAt(`/organizations/${organization.id}`).get<{ data: Principal[] }>('/console/principals', {
        query: { ids: wanted },
        signal,
      }),
  })
  return new Map((answer.data?.data ?? []).map((principal) => [principal.id, principal]))
}
