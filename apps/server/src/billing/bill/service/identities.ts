import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { BillIdentity } from '@countinghouse/engine/billing/bill-input.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import { findBills } from '../../bill-search/store.ts'
import { identityOf } from '../mapping.ts'

/** Stored bills as what they are, in the order in which bills of an account are calculated. */
export async function billIdentities(
  reader: Reader,
  organizationId: string,
  ids: string[],
): Promise<{ identity: BillIdentity; settings: BillJobBody }[]> {
  const rows = await findBills(reader, organizationId, { ids }, { order: 'calculated' })
  return rows.map((row) => ({ identity: identityOf(row), settings: row.settings }))
}
