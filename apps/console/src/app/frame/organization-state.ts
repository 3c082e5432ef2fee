/** What every page needs to know of the organization, read once when it is entered. */
import type { PermissionStatement } from '@countinghouse/contract/organization/permission-policy.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { apiAt } from '../../kit/api/client.ts'
import { RequestFailure } from '../../kit/api/request-failure.ts'
import type { Organization } from '../../kit/organization.ts'
import { mayWith, readingOnly } from '../../kit/permissions.ts'
import { queryClient } from '../../kit/query/client.ts'
import { membershipsQuery, meQuery, useMemberships } from '../session.ts'

type Configuration = { timezone: string; currency: string }
type Currency = { code?: string; maxDecimalPlaces?: number }

type OrganizationState = {
  organization: Organization | null
  error: Error | null
  retry: () => void
}

export function useOrganizationState(id: string): OrganizationState {
  const memberships = useMemberships()
  const membership = memberships.data?.find((each) => each.id === id)
  const settings = useQuery(settingsQuery(id))
  const retry = () => {
    void memberships.refetch()
    void settings.refetch()
  }
  if (memberships.data && !membership)
    return { organization: null, error: noSuchOrganization(), retry }
  if (!membership || !settings.data)
    return { organization: null, error: memberships.error ?? settings.error, retry }
  const { name, type } = membership
  const isArchived = membership.status === 'ARCHIVED'
  const can = isArchived ? readingOnly(settings.data.can) : settings.data.can
  return {
    organization: { id, name, type, isArchived, ...settings.data, can },
    error: null,
    retry,
  }
}

/** Asks for it all as soon as the address is known, while the code of the page is still on its way. */
export function openOrganization(id: string): void {
  void queryClient.prefetchQuery(meQuery)
  void queryClient.prefetchQuery(membershipsQuery)
  void queryClient.prefetchQuery(settingsQuery(id))
}

const settingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['organization', id, 'frame'],
    queryFn: () => readSettings(id),
    staleTime: 60_000,
  })

async function readSettings(id: string) {
  const api = apiAt(`/organizations/${id}`)
  // Notes where the person is, so that the next sign-in can lead here; nothing waits for it.
  api.put('/console/opened', { body: {} }).catch(() => {})
  const [configuration, currencies, permissions] = await Promise.all([
    unlessForbidden(api.get<Configuration>('/organizationconfig'), {
      timezone: 'UTC',
      currency: 'USD',
    }),
    unlessForbidden(
      api.get<{ data: Currency[] }>('/picklists/currency', { query: { pageSize: 100 } }),
      { data: [] },
    ),
    api.get<{ data: PermissionStatement[] }>('/console/permissions'),
  ])
  return {
    timezone: configuration.timezone,
    currency: configuration.currency,
    currencyPlaces: Object.fromEntries(
      currencies.data.map((each) => [each.code ?? '', each.maxDecimalPlaces ?? 2]),
    ),
    can: mayWith(permissions.data),
  }
}

/** Somebody who may not read the settings still sees pages, with ordinary words for zone and money. */
function unlessForbidden<Answer>(answer: Promise<Answer>, otherwise: Answer): Promise<Answer> {
  return answer.catch((cause) => {
    if (cause instanceof RequestFailure && cause.status === 403) return otherwise
    throw cause
  })
}

function noSuchOrganization(): RequestFailure {
  return new RequestFailure({
    status: 403,
    message:
      'You are not a member of this organization under this sign-in, or it does not exist. Ask one of its administrators to let you in, or choose another one.',
  })
}
