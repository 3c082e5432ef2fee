/**
 * Finds what earlier bills of an account have charged of the time of a bill, so that a change of
 * first bill date, frequency, interval or time zone charges nothing twice. Earlier is what was made
 * earlier: that stays as it is in whatever order bills are calculated again.
 */
import type { BillInput, ChargedTime } from '@countinghouse/engine/billing/bill-input.ts'
import { identityText } from '@countinghouse/engine/billing/bills-due.ts'
import { chargedBy, countsAgainst, spanOf } from '@countinghouse/engine/billing/uncharged.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import { selectLockDate } from '../../bill-config/store.ts'
import { readTimeOfLines } from '../../bill-line-item/store.ts'
import { identityOf, isLocked } from '../mapping.ts'
import { selectMeetingBills } from '../store.ts'

/** A stored bill with what it charged, by account plan. */
type StoredBill = {
  id: string
  /** Counts up with the making of bills. */
  sequence: number
  isLocked: boolean
  window: { from: number; to: number }
  charged: Map<string, ChargedTime>
} & Pick<ChargedTime, 'billedBy'>

export type StoredBills = Map<string, StoredBill[]>

/** Bills in the way of those wanted; in the ordinary case none are, and no line is read. */
export async function readStoredBills(
  reader: Reader,
  organizationId: string,
  inputs: readonly BillInput[],
): Promise<StoredBills> {
  const byAccount = Map.groupBy(inputs, ({ account }) => account.id)
  const asked = [...byAccount].flatMap(([accountId, own]) => {
    const spans = own.flatMap(({ rules, schedules }) => spanOf(rules, schedules) ?? [])
    if (spans.length === 0) return []
    const from = Math.min(...spans.map((span) => span.from))
    return [{ accountId, from, to: Math.max(...spans.map(({ to }) => to)) }]
  })
  const rows = await selectMeetingBills(reader, organizationId, asked)
  if (rows.length === 0) return new Map()
  const billLockDate = await selectLockDate(reader, organizationId)
  const bills: StoredBills = Map.groupBy(
    rows.map((row) => ({
      id: row.id,
      sequence: Number(row.sequence),
      isLocked: isLocked(row, billLockDate),
      billedBy: identityOf(row),
      window: { from: row.starts_at.getTime(), to: row.ends_at.getTime() },
      charged: new Map<string, ChargedTime>(),
    })),
    ({ billedBy }) => billedBy.accountId,
  )
  for (const [accountId, stored] of bills) {
    if (!(byAccount.get(accountId) ?? []).some((input) => isMet(input, stored))) {
      bills.delete(accountId)
    }
  }
  const byId = new Map([...bills.values()].flat().map((bill) => [bill.id, bill]))
  for (const line of await readTimeOfLines(reader, organizationId, [...byId.keys()])) {
    const bill = byId.get(line.bill_id)
    bill?.charged.set(line.account_plan_id, {
      billedBy: bill.billedBy,
      accountPlanId: line.account_plan_id,
      from: line.from.getTime(),
      to: line.to.getTime(),
    })
  }
  return bills
}

/** The same bills, in the same order, each with what bills made before it charged. */
export function withCharged<Billed extends { input: BillInput }>(
  bills: readonly Billed[],
  stored: readonly StoredBill[] | undefined,
): Billed[] {
  if (stored === undefined) return [...bills]
  const places = new Map(stored.map((bill) => [identityText(bill.billedBy), bill]))
  const madeAt = ({ input }: Billed) => {
    const own = places.get(identityText(input.identity))
    return own === undefined || own.charged.size === 0 ? Number.POSITIVE_INFINITY : own.sequence
  }
  const result = [...bills]
  const decided = new Map<string, ChargedTime[]>()
  const inOrder = bills
    .map((bill, position) => ({ bill, position, made: madeAt(bill) }))
    .sort((a, b) => (a.made < b.made ? -1 : a.made > b.made ? 1 : a.position - b.position))
  for (const { bill, position } of inOrder) {
    const self = identityText(bill.input.identity)
    const own = places.get(self)
    const charged = stored
      .filter(({ billedBy }) => !decided.has(identityText(billedBy)))
      .flatMap((other) => [...other.charged.values()].filter((time) => isEarlier(other, own, time)))
      .concat([...decided.values()].flat())
      .filter(({ billedBy }) => countsAgainst(billedBy, bill.input.identity))
    const input = { ...bill.input, charged }
    result[position] = { ...bill, input }
    decided.set(self, chargedBy(input))
  }
  return result
}

function isMet({ identity, rules, schedules }: BillInput, stored: readonly StoredBill[]): boolean {
  const span = spanOf(rules, schedules)
  if (span === null) return false
  return stored.some(
    ({ billedBy, window }) =>
      identityText(billedBy) !== identityText(identity) &&
      window.from < span.to &&
      span.from < window.to,
  )
}

/** A locked bill never gives way; one that charged nothing of an account plan yet comes after all that did. */
function isEarlier(
  other: StoredBill,
  own: StoredBill | undefined,
  { accountPlanId }: ChargedTime,
): boolean {
  if (other.isLocked || own === undefined) return true
  return !own.charged.has(accountPlanId) || other.sequence < own.sequence
}
