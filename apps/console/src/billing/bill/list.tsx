/** Bill management: run, check, approve, lock, download (console 4.9). */

import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { Button, Menu } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  IconChecks,
  IconChevronDown,
  IconDownload,
  IconFileInvoice,
  IconLock,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { ActButton } from '../../kit/act-button.tsx'
import { words } from '../../kit/format/state.tsx'
import type { Filter } from '../../kit/list/filter.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { type ListState, useListState } from '../../kit/list/list-state.ts'
import { useOrganization } from '../../kit/organization.ts'
import { useByIds } from '../../kit/query/resource.ts'
import { useSearchPages } from '../../kit/query/search-pages.ts'
import { runRight, useRunBilling } from '../bill-job/run-billing.tsx'
import { useApproveBills } from './approve.tsx'
import { useBulkActs } from './bulk-acts.ts'
import { billColumns, billFile } from './columns.tsx'
import { useDownloadBills } from './download.tsx'
import { useLockDate } from './lock-date.tsx'
import { billSearch, filterKeys } from './search.ts'
import { Totals } from './totals.tsx'

const TYPING_MS = 180

export function BillListPage() {
  const list = useListState(filterKeys)
  const { currencyPlaces } = useOrganization()
  const [text] = useDebouncedValue(list.text, TYPING_MS)
  const bills = useSearchPages<Bill>('/bills', billSearch({ ...list, text }))
  const accounts = useByIds<Account>(
    account,
    bills.rows.map((row) => row.accountId),
  )
  const bulk = useBulkActs()
  const runBilling = useRunBilling()
  const setLockDate = useLockDate()
  const download = useDownloadBills()
  const approve = useApproveBills()

  return (
    <ListPage
      trail={[{ title: 'Billing' }]}
      title="Bill management"
      state={list}
      file={billFile}
      source={bills}
      actions={
        <>
          <Menu>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={14} />}>
                More
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconChecks size={15} />} onClick={approve}>
                Approve by invoice date
              </Menu.Item>
              <Menu.Item leftSection={<IconLock size={15} />} onClick={setLockDate}>
                Global lock date
              </Menu.Item>
              <Menu.Item leftSection={<IconDownload size={15} />} onClick={download}>
                Download bills
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <ActButton
            right={runRight}
            leftSection={<IconPlayerPlay size={15} />}
            onClick={() => runBilling()}
          >
            Run billing
          </ActButton>
        </>
      }
      columns={billColumns(accounts)}
      rowPath={(row) => `/billing/bills/${row.id}`}
      searchHint="Search reference or account"
      filters={filtersOf(list, Object.keys(currencyPlaces))}
      isSelectable={(row) => !row.locked}
      bulkSummary={(rows) => <Totals bills={rows} />}
      bulk={bulk}
      empty={{
        icon: IconFileInvoice,
        title: 'No bills yet',
        text: 'A bill run works out what every account owes for a period. You can look at each amount, down to the measurements behind it, before you approve.',
        action: (
          <ActButton right={runRight} onClick={() => runBilling()}>
            Run billing
          </ActButton>
        ),
        docs: 'guides/running-bills',
      }}
    />
  )
}

function filtersOf(list: ListState, currencies: string[]): Filter[] {
  const { billJobId } = list.filters
  return [
    { kind: 'account', key: 'accountId', title: 'Account' },
    {
      kind: 'options',
      key: 'status',
      title: 'Status',
      options: [
        { value: 'PENDING', label: 'Pending' },
        { value: 'APPROVED', label: 'Approved' },
      ],
    },
    {
      kind: 'options',
      key: 'locked',
      title: 'Locked',
      options: [
        { value: 'false', label: 'Not locked' },
        { value: 'true', label: 'Locked' },
      ],
    },
    {
      kind: 'options',
      key: 'billingFrequency',
      title: 'Frequency',
      options: ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'MIXED'].map((value) => ({
        value,
        label: words(value),
      })),
    },
    { kind: 'day', key: 'externalInvoiceDateStart', title: 'Invoiced from' },
    { kind: 'day', key: 'invoicedTo', title: 'Invoiced to' },
    {
      kind: 'options',
      key: 'currency',
      title: 'Currency',
      options: currencies.sort().map((value) => ({ value, label: value })),
    },
    ...(billJobId
      ? [
          {
            kind: 'options' as const,
            key: 'billJobId',
            title: 'Bill run',
            options: [{ value: billJobId, label: 'one run' }],
          },
        ]
      : []),
  ]
}
