/** Forgets first answers to Idempotency-Keys after a day (organization 9.2). */
import { forgetOldKeys } from '../../kit/http/idempotency.ts'
import type { JobDefinition } from '../../kit/jobs/job.ts'

export const idempotencyTidying: JobDefinition = {
  queue: 'tidy-idempotency-keys',
  cron: '20 3 * * *',
  run: ({ database }) => forgetOldKeys(database),
}
