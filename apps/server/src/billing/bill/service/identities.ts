import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import type { BillIdentity } from '@countinghouse/engine/billing/bill-input.ts'
import { sql } from 'kysely'
import type { Reader } from '../../../kit/postgres/database.ts'
import { identityOf } from '../mapping.ts'
import { selectBills } from '../store.ts'

/** Stored bills as what they are, in the order in which bills of an account are calculated. */
export async function billIdentities(
  reader: Reader,
  organizationId: string,
  ids: string[],
): Promise<{ identity: BillIdentity; settings: BillJobBody }[]> {
  const rows = await selectBills(
    reader,
    organizationId,
    [sql`bill.id = any(${ids}::uuid[])`],
    sql`order by natural_bill_date, sequence`,
  )
  return rows.map((row) => ({ identity: identityOf(row), settings: row.settings }))
}
