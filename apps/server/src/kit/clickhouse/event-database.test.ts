import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startClickHouseHttp } from '@countinghouse/tests/support/clickhouse-http.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UnavailableError } from '../errors.ts'
import type { EventDatabase } from './event-database.ts'
import { migrateEvents } from './migrate.ts'
import { openEmbedded, openServer } from './open.ts'

// A process opens one folder of the engine: both ways share it, each with a table of its own.
const folder = mkdtempSync(join(tmpdir(), 'ch-events-'))

describe.each([
  ['inside this process', 'inside'],
  ['over HTTP', 'http'],
] as const)('the event database %s', (_name, way) => {
  const table = `thing_${way}`
  let events: EventDatabase
  let close: () => Promise<void>

  beforeAll(async () => {
    if (way === 'inside') {
      events = await openEmbedded(folder)
      close = () => events.close()
    } else {
      const stand = await startClickHouseHttp(folder)
      events = await openServer(stand.url)
      close = async () => {
        await events.close()
        await stand.close()
      }
    }
    await migrateEvents(events, [
      {
        name: `0001-${way}`,
        statements: [
          `create table ${table} (id UInt64, price Decimal(38, 18), label String)
           engine = {engine} order by id settings non_replicated_deduplication_window = 100`,
        ],
      },
    ])
  })
  afterAll(() => close())

  it('gives decimals and large integers as exact text', async () => {
    const row = '18446744073709551615\t12345678901234567890.123456789012345678\tlong\n'

    await events.insertText(table, ['id', 'price', 'label'], row, 'exact')
    const rows = await events.query(`select id, price from ${table} where label = 'long'`)

    expect(rows).toEqual([
      { id: '18446744073709551615', price: '12345678901234567890.123456789012345678' },
    ])
  })

  it('stores rows of the same token once', async () => {
    const rows = '1\t2\ttwice\n2\t3\ttwice\n'

    await events.insertText(table, ['id', 'price', 'label'], rows, 'same-token')
    await events.insertText(table, ['id', 'price', 'label'], rows, 'same-token')
    const [count] = await events.query(`select count() as n from ${table} where label = 'twice'`)

    expect(count).toEqual({ n: '2' })
  })

  it.each([
    ['text with quotes', 'String', `it's "so"`],
    ['text with a tab and a backslash', 'String', 'a\tb\\c'],
    ['text that ends its own quotes', 'String', "\\' or 1 = 1 -- "],
    ['text that looks like a parameter', 'String', '{value:String} and {other:UInt32}'],
    ['text with a line break and letters of all kinds', 'String', 'a\n\rÄ 中 😀 $& $1'],
    ['text with the character zero', 'String', 'a\0b'],
    ['empty text', 'String', ''],
    ['a list of texts', 'Array(String)', ["x'y", 'z\\', "',']", '']],
    ['a list of integers', 'Array(UInt32)', [1, 2, 3]],
    ['a list of negative integers', 'Array(Int32)', [-1, 0, 1]],
    ['a list without items', 'Array(UInt32)', []],
    ['a number', 'Int32', -7],
    ['the largest integer', 'UInt64', '18446744073709551615'],
    ['an instant', "DateTime64(3, 'UTC')", '2024-06-01 00:00:00.001'],
  ])('binds %s without touching it', async (_kind, type, value) => {
    const rows = await events.query(`select {value:${type}} as value`, { value })

    expect(rows).toEqual([{ value }])
  })

  it.each([
    ['numbers', 'UInt32', (n: number) => n + 1_000_000],
    ['texts', 'String', (n: number) => `it's ${n} of "many"\\`],
  ])('binds a list of 20,000 %s', async (_kind, type, make) => {
    const value = Array.from({ length: 20_000 }, (_, n) => make(n))

    const rows = await events.query(`select {value:Array(${type})} as value`, { value })

    expect(rows).toEqual([{ value }])
  })

  it('finds rows by long lists, with their index, and in the place of constants', async () => {
    const keys = Array.from({ length: 20_000 }, (_, n) => n + 7_000_000)
    const places = keys.map((_key, at) => at)
    const row = `${keys[19_999]}\t1\tkeyed\n`
    await events.insertText(table, ['id', 'price', 'label'], row, 'keyed')

    const rows = await events.query(
      `select transform(id, {keys:Array(UInt64)}, {places:Array(Int32)}, toInt32(-1)) as place
       from ${table} where id in {keys:Array(UInt64)} settings force_primary_key = 1`,
      { keys, places },
    )

    expect(rows).toEqual([{ place: 19_999 }])
  })

  it('adds to the settings that a statement ends with', async () => {
    const rows = await events.query('select toDecimal64(1, 2) as one settings max_threads = 1')

    expect(rows).toEqual([{ one: '1' }])
  })

  it('tells what the engine refuses', async () => {
    await expect(events.query('select nothing from nowhere')).rejects.toMatchObject({
      type: 'UNKNOWN_TABLE',
    })
  })

  it('is unavailable for what it has no memory for, and says why to the operator', async () => {
    const greedy = 'select length(groupArray(number)) as n from numbers(20000000)'

    const refused = events.query(`${greedy} settings max_memory_usage = 1000000`)

    await expect(refused).rejects.toBeInstanceOf(UnavailableError)
    await expect(refused).rejects.toMatchObject({
      message: expect.stringContaining('ask for less at once'),
      cause: { type: 'MEMORY_LIMIT_EXCEEDED' },
    })
    expect(await events.query('select 1 as one')).toHaveLength(1)
  })

  it('runs more statements at once than it has connections', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => events.query(`select ${n} as n`)),
    )

    expect(answers.flat()).toHaveLength(20)
  })

  it('applies each step of its tables once', async () => {
    await migrateEvents(events, [{ name: `0001-${way}`, statements: ['select broken'] }])

    const [row] = await events.query(
      `select count() as n from migration where name = '0001-${way}'`,
    )
    expect(row).toEqual({ n: '1' })
  })

  it('takes up a step that was cut off', async () => {
    const tables = [`first_${way}`, `second_${way}`].map(
      (name) => `
        create table ${name} (id UInt64) engine = {engine} order by id`,
    )
    const step = { name: `0002-${way}`, statements: tables }
    const cutOff = { ...step, statements: [tables[0] ?? '', 'select broken'] }
    await expect(migrateEvents(events, [cutOff])).rejects.toThrow()

    await migrateEvents(events, [step])

    expect(await events.query(`select count() as n from second_${way}`)).toEqual([{ n: '0' }])
    const [row] = await events.query(
      `select count() as n from migration where name = '0002-${way}'`,
    )
    expect(row).toEqual({ n: '1' })
  })
})

