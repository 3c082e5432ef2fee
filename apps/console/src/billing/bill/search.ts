/** The list of bills as one question to the server's search (billing 10.3), and so the same for a program. */
import type { Query } from '../../kit/api/client.ts'
import type { ListState } from '../../kit/list/list-state.ts'

/** How each filter of the list is written as a term. */
const terms = {
  accountId: 'accountId:',
  status: 'status:',
  locked: 'locked:',
  billingFrequency: 'billingFrequency:',
  externalInvoiceDateStart: 'externalInvoiceDate>=',
  // People name the last day.
  invoicedTo: 'externalInvoiceDate<=',
  currency: 'currency:',
  billJobId: 'billJobId:',
} as const

export const filterKeys = Object.keys(terms)

const sortFields = [
  'reference',
  'accountName',
  'startDate',
  'billDate',
  'dueDate',
  'billTotal',
  'status',
  'lastCalculatedDate',
]

/** Every typed word must start a word of the reference or of the account. */
export function billSearch(asked: Pick<ListState, 'filters' | 'text' | 'sort'>): Query {
  const { filters, text, sort } = asked
  const typed = text.replaceAll('$', ' ').split(/\s+/)
  const all = [
    ...Object.entries(terms).flatMap(([key, term]) => {
      const value = filters[key]?.replaceAll('$', '')
      return value ? [term + value] : []
    }),
    ...typed.filter((word) => word !== '').map((word) => `words~${word}`),
  ]
  return {
    excludeLineItems: 'true',
    ...(all.length > 0 && { searchQuery: all.join('$') }),
    ...(sort &&
      sortFields.includes(sort.key) && {
        sortBy: sort.key,
        sortOrder: sort.descending ? 'DESC' : 'ASC',
      }),
  }
}
