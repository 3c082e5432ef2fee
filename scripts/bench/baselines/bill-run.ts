/** Baseline of a bill run: one GROUP BY for the meter, sums times prices, one bulk insert of bills and lines. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@countinghouse/server/kit/clickhouse/open.ts'
import { createLog } from '@countinghouse/server/kit/log.ts'
import { openDatabase } from '@countinghouse/server/kit/postgres/database.ts'
import { startPostgres } from '@countinghouse/server/kit/postgres/launcher.ts'

import { answerQuestions } from '../child.ts'
import { CREATE, fill } from './event-table.ts'

export type BillRunQuestion =
  | { kind: 'fill'; events: number; accounts: number; from: number; to: number }
  | { kind: 'run' }

const BILLS_IN_A_PACK = 1000
const PRICES = [0.002, 0.0005, 0.03]

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-bench-'))
const log = createLog('error')
const opened = open()

answerQuestions<BillRunQuestion>(run, async () => {
  const { events, database, postgres } = await opened
  await events.close()
  await database.close()
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open() {
  const events = await openEmbedded(join(folder, 'events'))
  const postgres = await startPostgres(join(folder, 'postgres'), log)
  return { events, postgres, database: openDatabase(postgres.address, log) }
}

async function run(question: BillRunQuestion): Promise<{ milliseconds: number; bills: number }> {
  const { events, database } = await opened
  const { pool } = database
  if (question.kind === 'fill') {
    await events.command('drop table if exists event')
    await events.command(CREATE)
    await events.command(fill(question.events, question.accounts, question.from, question.to))
  }
  await pool.query(`drop table if exists line; drop table if exists bill;
    create table bill (id uuid primary key, account integer not null, period text not null, total numeric not null, unique (account, period));
    create table line (bill uuid not null references bill, number integer not null, quantity numeric not null, subtotal numeric not null, explanation jsonb not null, primary key (bill, number))`)
  if (question.kind === 'fill') return { milliseconds: 0, bills: 0 }

  const start = performance.now()
  const sums = await events.query<{ account: number } & Record<'a' | 'b' | 'c', string>>(
    `select account, sum(toDecimal256(numbers[1], 18)) as a, sum(toDecimal256(numbers[2], 18)) as b, sum(toDecimal256(numbers[3], 18)) as c
     from event where org = 1 and meter = 1 group by account`,
  )
  for (let from = 0; from < sums.length; from += BILLS_IN_A_PACK) {
    const bills = sums.slice(from, from + BILLS_IN_A_PACK).map(billOf)
    await pool.query(
      `with bills as (select * from jsonb_to_recordset($1) as b (id uuid, account integer, period text, total numeric, lines jsonb)),
         saved as (insert into bill select id, account, period, total from bills)
       insert into line select b.id, l.number, l.quantity, l.subtotal, l.explanation
         from bills b, jsonb_to_recordset(b.lines) as l (number integer, quantity numeric, subtotal numeric, explanation jsonb)`,
      [JSON.stringify(bills)],
    )
  }
  return { milliseconds: performance.now() - start, bills: sums.length }
}

function billOf({ account, a, b, c }: { account: number; a: string; b: string; c: string }) {
  const lines = [a, b, c].map((quantity, index) => {
    const unitPrice = PRICES[index] ?? 0
    // A bare script multiplies as it likes; only the shape of the rows matters here.
    const subtotal = (Number(quantity) * unitPrice).toFixed(2)
    const band = {
      lowerLimit: 0,
      fixedPrice: 0,
      unitPrice,
      bandUnits: quantity,
      bandSubtotal: subtotal,
    }
    return {
      number: index + 1,
      quantity,
      subtotal,
      explanation: { units: quantity, bands: [band] },
    }
  })
  const total = lines.reduce((sum, { subtotal }) => sum + Number(subtotal), 0).toFixed(2)
  return { id: randomUUID(), account, period: 'MONTHLY', total, lines }
}
