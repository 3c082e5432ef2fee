/** Every step of the PostgreSQL schema, in the order in which it is applied. A landed step never changes. */
import type { Migration } from '../kit/postgres/migrate.ts'
import { kit } from './0001-kit.ts'
import { picklists } from './0003-picklists.ts'
import { peopleAndPrograms } from './0004-people-and-programs.ts'
import { settings } from './0005-settings.ts'
import { idempotency } from './0006-idempotency.ts'
import { sessions } from './0007-sessions.ts'
import { instanceAndLive } from './0009-instance-and-live.ts'
import { metering } from './0010-metering.ts'
import { configurationChanged } from './0015-configuration-changed.ts'
import { savedQueries } from './0016-saved-query.ts'
import { pricing } from './0020-pricing.ts'
import { accounts } from './0030-accounts.ts'
import { billing } from './0040-billing.ts'
import { billSchedule } from './0041-bill-schedule.ts'
import { leanLines } from './0042-lean-lines.ts'
import { leanRuns } from './0043-lean-runs.ts'
import { doers } from './0044-doers.ts'
import { accountSearch } from './0045-account-search.ts'
import { allowedOverlaps } from './0046-allowed-overlaps.ts'

export const migrations: Migration[] = [
  kit,
  picklists,
  peopleAndPrograms,
  settings,
  idempotency,
  sessions,
  instanceAndLive,
  metering,
  configurationChanged,
  savedQueries,
  pricing,
  accounts,
  billing,
  billSchedule,
  leanLines,
  leanRuns,
  doers,
  accountSearch,
  allowedOverlaps,
]
