/** Who the newest billed day is made of: its largest bills in one currency. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../../kit/api/client.ts'
import { Money } from '../../kit/format/amount.tsx'
import { dayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Failure, Lines } from '../../kit/page/states.tsx'
import { keysOf, useByIds } from '../../kit/query/resource.ts'
import classes from './billed.module.css'

const SHOWN = 5

type Props = { billDate: string; currency: string }

export function LargestBills({ billDate, currency }: Props) {
  const largest = useLargestBills({ billDate, currency })
  const bills = largest.data?.data ?? []
  const accounts = useByIds<Account>(
    account,
    bills.map((bill) => bill.accountId),
  )
  if (largest.isPending) return <Lines count={SHOWN} />
  if (largest.error) {
    return <Failure error={largest.error} retry={() => void largest.refetch()} />
  }
  const most = Math.max(...bills.map(({ billTotal }) => Number(billTotal)), 0)
  return (
    <section aria-label="Largest bills">
      <div className={classes.head}>
        <h3>Largest bills of {dayText(billDate)}</h3>
        <AppLink to={`/billing/bills?currency=${currency}&sort=-billTotal`}>View All</AppLink>
      </div>
      {bills.length === 0 && <p className={classes.none}>No bill of that day is in {currency}.</p>}
      <ol className={classes.bills}>
        {bills.map((bill) => (
          <li key={bill.id}>
            <AppLink to={`/billing/bills/${bill.id}`} quiet>
              {accounts.get(bill.accountId)?.name ?? bill.accountCode}
            </AppLink>
            <Money amount={bill.billTotal} currency={bill.currency} hideCurrency />
            <i style={{ width: `${shareOf(Number(bill.billTotal), most)}%` }} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** In the cache beside the bills, so that what changes them refreshes these too. */
function useLargestBills({ billDate, currency }: Props) {
  const { id } = useOrganization()
  return useQuery({
    queryKey: [...keysOf(id, '/bills').all, 'largest', billDate, currency],
    queryFn: ({ signal }) =>
      apiAt(`/organizations/${id}`).get<{ data: Bill[] }>('/bills/search', {
        query: {
          searchQuery: `billDate:${billDate}$currency:${currency}`,
          sortBy: 'billTotal',
          sortOrder: 'DESC',
          pageSize: SHOWN,
          excludeLineItems: 'true',
        },
        signal,
      }),
  })
}

function shareOf(total: number, most: number): number {
  return most > 0 ? Math.max(0, (total / most) * 100) : 0
}
