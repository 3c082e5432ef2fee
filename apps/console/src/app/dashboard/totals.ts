/** Sums over all bills, made by the server: what was billed, and what waits for approval. */
import type { BillTotals } from '@countinghouse/contract/billing/bill-total.ts'
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../../kit/api/client.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { useOrganization } from '../../kit/organization.ts'

export type Figure = Omit<BillTotals['months'][number], 'total' | 'month'> & { total: Numeric }
export type Totals = Omit<BillTotals, 'months' | 'latest'> & {
  months: (Figure & { month: string })[]
  latest?: { billDate: string; totals: Figure[] }
}

/** In the cache beside the bills, so that what changes them refreshes the sums too. */
export function useTotals() {
  const { id, can } = useOrganization()
  return useQuery({
    enabled: can('config:retrieve', 'config:bill'),
    queryKey: ['organization', id, '/bills', 'totals'],
    queryFn: ({ signal }) =>
      apiAt(`/organizations/${id}`).get<Totals>('/console/billtotals', { signal }),
  })
}

/** The currency with most bills first. */
export function currenciesOf({ months }: Totals): string[] {
  const counts = new Map<string, number>()
  for (const { currency, bills } of months) {
    counts.set(currency, (counts.get(currency) ?? 0) + bills)
  }
  return [...counts.keys()].sort(
    (left, right) => (counts.get(right) ?? 0) - (counts.get(left) ?? 0),
  )
}
