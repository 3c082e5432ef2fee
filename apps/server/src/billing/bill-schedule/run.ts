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
    await forEach(context, 'scheduledBillInterval', startScheduledRun)
  },
}

export const approveDueBills: JobDefinition = {
  queue: 'approve-due-bills',
  cron: '* * * * *',
  async run(context) {
    await forEach(context, 'autoApproveBillsGracePeriod', approveAfterGrace)
  },
}

/** One that fails keeps no other from its turn; its own comes again in a minute. */
async function forEach(
  context: Context,
  setting: Parameters<typeof organizationsWith>[1],
  work: (context: Context, organization: ScheduledOrganization) => Promise<void>,
): Promise<void> {
  for (const organization of await organizationsWith(context.database.reader, setting)) {
    try {
      await work(context, organization)
    } catch (error) {
      const about = { err: error, organization: organization.organizationId, setting }
      context.log.error(about, 'an organization was left out by the clock')
    }
  }
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
