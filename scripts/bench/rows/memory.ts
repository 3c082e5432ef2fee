/** Row 6: memory of the server with its PostgreSQL, at rest and at the peak of everything before. */
import type { Bench } from '../bench-context.ts'
import { startChild } from '../child.ts'
import { memoryOf } from '../processes.ts'
import type { Row } from '../table.ts'

const MEGABYTE = 1_000_000

export async function memory(bench: Bench): Promise<Row[]> {
  const bare = startChild('./baselines/bill-run.ts')
  try {
    await bare.ask({ kind: 'fill', events: 1000, accounts: 10, ...bench.month })
    const baselines = [
      { name: 'bare chDB and PostgreSQL at rest', value: memoryOf(bare.pid) / MEGABYTE },
    ]
    const row = (number: string, title: string, bytes: number): Row => ({
      number,
      title,
      unit: 'MB',
      ours: bytes / MEGABYTE,
      baselines,
      better: 'less',
    })
    return [
      row('6a', 'Memory at rest after start', bench.ours.restBytes),
      row('6b', 'Memory at the peak of this run', bench.ours.peakBytes()),
    ]
  } finally {
    await bare.stop()
  }
}
