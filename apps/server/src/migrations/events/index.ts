/** Every step of the event store's tables, in the order in which it is applied. A landed step never changes. */
import type { EventMigration } from '../../kit/clickhouse/migrate.ts'

export const eventMigrations: EventMigration[] = []
