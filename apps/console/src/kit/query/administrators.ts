/** Names of those who can give rights here; for somebody who lacks one (console 3.4). */
import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { apiAt } from '../api/client.ts'
import { OrganizationContext } from '../organization.ts'

export function useAdministrators(isWanted: boolean): string[] {
  const id = useContext(OrganizationContext)?.id
  const answer = useQuery({
    queryKey: ['organization', id, 'administrators'],
    enabled: isWanted && id !== undefined,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      apiAt(`/organizations/${id}`).get<{ data: { name: string }[] }>('/console/administrators', {
        signal,
      }),
  })
  return (answer.data?.data ?? []).map((each) => each.name)
}
