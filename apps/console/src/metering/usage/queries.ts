/** Asking the usage explorer. It is limited to a few questions a second: on 429 we wait, not fail. */
import type { MovingUsageQuery } from '@countinghouse/contract/metering/usage-query.ts'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { toFailure } from '../../kit/api/request-failure.ts'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'

export type UsageRow = Record<string, Numeric | null | undefined>
export type UsageAnswer = { data: UsageRow[]; hasMoreData: boolean }

export function useUsage(question: MovingUsageQuery | null): UseQueryResult<UsageAnswer> {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  return useQuery({
    queryKey: ['organization', id, '/usage/query', question],
    enabled: question !== null,
    queryFn: ({ signal }) => api.post<UsageAnswer>('/usage/query', { body: question, signal }),
    placeholderData: (before) => before,
    retry: (count, cause) => toFailure(cause).status === 429 && count < 5,
    retryDelay: 700,
  })
}
