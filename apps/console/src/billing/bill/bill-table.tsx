/** Bills inside a panel: of a job, of an account. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import type { Query } from '../../kit/api/client.ts'
import { Money } from '../../kit/format/amount.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import { ListTable } from '../../kit/list/list-table.tsx'
import { useByIds } from '../../kit/query/resource.ts'
import { useBills } from './queries.ts'
import { BillState, billReference, periodWords } from './words.tsx'

export function BillTable({
  query,
  empty,
  hideAccount,
}: {
  query: Query
  empty: string
  hideAccount?: boolean
}) {
  const bills = useBills(query)
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
      empty={{ title: 'No bills yet', text: empty }}
    />
  )
}
