/** All accounts; the server finds and sorts, so that a hundred thousand are as quick as ten (console 4.7). */
import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { LACKS_RIGHT } from '../../kit/act-button.tsx'
import { RequestFailure } from '../../kit/api/request-failure.ts'
import { useRemoveWithQuestion } from '../../kit/confirm.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { Code } from '../../kit/format/state.tsx'
import type { CsvFile } from '../../kit/list/csv-export.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { deleteOf, editOf } from '../../kit/list/row-acts.ts'
import { useCan, useOrganization } from '../../kit/organization.ts'
import { useSearchPages } from '../../kit/query/search-pages.ts'
import { useAttachMany } from '../account-plan/attach-many.tsx'
import { endDateRight, useEndDate } from '../end-date/end-date.tsx'
import { AdvancedSearch, AdvancedSearchButton } from './advanced-search.tsx'
import { useAccountFilters } from './filters.ts'
import { accountSearch, filterKeys } from './search.ts'

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
  const list = useListState(filterKeys)
  const [text] = useDebouncedValue(list.text, TYPING_MS)
  const { expression, query } = accountSearch({ ...list, text }, organization.timezone)
  const accounts = useSearchPages<Account>('/accounts', query)
  const filters = useAccountFilters()
  const [isAdvanced, setAdvanced] = useState(false)
  const isWritten = 'expression' in list.filters
  const isOpen = isAdvanced || isWritten
  const problem = problemOf(accounts.error)
  const remove = useRemoveWithQuestion<Account>(account)
  const endDate = useEndDate()
  const attach = useAttachMany()
  const mayAttach = useCan('config:create', accountPlan.permission)
  const mayEnd = useCan(endDateRight.action, endDateRight.resource)
  return (
    <ListPage
      title="Accounts"
      lead="Your customers: who uses what, at which prices, and what they owe."
      state={list}
      file={file}
      source={problem ? { ...accounts, error: null } : accounts}
      columns={[
        { key: 'name', title: 'Name', render: (row) => row.name, sort: 'server' },
        {
          key: 'code',
          title: 'Code',
          render: (row) => <Code>{row.code}</Code>,
          sort: 'server',
          fact: 'bare',
        },
        { key: 'email', title: 'E-mail', render: (row) => row.emailAddress, grow: true },
        {
          key: 'billingCurrency',
          title: 'Currency',
          width: 100,
          render: (row) => row.currency ?? organization.currency,
          sort: 'server',
          fact: 'side',
        },
        {
          key: 'purchaseOrderNumber',
          title: 'PO number',
          hidden: !list.filters['purchaseOrderNumber'],
          render: (row) => row.purchaseOrderNumber,
          sort: 'server',
        },
        {
          key: 'dtCreated',
          title: 'Created',
          width: 140,
          wide: true,
          render: (row) => <Moment at={row.dtCreated} />,
          sort: 'server',
        },
      ]}
      rowPath={(row) => `/accounts/${row.id}`}
      searchHint="Search name or code"
      filters={filters}
      besideFilters={
        <AdvancedSearchButton
          isOpen={isOpen}
          toggle={() => {
            setAdvanced(!isOpen)
            // What is asked is always to be seen.
            if (isWritten) list.set({ expression: null })
          }}
        />
      }
      create={{ label: 'Create account', to: '/accounts/create', permission: account.permission }}
      bulk={[
        {
          label: 'Attach plan',
          run: attach,
          closedBecause: () => (mayAttach ? null : LACKS_RIGHT),
        },
        {
          label: 'End-date',
          run: endDate,
          closedBecause: () => (mayEnd ? null : LACKS_RIGHT),
        },
      ]}
      rowActions={(row) => [
        editOf(account, `/accounts/${row.id}/edit`),
        deleteOf(account, () => void remove(row)),
      ]}
      empty={{
        icon: IconUsers,
        title: 'No accounts yet',
        text: 'An account is a customer. Its code is what measurements name; accounts that do not exist yet are made when their first measurement arrives.',
        docs: 'guides/accounts-and-plans',
      }}
    >
      {isOpen && <AdvancedSearch expression={expression} state={list} problem={problem} />}
    </ListPage>
  )
}

/** Told where the expression is written, not as a failure of the page. */
function problemOf(error: Error | null): string | undefined {
  if (!(error instanceof RequestFailure)) return undefined
  return error.errors.find(({ field }) => field === 'searchQuery')?.message
}
