/** Every step of the PostgreSQL schema, in the order in which it is applied. A landed step never changes. */
import type { Migration } from '../kit/postgres/migrate.ts'
import { kit } from './0001-kit.ts'
import { picklists } from './0003-picklists.ts'
import { peopleAndPrograms } from './0004-people-and-programs.ts'
import { settings } from './0005-settings.ts'
import { idempotency } from './0006-idempotency.ts'
import { instanceAndLive } from './0009-instance-and-live.ts'
import { metering } from './0010-metering.ts'

export const migrations: Migration[] = [
  kit,
  picklists,
  peopleAndPrograms,
  settings,
  idempotency,
  instanceAndLive,
  metering,
]
