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
import { ActButton, LACKS_RIGHT } from '../../kit/act-button.tsx'
import { confirmAct } from '../../kit/confirm.tsx'
import { counted } from '../../kit/format/digits.ts'
import { words } from '../../kit/format/state.tsx'
import type { Filter } from '../../kit/list/filter.ts'
import { ListPage } from '../../kit/list/list-page.tsx'
import { type ListState, useListState } from '../../kit/list/list-state.ts'
import { useCan, useOrganization } from '../../kit/organization.ts'
import { useByIds } from '../../kit/query/resource.ts'
import { useSearchPages } from '../../kit/query/search-pages.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { runRight, useRunBilling } from '../bill-job/run-billing.tsx'
import { useApproveBills } from './approve.tsx'
import { billColumns, billFile } from './columns.tsx'
import { useDownloadBills } from './download.tsx'
import { useLockDate } from './lock-date.tsx'
import { useBillActs } from './queries.ts'
import { billSearch, filterKeys } from './search.ts'
import { Totals } from './totals.tsx'

/** Bills in one recalculation (billing 2). */
const RECALCULATED_MAX = 100

const TYPING_MS = 180

const pendingOf = (rows: readonly Bill[]) => rows.filter((row) => row.status === 'PENDING')

export function BillListPage() {
  const list = useListState(filterKeys)
  const { currencyPlaces } = useOrganization()
  const [text] = useDebouncedValue(list.text, TYPING_MS)
  const bills = useSearchPages<Bill>('/bills', billSearch({ ...list, text }))
  const accounts = useByIds<Account>(
    account,
    bills.rows.map((row) => row.accountId),
  )
  const acts = useBillActs()
  const runBilling = useRunBilling()
  const setLockDate = useLockDate()
  const download = useDownloadBills()
  const approve = useApproveBills()
  const mayRun = useCan(runRight.action, runRight.resource)
  const mayUpdate = useCan('config:update', 'config:bill')

  async function tell<Answer>(work: Promise<Answer>, done: string) {
    try {
      await work
      savedToast(done)
    } catch (cause) {
      failedToast(cause)
    }
  }

  async function recalculate(rows: Bill[]) {
    const approved = rows.length - pendingOf(rows).length
    const sure =
      approved === 0 ||
      (await confirmAct({
        title: `Recalculate ${counted(rows.length, 'bill')}?`,
        text: `${counted(approved, 'approved bill')} among them will be pending again.`,
        act: 'Recalculate',
        harmless: true,
      }))
    if (sure)
      await tell(
        acts.recalculate.mutateAsync(rows.map((row) => row.id)),
        'Recalculation started; see Running Tasks',
      )
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
      bulk={[
        {
          label: 'Approve',
          run: (rows) =>
            tell(
              acts.approve.mutateAsync(pendingOf(rows).map((row) => row.id)),
              `${counted(pendingOf(rows).length, 'bill')} approved`,
            ),
          closedBecause: (rows) =>
            closedBecause(mayUpdate, pendingOf(rows).length === 0, 'None of these is pending'),
        },
        {
          label: 'Recalculate',
          closedBecause: (rows) =>
            closedBecause(
              mayRun,
              rows.length > RECALCULATED_MAX,
              `At most ${RECALCULATED_MAX} bills can be recalculated at once`,
            ),
          run: recalculate,
        },
        {
          label: 'Lock',
          closedBecause: (rows) =>
            closedBecause(
              mayUpdate,
              rows.some((row) => row.status === 'PENDING'),
              'Approve the pending ones first',
            ),
          run: lock,
        },
      ]}
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

function closedBecause(may: boolean, isUnfit: boolean, reason: string): string | null {
  if (!may) return LACKS_RIGHT
  return isUnfit ? reason : null
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
