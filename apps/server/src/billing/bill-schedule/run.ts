/** What happens by the clock: bill runs of open periods, and approvals after a time of grace. */
import { scheduleSlot } from '@countinghouse/engine/billing/schedule-slot.ts'
import { addDays } from '@countinghouse/engine/time/calendar.ts'
import { dayOf, normalizeZone } from '@countinghouse/engine/time/zone.ts'
import type { Context } from '../../context.ts'
import { TooManyRequestsError } from '../../kit/errors.ts'
import type { JobDefinition } from '../../kit/jobs/job.ts'
import { SYSTEM_PRINCIPAL } from '../../kit/principal.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { approve } from '../bill/service/changes.ts'
import { createScheduledJob } from '../bill-job/service.ts'
import { organizationsWith, type ScheduledOrganization, takeSlot } from './store.ts'

/** Looks every minute; the settings say which minutes count (billing 2.6). */
export const scheduleBills: JobDefinition = {
  queue: 'schedule-bills',
  cron: '* * * * *',
  async run(context) {
    const found = await organizationsWith(context.database.reader, 'scheduledBillInterval')
    for (const organization of found) await startScheduledRun(context, organization)
  },
}

export const approveDueBills: JobDefinition = {
  queue: 'approve-due-bills',
  cron: '* * * * *',
  async run(context) {
    const found = await organizationsWith(context.database.reader, 'autoApproveBillsGracePeriod')
    for (const organization of found) await approveAfterGrace(context, organization)
  },
}

/**
 * Two jobs: the periods that are open, and those that ended when today began, which are looked at
 * again all day because usage may come in late.
 */
async function startScheduledRun(
  context: Context,
  { organizationId, configuration }: ScheduledOrganization,
): Promise<void> {
  const scope = scopeOf(context, organizationId)
  const zone = normalizeZone(configuration.timezone)
  const slot = scheduleSlot(scope.now, zone, {
    intervalHours: configuration.scheduledBillInterval ?? 24,
    offsetHours: configuration.scheduledBillOffset ?? 0,
  })
  const yesterday = addDays(dayOf(scope.now, zone), -1)
  try {
    await context.database.transaction(async (writer) => {
      if (!(await takeSlot(writer, organizationId, slot))) return
      await createScheduledJob(context, writer, scope, yesterday)
      await createScheduledJob(context, writer, scope, null)
    })
  } catch (error) {
    // Rolled back with the slot, so the next minute tries again.
    if (!(error instanceof TooManyRequestsError)) throw error
    context.log.warn(
      { organizationId },
      'scheduled billing waits: too many bill jobs are unfinished',
    )
  }
}

const MS_OF = { MINUTES: 60_000, HOURS: 3_600_000, DAYS: 86_400_000 }

/** The grace runs from the local midnight that begins the bill date (billing 2.7). */
async function approveAfterGrace(
  context: Context,
  { organizationId, configuration }: ScheduledOrganization,
): Promise<void> {
  const { autoApproveBillsGracePeriod: grace, autoApproveBillsGracePeriodUnit: unit } =
    configuration
  if (grace === undefined || unit === undefined) return
  const scope = scopeOf(context, organizationId)
  const lastBillDate = dayOf(scope.now - grace * MS_OF[unit], normalizeZone(configuration.timezone))
  await context.database.transaction((writer) =>
    approve(writer, scope, { billDateUpTo: lastBillDate }, { by: null }),
  )
}

function scopeOf(context: Context, organizationId: string): Scope {
  return { organizationId, principalId: SYSTEM_PRINCIPAL.id, now: context.clock.now() }
}
