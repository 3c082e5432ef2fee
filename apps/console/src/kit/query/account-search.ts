/** Accounts found by the server's search, so that ten thousand of them are as quick as ten. */
import type { Account } from '@countinghouse/contract/accounts/account.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { apiAt } from '../api/client.ts'
import { useOrganization } from '../organization.ts'
import { keysOf, type ListSource, type Page, sourceOf } from './resource.ts'

const PAGE_SIZE = 100

/** Name or code starting with the text; without text all accounts, newest first. */
export function useAccountSearch(text: string): ListSource<Account> {
  const { id } = useOrganization()
  const typed = text.trim().replaceAll('$', '')
  const query = typed === '' ? {} : { searchQuery: `name~${typed}$code~${typed}`, operator: 'OR' }
  const result = useInfiniteQuery({
    queryKey: keysOf(id, '/accounts').list({ search: typed }),
    queryFn: ({ pageParam, signal }) =>
      apiAt(`/organizations/${id}`).get<Page<Account>>('/accounts/search', {
        query: { ...query, pageSize: PAGE_SIZE, fromDocument: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.nextToken ? Number(page.nextToken) : undefined),
    placeholderData: (before) => before,
  })
  return sourceOf(result, { path: '/accounts/search', query: { ...query, pageSize: PAGE_SIZE } })
}
