/**
 * A bill. Every amount is a door: a line opens in place into quantity, units, bands, share of the
 * period, rounding and conversion, and at last the measurements (design, Behaviour).
 */

import { type Account, account } from '@countinghouse/contract/accounts/account.ts'
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { IconCalculator, IconLock, IconTrash } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { ActButton } from '../../kit/act-button.tsx'
import { confirmAct } from '../../kit/confirm.tsx'
import { Who } from '../../kit/detail/audit.tsx'
import { DetailPage } from '../../kit/detail/detail-page.tsx'
import { Money } from '../../kit/format/amount.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { DayText, Moment } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { AppLink, useGo } from '../../kit/link.tsx'
import { Panel } from '../../kit/page/page.tsx'
import { Lines } from '../../kit/page/states.tsx'
import { useOne } from '../../kit/query/resource.ts'
import { failedToast, savedToast } from '../../kit/toast.tsx'
import { runRight } from '../bill-job/run-billing.tsx'
import classes from './bill.module.css'
import { EarlierBill } from './earlier-bill.tsx'
import { LineGroups } from './line-groups.tsx'
import { useBill, useBillActs } from './queries.ts'
import { BillState, billReference, periodWords } from './words.tsx'

const updateRight = { action: 'config:update', resource: 'config:bill' }

export function BillDetailPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const go = useGo()
  const query = useBill(id)
  const customer = useOne<Account>(account, query.data?.accountId)
  const acts = useBillActs()
  const name = customer.data?.name ?? query.data?.accountCode ?? ''

  async function tell(work: Promise<unknown>, done: string): Promise<boolean> {
    try {
      await work
      savedToast(done)
      return true
    } catch (cause) {
      failedToast(cause)
      return false
    }
  }

  async function recalculate(bill: Bill) {
    const sure =
      bill.status === 'PENDING' ||
      (await confirmAct({
        title: `Recalculate ${billReference(bill)}?`,
        text: 'It is approved. Calculated again it is pending, and has to be approved once more.',
        act: 'Recalculate',
        harmless: true,
      }))
    if (sure)
      await tell(
        acts.recalculate.mutateAsync([bill.id]),
        'Recalculation started; see Running Tasks',
      )
  }

  async function lock(bill: Bill) {
    const sure = await confirmAct({
      title: `Lock ${billReference(bill)}?`,
      text: 'A locked bill can never change again: no recalculation, no deletion, no way back.',
      act: 'Lock bill',
    })
    if (sure) await tell(acts.lock.mutateAsync([bill.id]), `${billReference(bill)} locked`)
  }

  async function remove(bill: Bill) {
    const sure = await confirmAct({
      title: `Delete ${billReference(bill)}?`,
      text: `The bill of ${name} for ${periodWords(bill)} goes. Its number is not given again; a bill run makes a new bill.`,
      act: 'Delete bill',
    })
    if (sure && (await tell(acts.remove.mutateAsync(bill.id), `${billReference(bill)} deleted`)))
      go('/billing/bills')
  }

  return (
    <DetailPage
      query={query}
      trail={[{ title: 'Billing' }, { title: 'Bill management', to: '/billing/bills' }]}
      title={billReference}
      state={(bill) => <BillState bill={bill} />}
      actions={(bill) =>
        !bill.locked && (
          <>
            <ActButton
              right={runRight}
              variant="default"
              loading={acts.recalculate.isPending}
              leftSection={<IconCalculator size={15} />}
              onClick={() => void recalculate(bill)}
            >
              Recalculate
            </ActButton>
            {bill.status === 'PENDING' ? (
              <ActButton
                right={updateRight}
                loading={acts.approve.isPending}
                onClick={() =>
                  void tell(acts.approve.mutateAsync([bill.id]), `${billReference(bill)} approved`)
                }
              >
                Approve
              </ActButton>
            ) : (
              <ActButton
                right={updateRight}
                loading={acts.lock.isPending}
                leftSection={<IconLock size={15} />}
                onClick={() => void lock(bill)}
              >
                Lock
              </ActButton>
            )}
          </>
        )
      }
      menu={(bill) =>
        bill.locked
          ? []
          : [
              ...(bill.status === 'APPROVED'
                ? [
                    {
                      label: 'Take approval back',
                      needs: ['update', 'config:bill'] as const,
                      run: () =>
                        void tell(
                          acts.setStatus.mutateAsync({ bill: bill.id, status: 'PENDING' }),
                          'Approval taken back',
                        ),
                    },
                  ]
                : []),
              {
                label: 'Delete bill',
                icon: IconTrash,
                tone: 'bad' as const,
                needs: ['delete', 'config:bill'] as const,
                run: () => void remove(bill),
              },
            ]
      }
      facts={(bill) => [
        { label: 'Account', value: <AppLink to={`/accounts/${bill.accountId}`}>{name}</AppLink> },
        { label: 'Period', value: periodWords(bill) },
        { label: 'Frequency', value: words(bill.billingFrequency) },
        { label: 'Bill date', value: <DayText day={bill.billDate} /> },
        { label: 'Due date', value: <DayText day={bill.dueDate} /> },
        { label: 'Invoice date', value: <DayText day={bill.externalInvoiceDate} /> },
        bill.purchaseOrderNumber ? { label: 'PO number', value: bill.purchaseOrderNumber } : null,
        { label: 'Time zone', value: bill.timezone },
        ...bill.currencyConversions.map((rate) => ({
          label: `${rate.from} to ${rate.to}`,
          value: grouped(rate.multiplier ?? 1),
        })),
        { label: 'Calculated', value: <Moment at={bill.lastCalculatedDate} /> },
        bill.billJobId
          ? {
              label: 'By job',
              value: <AppLink to={`/billing/jobs/${bill.billJobId}`}>open the job</AppLink>,
            }
          : null,
        bill.dtApproved
          ? {
              label: 'Approved',
              value: (
                <>
                  <Moment at={bill.dtApproved} />
                  {bill.approvedBy && (
                    <>
                      {' '}
                      by <Who id={bill.approvedBy} />
                    </>
                  )}
                </>
              ),
            }
          : null,
        bill.dtLocked
          ? {
              label: 'Locked',
              value: (
                <>
                  <Moment at={bill.dtLocked} />
                  {bill.lockedBy && (
                    <>
                      {' '}
                      by <Who id={bill.lockedBy} />
                    </>
                  )}
                </>
              ),
            }
          : null,
      ]}
    >
      {(bill) => (
        <>
          <div className={classes.figure}>
            <span className={classes.figureLabel}>{name} owes</span>
            <span className={classes.figureAmount}>
              <Money amount={bill.billTotal} currency={bill.currency} copied />
            </span>
            <span className={classes.figureLabel}>
              for {periodWords(bill)}, due <DayText day={bill.dueDate} />
            </span>
            <EarlierBill bill={bill} />
          </div>
          <Panel
            title="Lines"
            count={bill.lineItems?.length}
            help="Open a line to see how its amount came about, down to the measurements behind it."
          >
            {/* A bill seen in a list has its total but not its lines. */}
            {bill.lineItems ? <LineGroups bill={bill} /> : <Lines count={5} />}
          </Panel>
        </>
      )}
    </DetailPage>
  )
}
