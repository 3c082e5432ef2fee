/** How much of the store is gone through to find charges carried ahead, not how long it takes. */
import { randomUUID } from 'node:crypto'
import { arrange, billFor } from '@countinghouse/tests/support/billing-world.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import { selectMeetingBills } from '../bill/store.ts'
import { readCarried } from './store.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-01T12:00:00Z' })
})
afterAll(() => server.close())

const ids = (count: number) => Array.from({ length: count }, () => randomUUID())

/** Copies of a bill and its lines for these accounts of an organization that has none so far. */
async function copyBill(
  writer: Writer,
  billId: string,
  organizationId: string,
  accountIds: string[],
): Promise<void> {
  await sql`
    with copy as (
      insert into bill overriding system value
      select (jsonb_populate_record(bill, jsonb_build_object('id', gen_random_uuid(),
        'organization_id', ${organizationId}::uuid, 'account_id', given))).*
      from bill, unnest(${accountIds}::uuid[]) as given where bill.id = ${billId}
      returning id)
    insert into bill_line_item overriding system value
    select (jsonb_populate_record(line, jsonb_build_object('id', gen_random_uuid(),
      'organization_id', ${organizationId}::uuid, 'bill_id', copy.id))).*
    from bill_line_item line, copy where line.bill_id = ${billId}
  `.execute(writer)
}

/** Rows of bills and lines that this transaction has looked at. */
async function rowsReadIn(reader: Reader): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select sum(seq_tup_read + idx_tup_fetch) as count from pg_stat_xact_user_tables
    where relname in ('bill', 'bill_line_item')
  `.execute(reader)
  return Number(rows[0]?.count)
}

test('the first bills of an organization are not gone through for each account, though nothing is known of them', async () => {
  const made = await arrange(await server.organization(), { template: { standingCharge: 10 } })
  const { id } = await billFor(server, made, '2024-06-30')
  const [asked, organizationId] = [ids(300), randomUUID()]
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`)

  const read = await server.context.database.transaction(async (writer) => {
    // The accounts need not exist.
    await sql`set local session_replication_role = replica`.execute(writer)
    await copyBill(writer, id, randomUUID(), ids(3_000))
    await sql`analyze bill, bill_line_item`.execute(writer)
    await copyBill(writer, id, organizationId, asked)
    const before = await rowsReadIn(writer)
    const of = { accountIds: asked, accountPlanIds: ids(300), after: '2024-01-01' }
    const carried = await readCarried(writer, organizationId, of)
    const june = { from: day('2024-06-01'), to: day('2024-07-01') }
    const wanted = asked.map((accountId) => ({ accountId, ...june }))
    const meeting = await selectMeetingBills(writer, organizationId, wanted)
    expect([carried.size, meeting.length]).toEqual([asked.length, asked.length])
    return (await rowsReadIn(writer)) - before
  })

  // A bill and its line for each account, and the bill a second time.
  expect(read).toBe(3 * asked.length)
})
