/** Forgets alerts nobody has touched for 90 days (integrations 12). */
import type { JobDefinition } from '../../kit/jobs/job.ts'
import { removeAlertsBefore } from './store.ts'

const KEPT_MS = 90 * 86_400_000

export const alertTidying: JobDefinition = {
  queue: 'tidy-alerts',
  cron: '10 3 * * *',
  async run({ database, clock }) {
    await removeAlertsBefore(database.reader, clock.now() - KEPT_MS)
  },
}
