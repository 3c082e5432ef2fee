/** Objects of which an organization has exactly one: made with it, replaced as a whole. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { NotFoundError } from '../errors.ts'
import type { Reader, Writer } from '../postgres/database.ts'
import type { Scope, Stamps } from './hooks.ts'
import { checkVersion } from './write.ts'

export type Singleton<Body extends object> = {
  insert(writer: Writer, scope: Scope, body: Body): Promise<void>
  read(reader: Reader, organizationId: string): Promise<Stamps & Body>
  /** Locks it and checks the version that was sent; answers with what is stored. */
  lock(writer: Writer, scope: Scope, sentVersion: number): Promise<Stamps & Body>
  replace(writer: Writer, scope: Scope, body: Body): Promise<Stamps & Body>
}

type Row<Body> = {
  id: string
  version: string
  created_at: Date
  created_by: string
  modified_at: Date
  modified_by: string
  body: Body
}

/** `table` has the columns of a resource without `sequence`; `title` is for messages. */
export function singletonStore<Body extends object>(table: string, title: string): Singleton<Body> {
  const first = (rows: Row<Body>[]): Stamps & Body => {
    const [row] = rows
    if (row === undefined) throw new NotFoundError(`This organization has no ${title}.`)
    return toItem(row)
  }
  return {
    async insert(writer, scope, body) {
      const at = new Date(scope.now)
      await sql`
        insert into ${sql.table(table)} (organization_id, id, version, created_at, created_by,
          modified_at, modified_by, body)
        values (${scope.organizationId}, ${randomUUID()}, 1, ${at}, ${scope.principalId},
          ${at}, ${scope.principalId}, ${JSON.stringify(body)}::jsonb)
      `.execute(writer)
    },
    async read(reader, organizationId) {
      const { rows } = await sql<Row<Body>>`
        select * from ${sql.table(table)} where organization_id = ${organizationId}
      `.execute(reader)
      return first(rows)
    },
    async lock(writer, scope, sentVersion) {
      const { rows } = await sql<Row<Body>>`
        select * from ${sql.table(table)} where organization_id = ${scope.organizationId} for update
      `.execute(writer)
      const stored = first(rows)
      checkVersion({ title: { one: title } }, stored, sentVersion)
      return stored
    },
    async replace(writer, scope, body) {
      const { rows } = await sql<Row<Body>>`
        update ${sql.table(table)} set version = version + 1, body = ${JSON.stringify(body)}::jsonb,
          modified_at = ${new Date(scope.now)}, modified_by = ${scope.principalId}
        where organization_id = ${scope.organizationId} returning *
      `.execute(writer)
      return first(rows)
    },
  }
}

function toItem<Body extends object>(row: Row<Body>): Stamps & Body {
  return {
    ...row.body,
    id: row.id,
    version: Number(row.version),
    dtCreated: row.created_at.toISOString(),
    dtLastModified: row.modified_at.toISOString(),
    createdBy: row.created_by,
    lastModifiedBy: row.modified_by,
  }
}
