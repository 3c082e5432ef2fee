/** Bill management: run, check, approve, lock, download (console 4.9). */

import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { Button, Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconDownload,
  IconFileInvoice,
  IconLock,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { confirmAct } from '../../kit/confirm.tsx'
import { Money } from '../../kit/format/amount.tsx'
import { counted } from '../../kit/format/digits.ts'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { ListPage } from '../../kit/list/list-page.tsx'
import { useListState } from '../../kit/list/list-state.ts'
import { useCan } from '../../kit/organization.ts'
import { useByIds } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { useRunBilling } from '../bill-job/run-billing.tsx'
import { useDownloadBills } from './download.tsx'
import { useLockDate } from './lock-date.tsx'
import { useBillActs, useBills } from './queries.ts'
import { BillState, billReference, periodWords } from './words.tsx'

const filterKeys = [
  'accountId',
  'status',
  'locked',
  'billingFrequency',
  'externalInvoiceDateStart',
  'externalInvoiceDateEnd',
  'billJobId',
]

export function BillListPage() {
  const list = useListState(filterKeys)
  const bills = useBills(list.query)
  const accounts = useByIds<Account>(
    account,
    bills.rows.map((row) => row.accountId),
  )
  const acts = useBillActs()
  const runBilling = useRunBilling()
  const setLockDate = useLockDate()
  const download = useDownloadBills()
  const mayRun = useCan('config:create', 'config:billJob')

  async function tell<Answer>(work: Promise<Answer>, done: string) {
    try {
      await work
      savedToast(done)
    } catch (cause) {
      failedToast(cause)
    }
  }

  async function lock(rows: Bill[]) {
    const sure = await confirmAct({
      title: `Lock ${counted(rows.length, 'bill')}?`,
      text: 'Locked bills can never change again: no recalculation, no deletion, no way back.',
      act: rows.length === 1 ? 'Lock bill' : 'Lock bills',
    })
    if (sure)
      await tell(
        acts.lock.mutateAsync(rows.map((row) => row.id)),
        `${counted(rows.length, 'bill')} locked`,
      )
  }

  return (
    <ListPage
      trail={[{ title: 'Billing' }]}
      title="Bill management"
      state={list}
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
              <Menu.Item leftSection={<IconLock size={15} />} onClick={setLockDate}>
                Global lock date
              </Menu.Item>
              <Menu.Item leftSection={<IconDownload size={15} />} onClick={download}>
                Download bills
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button
            leftSection={<IconPlayerPlay size={15} />}
            disabled={!mayRun}
            onClick={() => runBilling()}
          >
            Run billing
          </Button>
        </>
      }
      columns={[
        {
          key: 'reference',
          title: 'Reference',
          width: 130,
          render: billReference,
          sort: billReference,
        },
        {
          key: 'account',
          title: 'Account',
          render: (row) => (
            <AppLink quiet to={`/accounts/${row.accountId}`}>
              {accounts.get(row.accountId)?.name ?? row.accountCode}
            </AppLink>
          ),
          sort: (row) => accounts.get(row.accountId)?.name,
          fact: true,
        },
        {
          key: 'period',
          title: 'Period',
          width: 212,
          render: periodWords,
          sort: (row) => row.startDate,
        },
        {
          key: 'frequency',
          title: 'Frequency',
          hidden: true,
          render: (row) => words(row.billingFrequency),
        },
        {
          key: 'billDate',
          title: 'Bill date',
          width: 108,
          render: (row) => <DayText day={row.billDate} />,
          sort: (row) => row.billDate,
        },
        {
          key: 'dueDate',
          title: 'Due',
          width: 108,
          render: (row) => <DayText day={row.dueDate} />,
          sort: (row) => row.dueDate,
        },
        {
          key: 'total',
          title: 'Total',
          align: 'right',
          width: 150,
          render: (row) => <Money amount={row.billTotal} currency={row.currency} strong />,
          sort: (row) => Number(row.billTotal ?? 0),
          fact: true,
        },
        {
          key: 'status',
          title: 'Status',
          width: 104,
          render: (row) => <BillState bill={row} />,
          sort: (row) => `${row.locked}${row.status}`,
        },
        {
          key: 'calculated',
          title: 'Calculated',
          width: 140,
          render: (row) => <Moment at={row.lastCalculatedDate} />,
        },
      ]}
      rowPath={(row) => `/billing/bills/${row.id}`}
      searchText={(row) =>
        `${billReference(row)} ${row.accountCode} ${accounts.get(row.accountId)?.name ?? ''}`
      }
      searchHint="Search reference or account"
      filters={[
        { kind: 'reference', key: 'accountId', title: 'Account', resource: account },
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
            { value: 'true', label: 'Locked too' },
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
        { kind: 'day', key: 'externalInvoiceDateEnd', title: 'Invoiced before' },
      ]}
      isSelectable={(row) => !row.locked}
      bulk={[
        {
          label: 'Approve',
          run: (rows) =>
            tell(
              acts.approve.mutateAsync(
                rows.filter((row) => row.status === 'PENDING').map((row) => row.id),
              ),
              `${counted(rows.length, 'bill')} approved`,
            ),
        },
        {
          label: 'Recalculate',
          run: (rows) =>
            tell(
              acts.recalculate.mutateAsync(rows.slice(0, 100).map((row) => row.id)),
              'Recalculation started; see Running Tasks',
            ),
        },
        {
          label: 'Lock',
          closedBecause: (rows) =>
            rows.some((row) => row.status === 'PENDING') ? 'Approve the pending ones first' : null,
          run: lock,
        },
      ]}
      empty={{
        icon: IconFileInvoice,
        title: 'No bills yet',
        text: 'A bill run works out what every account owes for a period. You can look at each amount, down to the measurements behind it, before you approve.',
        action: <Button onClick={() => runBilling()}>Run billing</Button>,
        docs: 'guides/running-bills',
      }}
    />
  )
}
