/** Baseline of ingest without HTTP: parses the same bodies and inserts the same rows, in large groups. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbedded } from '@countinghouse/server/kit/clickhouse/open.ts'
import { type BodyOptions, bodyOf, MEASURES, stamp } from '../body.ts'
import { answerQuestions } from '../child.ts'
import { COLUMNS, CREATE } from './event-table.ts'

export type InsertQuestion = { body: BodyOptions; seconds: number }
export type InsertAnswer = { events: number; seconds: number }

const GROUP_ROWS = 20_000

type Sent = {
  uid: string
  account: string
  ts: string
  what: { kind: string }
  measure: Record<(typeof MEASURES)[number], number>
}

const folder = mkdtempSync(join(tmpdir(), 'countinghouse-bench-'))
const opened = openEmbedded(folder)
const ready = opened.then((events) => events.command(CREATE))
const accounts = new Map<string, number>()
let arrival = 0
let number = 0

answerQuestions<InsertQuestion>(run, async () => {
  await (await opened).close()
  rmSync(folder, { recursive: true, force: true })
})

async function run({ body: options, seconds }: InsertQuestion): Promise<InsertAnswer> {
  await ready
  const events = await opened
  const body = bodyOf(options)
  const start = performance.now()
  let done = 0
  let inserting: Promise<void> = Promise.resolve()
  while (performance.now() - start < seconds * 1000) {
    const lines: string[] = []
    while (lines.length < GROUP_ROWS) {
      stamp(body, number++)
      const { measurements } = JSON.parse(body.bytes.toString()) as { measurements: Sent[] }
      for (const measurement of measurements) lines.push(lineOf(measurement))
    }
    // The next group is parsed while this one is written.
    await inserting
    inserting = events.insertText('event', COLUMNS, `${lines.join('\n')}\n`, `group-${arrival}`)
    done += lines.length
  }
  await inserting
  return { events: done, seconds: (performance.now() - start) / 1000 }
}

function lineOf({ uid, account, ts, what, measure }: Sent): string {
  const key = accounts.get(account) ?? accounts.size
  accounts.set(account, key)
  arrival += 1
  const at = Date.parse(ts)
  const numbers = MEASURES.map((field) => measure[field]).join(',')
  const received = `${Math.floor(Date.now() / 1000)}.000`
  return `1\t1\t${key}\t${at / 1000}\t${arrival}\t${uid}\t${received}\t['${what.kind}']\t[${numbers}]`
}
