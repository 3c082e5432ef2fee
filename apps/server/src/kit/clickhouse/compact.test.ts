import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compactIdle, isWorthCompacting, type Partition } from './compact.ts'
import type { EventDatabase } from './event-database.ts'
import { openEmbedded } from './open.ts'

const MEGABYTE = 1024 ** 2
const IDLE = { table: 'thing', partition: '202403', idle: 60 }

describe('a partition is compacted', () => {
  it.each([
    ['for a second part that is large enough', { parts: 2, bytes: 800, largest: 700 }],
    ['for few new rows after a while', { parts: 5, bytes: 240, largest: 239 }],
  ])('%s', (_name, sizes) => {
    expect(isWorthCompacting(megabytes({ ...IDLE, ...sizes }), 30)).toBe(true)
  })

  it.each([
    ['while rows arrive', { parts: 4, bytes: 8, largest: 4, idle: 29 }],
    ['when it is one part', { parts: 1, bytes: 8, largest: 8 }],
    ['for few new rows at once', { parts: 5, bytes: 241, largest: 240 }],
    ['when it is large', { parts: 2, bytes: 1025, largest: 600 }],
  ])('not %s', (_name, sizes) => {
    expect(isWorthCompacting(megabytes({ ...IDLE, ...sizes }), 30)).toBe(false)
  })
})

function megabytes(partition: Partition): Partition {
  const { bytes, largest } = partition
  return { ...partition, bytes: bytes * MEGABYTE, largest: largest * MEGABYTE }
}

describe('compacting the event store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ch-compact-'))
  let events: EventDatabase

  beforeAll(async () => {
    events = await openEmbedded(folder)
    await events.command(
      `create table thing (id UInt32, month UInt32) engine = MergeTree partition by month order by id
       settings non_replicated_deduplication_window = 100`,
    )
    // Only what is asked for merges here.
    await events.command('system stop merges thing')
    for (const [token, rows] of [
      ['a', '1\t1\n'],
      ['b', '2\t1\n'],
      ['c', '3\t1\n'],
      ['d', '4\t2\n'],
    ] as const) {
      await events.insertText('thing', ['id', 'month'], rows, token)
    }
    await events.command('system start merges thing')
  })
  afterAll(async () => {
    await events.close()
    rmSync(folder, { recursive: true })
  })

  const parts = () =>
    events.query(
      `select partition_id as month, count() as parts, sum(rows) as rows from system.parts
       where table = 'thing' and active group by month order by month`,
    )

  it('waits until nothing arrives, then makes one part of a month and keeps each row', async () => {
    const before = await parts()

    const early = await compactIdle(events, ['thing'], 3600)
    const done = await compactIdle(events, ['thing'], 0)

    expect(before).toEqual([
      { month: '1', parts: '3', rows: '3' },
      { month: '2', parts: '1', rows: '1' },
    ])
    expect(early).toEqual([])
    expect(done).toMatchObject([{ table: 'thing', partition: '1', parts: 3 }])
    expect(await parts()).toEqual([
      { month: '1', parts: '1', rows: '3' },
      { month: '2', parts: '1', rows: '1' },
    ])
  })

  it('keeps in mind which inserts it has had', async () => {
    await events.insertText('thing', ['id', 'month'], '1\t1\n', 'a')

    expect(await events.query('select count() as n from thing')).toEqual([{ n: '4' }])
  })
})
