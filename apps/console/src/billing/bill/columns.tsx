/** What the list of bills shows of each; the server sorts, so keys are its fields. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { addDays } from '@countinghouse/engine/time/calendar.ts'
import { Money } from '../../kit/format/amount.tsx'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import type { Column } from '../../kit/list/column.ts'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { BillState, billReference, periodWords } from './words.tsx'

export function billColumns(accounts: ReadonlyMap<string, Account>): Column<Bill>[] {
  return [
    {
      key: 'reference',
      title: 'Reference',
      width: 130,
      render: billReference,
      sort: 'server',
    },
    {
      key: 'accountName',
      title: 'Account',
      render: (row) => (
        <AppLink quiet to={`/accounts/${row.accountId}`}>
          {accounts.get(row.accountId)?.name ?? row.accountCode}
        </AppLink>
      ),
      sort: 'server',
      grow: true,
      fact: 'bare',
    },
    {
      key: 'startDate',
      title: 'Period',
      width: 150,
      render: periodWords,
      sort: 'server',
      fact: 'bare',
    },
    {
      key: 'frequency',
      title: 'Frequency',
      hidden: true,
      render: (row) => words(row.billingFrequency),
    },
    { ...dayColumn('billDate', 'Bill date'), wide: true },
    dayColumn('dueDate', 'Due'),
    {
      key: 'billTotal',
      title: 'Total',
      align: 'right',
      width: 150,
      render: (row) => <Money amount={row.billTotal} currency={row.currency} strong />,
      sort: 'server',
      fact: 'side',
    },
    {
      key: 'status',
      title: 'Status',
      fact: 'side',
      width: 104,
      render: (row) => <BillState bill={row} />,
      sort: 'server',
    },
    {
      key: 'lastCalculatedDate',
      title: 'Calculated',
      width: 140,
      render: (row) => <Moment at={row.lastCalculatedDate} />,
      sort: 'server',
      wide: true,
    },
  ]
}

function dayColumn(key: 'billDate' | 'dueDate', title: string): Column<Bill> {
  return { key, title, width: 108, render: (row) => <DayText day={row[key]} />, sort: 'server' }
}

export const billFile: CsvFile<Bill> = {
  name: 'bills',
  along: [[account, (bill) => bill.accountId]],
  columns: [
    ['Reference', billReference],
    ['Account', (bill, along) => along<Account>(bill.accountId)?.name],
    ['Account code', (bill) => bill.accountCode],
    ['First day', (bill) => bill.startDate],
    ['Last day', (bill) => addDays(bill.endDate, -1)],
    ['Frequency', (bill) => bill.billingFrequency],
    ['Bill date', (bill) => bill.billDate],
    ['Due date', (bill) => bill.dueDate],
    ['Invoice date', (bill) => bill.externalInvoiceDate],
    ['Currency', (bill) => bill.currency],
    ['Total', (bill) => bill.billTotal],
    ['Status', (bill) => bill.status],
    ['Locked', (bill) => bill.locked],
    ['PO number', (bill) => bill.purchaseOrderNumber],
    ['Last calculated', (bill) => bill.lastCalculatedDate],
    ['ID', (bill) => bill.id],
  ],
}
