/** All accounts, found by the start of their name or code. */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { useOrganization } from '../../kit/organization.ts'
import { useAccountSearch } from '../../kit/query/account-search.ts'

const TYPING_MS = 180

const file: CsvFile<Account> = {
  name: 'accounts',
  columns: [
    ['Name', (row) => row.name],
    ['Code', (row) => row.code],
    ['E-mail', (row) => row.emailAddress],
    ['Currency', (row) => row.currency],
    ['PO number', (row) => row.purchaseOrderNumber],
    ['First bill date', (row) => row.billEpoch],
    ['Days before bill due', (row) => row.daysBeforeBillDue],
    ['Address line 1', (row) => row.address?.addressLine1],
    ['Address line 2', (row) => row.address?.addressLine2],
    ['City', (row) => row.address?.locality],
    ['Region', (row) => row.address?.region],
    ['Postcode', (row) => row.address?.postCode],
    ['Country', (row) => row.address?.country],
    ['Created', (row) => row.dtCreated],
    ['ID', (row) => row.id],
  ],
}

export function AccountListPage() {
  const organization = useOrganization()
  const list = useListState()
  const [asked] = useDebouncedValue(list.text, TYPING_MS)
  const accounts = useAccountSearch(asked)
  const remove = useRemoveWithQuestion<Account>(account)
  return (
    <ListPage
      title="Accounts"
      lead="Your customers: who uses what, at which prices, and what they owe."
      state={list}
      file={file}
      source={accounts}
      columns={[
        { key: 'name', title: 'Name', render: (row) => row.name, sort: (row) => row.name },
        {
          key: 'code',
          title: 'Code',
          render: (row) => <Code>{row.code}</Code>,
          sort: (row) => row.code,
          fact: 'bare',
        },
        { key: 'email', title: 'E-mail', render: (row) => row.emailAddress, grow: true },
        {
          key: 'currency',
          title: 'Currency',
          width: 100,
          render: (row) => row.currency ?? organization.currency,
          sort: (row) => row.currency ?? organization.currency,
          fact: 'side',
        },
        { key: 'po', title: 'PO number', hidden: true, render: (row) => row.purchaseOrderNumber },
        {
          key: 'created',
          title: 'Created',
          width: 140,
          wide: true,
          render: (row) => <Moment at={row.dtCreated} />,
          sort: (row) => row.dtCreated,
        },
      ]}
      rowPath={(row) => `/accounts/${row.id}`}
      searchHint="Search by the start of name or code"
      create={{ label: 'Create account', to: '/accounts/create', permission: account.permission }}
      rowActions={(row) => [
        { label: 'Edit', icon: IconPencil, to: `/accounts/${row.id}/edit` },
        { label: 'Delete', icon: IconTrash, tone: 'bad', run: () => void remove(row) },
      ]}
      empty={{
        icon: IconUsers,
        title: 'No accounts yet',
        text: 'An account is a customer. Its code is what measurements name; accounts that do not exist yet are made when their first measurement arrives.',
        docs: 'guides/accounts-and-plans',
      }}
    />
  )
}
