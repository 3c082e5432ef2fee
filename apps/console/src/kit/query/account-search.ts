/** Accounts found by the server's search, so that ten thousand of them are as quick as ten. */
import type { Account } from '@countinghouse/contract/accounts/account.ts'
import type { ListSource } from './resource.ts'
import { useSearchPages } from './search-pages.ts'

/** Name or code starting with the text; without text all accounts, newest first. */
export function useAccountSearch(text: string): ListSource<Account> {
  const typed = text.trim().replaceAll('$', '')
  return useSearchPages(
    '/accounts',
    typed === '' ? {} : { searchQuery: `name~${typed}$code~${typed}`, operator: 'OR' },
  )
}
