/** Writes months of measurements together once no more of them arrive. */
import { compactIdle } from '../../kit/clickhouse/compact.ts'
import type { JobDefinition } from '../../kit/jobs/job.ts'

const IDLE_SECONDS = 30

export const compactEventsJob: JobDefinition = {
  queue: 'compact-events',
  cron: '* * * * *',
  // The next minute looks again.
  retryLimit: 0,
  async run({ config, events }) {
    // A server merges as its operator has told it to, and may not let us.
    if (config.clickhouseUrl !== null) return
    await compactIdle(events, ['event', 'refusal'], IDLE_SECONDS)
  },
}
