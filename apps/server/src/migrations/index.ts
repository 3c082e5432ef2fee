/** Every step of the PostgreSQL schema, in the order in which it is applied. A landed step never changes. */
import type { Migration } from '../kit/postgres/migrate.ts'
import { kit } from './0001-kit.ts'
import { picklists } from './0003-picklists.ts'

export const migrations: Migration[] = [kit, picklists]
