/**
 * Numbered steps of the event store's tables; each once, in order. There are no transactions: one
 * that was cut off begins again, and finds the tables that it has made.
 */
import type { EventDatabase } from './event-database.ts'

export type EventMigration = {
  name: string
  /** Statements; `{engine}` stands for MergeTree or its replicated form. */
  statements: string[]
}

export async function migrateEvents(
  events: EventDatabase,
  migrations: EventMigration[],
): Promise<void> {
  const engine = await engineOf(events)
  await events.command(
    `create table if not exists migration (name String) engine = ${engine} order by name`,
  )
  const applied = await events.query<{ name: string }>('select name from migration')
  for (const { name, statements } of migrations) {
    if (applied.some((row) => row.name === name)) continue
    for (const statement of statements) {
      const command = statement.replace(
        /^\s*create table (?!if not)/,
        'create table if not exists ',
      )
      await events.command(command.replaceAll('{engine}', engine))
    }
    await events.insertText('migration', ['name'], `${name}\n`, `migration:${name}`)
  }
}

/** A cluster says by the macro `replica` that its tables are to be replicated. */
async function engineOf(events: EventDatabase): Promise<string> {
  const macros = await events.query("select macro from system.macros where macro = 'replica'")
  return macros.length === 0 ? 'MergeTree' : 'ReplicatedMergeTree'
}
