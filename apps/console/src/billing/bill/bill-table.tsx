/** Bills inside a panel: of a job, of an account. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import type { Query } from '../../kit/api/client.ts'
import { Money } from '../../kit/format/amount.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { useByIds } from '../../kit/query/resource.ts'
import { useBulkActs } from './bulk-acts.ts'
import { useBills } from './queries.ts'
import { Totals } from './totals.tsx'
import { BillState, billReference, periodWords } from './words.tsx'

export function BillTable({
  query,
  empty,
  hideAccount,
  selectable,
}: {
  query: Query
  empty: string
  hideAccount?: boolean
  /** They are looked after here, not only shown. */
  selectable?: boolean
}) {
  const bills = useBills(query)
  const bulk = useBulkActs()
  const accounts = useByIds<Account>(
    account,
    hideAccount ? [] : bills.rows.map((row) => row.accountId),
  )
  const accountColumn = {
    key: 'account',
    title: 'Account',
    render: (row: { accountId: string; accountCode: string }) =>
      accounts.get(row.accountId)?.name ?? row.accountCode,
    grow: true,
    fact: 'bare' as const,
  }
  return (
    <ListTable
      small
      label="Bills"
      source={bills}
      columns={[
        { key: 'reference', title: 'Reference', render: billReference },
        ...(hideAccount ? [] : [accountColumn]),
        { key: 'period', title: 'Period', render: periodWords, fact: 'bare' },
        { key: 'due', title: 'Due', render: (row) => <DayText day={row.dueDate} /> },
        {
          key: 'total',
          title: 'Total',
          align: 'right',
          render: (row) => <Money amount={row.billTotal} currency={row.currency} strong />,
          fact: 'side',
        },
        {
          key: 'status',
          title: 'Status',
          width: 110,
          render: (row) => <BillState bill={row} />,
          fact: 'side',
        },
      ]}
      rowPath={(row) => `/billing/bills/${row.id}`}
      {...(selectable && {
        bulk,
        isSelectable: (row: Bill) => !row.locked,
        bulkSummary: (rows: Bill[]) => <Totals bills={rows} />,
      })}
      empty={{ title: 'No bills yet', text: empty }}
    />
  )
}
