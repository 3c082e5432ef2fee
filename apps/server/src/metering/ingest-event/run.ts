/** Takes old events away, every night. */
import type { JobDefinition } from '../../kit/jobs/job.ts'
import { purgeEvents } from './service.ts'

export const purgeEventsJob: JobDefinition = {
  queue: 'purge-events',
  cron: '40 3 * * *',
  run: (context) => purgeEvents(context),
}