describe('parameters inside this process', () => {
  let events: EventDatabase
  beforeAll(async () => {
    events = await openEmbedded(folder)
  })
  afterAll(() => events.close())

  it('let a short question be answered while a long one runs', async () => {
    const order: string[] = []
    const ask = (name: string, rows: number) =>
      events
        .query('select sum(sipHash64(number)) from numbers({rows:UInt64})', { rows })
        .then(() => order.push(name))

    await Promise.all([ask('long', 100_000_000), ask('short', 1)])

    expect(order).toEqual(['short', 'long'])
  })

  it.each([
    ['none', {}],
    ['nothing', { value: null }],
    ['an infinite one', { value: Number.POSITIVE_INFINITY }],
    ['an object', { value: [{}] }],
  ])('are refused when a value is missing: %s', async (_kind, parameters) => {
    await expect(events.query('select {value:UInt32}', parameters)).rejects.toThrow(/parameter/)
  })
})

describe('a ClickHouse server that is away', () => {
  it('is told at start, with what to check', async () => {
    await expect(openServer('http://127.0.0.1:9')).rejects.toThrow(
      /CLICKHOUSE_URL cannot be reached/,
    )
  })

  it('makes later calls unavailable, to be sent again', async () => {
    const stand = await startClickHouseHttp(folder)
    const events = await openServer(stand.url)
    await stand.close()

    await expect(events.query('select 1')).rejects.toBeInstanceOf(UnavailableError)
    await events.close()
  })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))
