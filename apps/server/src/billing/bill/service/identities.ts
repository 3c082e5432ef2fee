import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { BillIdentity, BillPeriod } from '@countinghouse/engine/billing/bill-input.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import { findBills } from '../../bill-search/store.ts'
import { identityOf, periodOf } from '../mapping.ts'

/** A bill as far as calculating it again goes by what was stored. */
export type BillToRecalculate = {
  identity: BillIdentity
  period: BillPeriod
  settings: BillJobBody
}

/** Stored bills as what they are, in the order in which bills of an account are calculated. */
export async function billIdentities(
  reader: Reader,
  organizationId: string,
  ids: string[],
): Promise<BillToRecalculate[]> {
  const rows = await findBills(reader, organizationId, { ids }, { order: 'calculated' })
  return rows.map((row) => ({
    identity: identityOf(row),
    period: periodOf(row),
    settings: row.settings,
  }))
}
