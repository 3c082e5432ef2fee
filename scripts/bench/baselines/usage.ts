/** Baseline of usage queries: the same sums as bare SQL over a table of the same events. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@countinghouse/server/kit/clickhouse/open.ts'
import { answerQuestions } from '../child.ts'
import { CREATE, fill, inGroups } from './event-table.ts'

export type UsageQuestion =
  | { kind: 'fill'; events: number; accounts: number; from: number; to: number; groups?: number }
  | { kind: 'query'; account: number | null; from: number; to: number }
  | { kind: 'visible' }

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-bench-'))
const opened = openEmbedded(folder)
let visible = 0

answerQuestions<UsageQuestion>(run, async () => {
  await (await opened).close()
  rmSync(folder, { recursive: true, force: true })
})

async function run(question: UsageQuestion): Promise<{ milliseconds: number; rows: number }> {
  const events = await opened
  const start = performance.now()
  const rows = await work(question, events)
  return { milliseconds: performance.now() - start, rows }
}

async function work(question: UsageQuestion, events: Awaited<typeof opened>): Promise<number> {
  switch (question.kind) {
    case 'fill': {
      await events.command('drop table if exists event')
      await events.command(CREATE)
      const filling = fill(question.events, question.accounts, question.from, question.to)
      const { groups } = question
      await events.command(groups === undefined ? filling : filling + inGroups(groups))
      return question.events
    }
    case 'query': {
      const one = question.account === null ? '' : `and account = ${question.account}`
      const rows = await events.query(
        `select account, sum(toDecimal256(numbers[1], 18)) as amount from event
         where org = 1 and meter = 1 ${one} and ts >= fromUnixTimestamp64Milli({from:Int64}) and ts < fromUnixTimestamp64Milli({to:Int64})
         group by account order by account`,
        { from: question.from, to: question.to },
      )
      return rows.length
    }
    case 'visible': {
      const uid = `visible-${visible++}`
      const line = `1\t1\t999999\t1700000000.000\t${visible}\t${uid}\t1700000000.000\t['live']\t[1,1,1]\n`
      await events.insertText(
        'event',
        ['org', 'meter', 'account', 'ts', 'arrival', 'uid', 'received_at', 'texts', 'numbers'],
        line,
        uid,
      )
      const rows = await events.query(
        'select count() from event where org = 1 and meter = 1 and account = 999999',
      )
      return rows.length
    }
    default:
      throw new Error(`unknown question ${JSON.stringify(question satisfies never)}`)
  }
}
