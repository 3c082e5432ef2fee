/** `npm run bench`: our server beside bare programs, measured in the same run, as one table. */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { buildConsole } from '../build-console.ts'
import type { Bench, Measurement } from './bench-context.ts'
import { startChild } from './child.ts'
import { startOurs } from './ours.ts'
import { billRun } from './rows/bill-run.ts'
import { consoleLoad } from './rows/console.ts'
import { acknowledge, ingest } from './rows/ingest.ts'
import { memory } from './rows/memory.ts'
import { usage, visible } from './rows/usage.ts'
import { FULL, lastMonth, QUICK } from './settings.ts'
import { type Failure, type Row, tableOf } from './table.ts'

/** Memory comes last: its peak is that of everything before. */
const MEASUREMENTS: Measurement[] = [
  { number: '1', title: 'ingest over HTTP', run: ingest },
  { number: '2', title: 'acknowledgement at half load', run: acknowledge },
  { number: '3', title: 'event to visible in a query', run: visible },
  { number: '4', title: 'usage query', run: usage },
  { number: '5', title: 'bill run', run: billRun },
  { number: '7', title: 'Console', run: consoleLoad },
  { number: '6', title: 'memory', run: memory },
]

const HELP = `Measures the server beside bare programs and prints one table.

  npm run bench                   everything; some ten minutes on two quiet cores
  npm run bench -- --quick        fewer events and rounds, for a first look
  npm run bench -- --only 1,4     only these rows
  npm run bench -- --json         JSON instead of the table

Rows: ${MEASUREMENTS.map(({ number, title }) => `${number} ${title}`).join(' · ')}
A ratio of 100 % means as good as the bare program; more is better.`

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
})

if (values.help) console.log(HELP)
else process.exitCode = await main()

async function main(): Promise<number> {
  const wanted = values.only?.split(',').map((number) => number.trim())
  const chosen = MEASUREMENTS.filter(
    ({ number }) => wanted === undefined || wanted.includes(number),
  )
  const machine = machineNow()
  const rows: Row[] = []
  const failures: Failure[] = []
  await buildConsole()
  const ours = await startOurs()
  const load = startChild('./load.ts')
  const bench: Bench = {
    settings: values.quick ? QUICK : FULL,
    month: lastMonth(Date.now()),
    ours,
    load,
    fullRate: null,
    log: (line) => process.stderr.write(`  ${line}\n`),
  }
  for (const { number, title, run } of chosen) {
    process.stderr.write(`${number} ${title}\n`)
    try {
      rows.push(...(await run(bench)))
    } catch (error) {
      failures.push({ number, problem: error instanceof Error ? error.message : String(error) })
    }
  }
  await Promise.all([load.stop(), ours.stop()])
  rows.sort((one, other) => one.number.localeCompare(other.number))
  const report = values.json
    ? JSON.stringify({ machine, rows, failures }, null, 2)
    : `${machine}\n\n${tableOf(rows, failures)}`
  console.log(report)
  return failures.length > 0 ? 1 : 0
}

/** Figures mean little without it: a busy machine makes everything slow, baselines too. */
function machineNow(): string {
  const [processor] = cpus()
  const busy = (loadavg()[0] ?? 0).toFixed(1)
  return `${cpus().length} × ${processor?.model ?? 'unknown processor'}, load ${busy} before, Node ${process.versions.node}`
}
