/** Who is signed in and where they may go. */
import type { Me } from '@countinghouse/contract/organization/console.ts'
import { queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { api } from '../kit/api/client.ts'

export type Membership = {
  id: string
  name: string
  type: 'PRODUCTION' | 'SANDBOX'
  status: 'ACTIVE' | 'ARCHIVED'
  lastAccessed: boolean
  dtLastAccessed?: string
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get<Me>('/console/me', { signal }),
  staleTime: 60_000,
})

export const membershipsQuery = queryOptions({
  queryKey: ['memberships'],
  queryFn: async ({ signal }) =>
    (await api.get<{ data: Membership[] }>('/console/organizations', { signal })).data,
  staleTime: 60_000,
})

export function useMe(): UseQueryResult<Me> {
  return useQuery(meQuery)
}

/** `fresh`: also asks again where they were seen a moment ago, before another one was entered. */
export function useMemberships({ fresh = false } = {}): UseQueryResult<Membership[]> {
  return useQuery({ ...membershipsQuery, refetchOnMount: fresh ? 'always' : true })
}

/** First letters of both names; of the address where there are none. */
export function initialsOf(me: Pick<Me, 'firstName' | 'lastName' | 'email'>): string {
  const initials = `${me.firstName.charAt(0)}${me.lastName.charAt(0)}`.toUpperCase()
  return initials || me.email.charAt(0).toUpperCase()
}
