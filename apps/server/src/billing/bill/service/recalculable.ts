import { InvalidInputError, type Problem, refuseProblems } from '../../../kit/errors.ts'
import type { Writer } from '../../../kit/postgres/database.ts'
import { selectLockDate } from '../../bill-config/store.ts'
import { findBills } from '../../bill-search/store.ts'
import { isLocked } from '../mapping.ts'

/** The bills of a request that may still change; locked ones are left out (billing 2.5). */
export async function billsToRecalculate(
  writer: Writer,
  organizationId: string,
  billIds: string[],
): Promise<{ id: string; accountId: string }[]> {
  const rows = await findBills(writer, organizationId, { ids: billIds })
  const known = new Set(rows.map(({ id }) => id))
  const problems: Problem[] = billIds.flatMap((id, index) =>
    known.has(id.toLowerCase())
      ? []
      : [{ field: `billIds[${index}]`, message: `There is no bill with the id ${id}.` }],
  )
  refuseProblems(problems)
  const billLockDate = await selectLockDate(writer, organizationId)
  const open = rows.filter((row) => !isLocked(row, billLockDate))
  if (open.length === 0) {
    throw new InvalidInputError(
      'All of these bills are locked, and a locked bill never changes. Leave them as they are.',
    )
  }
  return open.map((row) => ({ id: row.id, accountId: row.account_id }))
}
