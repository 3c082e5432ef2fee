/** What every row of the bench works with. */
import type { Child } from './child.ts'
import type { Ours } from './ours.ts'
import type { Settings } from './settings.ts'
import type { Row } from './table.ts'

export type Bench = {
  settings: Settings
  /** The month of the events, in epoch milliseconds, and its last day. */
  month: { from: number; to: number; firstDay: string; lastDay: string }
  ours: Ours
  load: Child
  /** Events a second in batches of 1000, once a row has measured it. */
  fullRate: number | null
  log(line: string): void
}

export type Measurement = { number: string; title: string; run(bench: Bench): Promise<Row[]> }
