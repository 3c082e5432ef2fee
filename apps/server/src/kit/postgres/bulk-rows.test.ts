import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CopyRows, type CopyValue } from './bulk-rows.ts'
import type { Database, Reader } from './database.ts'

let server: TestServer
let database: Database

beforeAll(async () => {
  server = await startTestServer()
  database = server.context.database
  await sql`create table copied (id integer primary key, said text, at timestamptz)`.execute(
    database.reader,
  )
})
afterAll(() => server.close())

function rowsOf(values: CopyValue[][]): CopyRows {
  const rows = new CopyRows('copied', ['id', 'said', 'at'])
  for (const row of values) rows.add(row)
  return rows
}

async function stored(reader: Reader, from: number) {
  const { rows } = await sql<{ id: number; said: string | null }>`
    select id, said from copied where id >= ${from} order by id
  `.execute(reader)
  return rows
}

test('rows that are copied come back as they were given', async () => {
  const texts = [
    'plain',
    '',
    'tab\there',
    'two\nlines\r\n',
    'C:\\n\\.',
    '\\N',
    '{"a":"\\"é🎉"}',
    null,
  ]

  await database.transaction((writer) =>
    rowsOf(texts.map((text, index) => [100 + index, text, '2024-01-01T00:00:00Z'])).write(writer),
  )

  const found = await stored(database.reader, 100)
  expect(found.map(({ said }) => said)).toEqual(texts)
})

test('a row that the table refuses takes the whole transaction back, and the connection goes on', async () => {
  const copying = database.transaction(async (writer) => {
    await rowsOf([[200, 'first', null]]).write(writer)
    await rowsOf([
      [201, 'second', null],
      [200, 'again', null],
    ]).write(writer)
  })

  await expect(copying).rejects.toThrow('duplicate key')
  expect(await stored(database.reader, 200)).toEqual([])
})

test('a table that is not there is refused by name', async () => {
  const rows = new CopyRows('nowhere', ['id'])
  rows.add([1])

  const copying = database.transaction((writer) => rows.write(writer))

  await expect(copying).rejects.toThrow('"nowhere" does not exist')
})

test('without rows nothing is sent, and rows are written once', async () => {
  const rows = rowsOf([[300, 'once', null]])

  await database.transaction(async (writer) => {
    await rowsOf([]).write(writer)
    await rows.write(writer)
    await rows.write(writer)
  })

  expect(await stored(database.reader, 300)).toHaveLength(1)
})
