import type { EventMigration } from '../../kit/clickhouse/migrate.ts'
import { measurements } from './0001-measurements.ts'

/** Every step of the event store's schema, in order. A landed step never changes. */
export const eventMigrations: EventMigration[] = [measurements]
