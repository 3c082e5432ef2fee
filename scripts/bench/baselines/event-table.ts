/** The bare programs' own table: the columns an event needs, synchronized to disk, nothing to find duplicates by. */

export const COLUMNS = [
  'org',
  'meter',
  'account',
  'ts',
  'arrival',
  'uid',
  'received_at',
  'texts',
  'numbers',
]

export const CREATE = `create table event (org UInt32, meter UInt32, account UInt32, ts DateTime64(3, 'UTC'),
    arrival UInt64, uid String, received_at DateTime64(3, 'UTC'), texts Array(String), numbers Array(Decimal(38, 18)))
  engine = MergeTree partition by toYYYYMM(received_at) order by (org, meter, account, ts)
  settings fsync_after_insert = 1, fsync_part_directory = 1`

/** As many events for each account, spread evenly between two instants, made by the engine itself. */
export function fill(events: number, accounts: number, from: number, to: number): string {
  const step = Math.max(1, Math.floor((to - from) / Math.ceil(events / accounts)))
  return `insert into event select 1, 1, number % ${accounts},
      toDateTime64(${from} / 1000, 3, 'UTC') + toIntervalMillisecond(intDiv(number, ${accounts}) * ${step}),
      number, concat('uid-', toString(number)), now64(3),
      [number % 3 = 0 ? 'batch' : 'live'],
      [toDecimal128((number * 7919) % 100000 / 100, 18), toDecimal128((number * 104729) % 4096, 18), toDecimal128((number * 31) % 6000 / 1000, 18)]
    from numbers(${events})`
}

/** Makes each so many rows of a filling a part of its own, as rows lie that came over time. */
export function inGroups(rows: number): string {
  return ` settings max_block_size = ${rows}, min_insert_block_size_rows = 1,
    min_insert_block_size_bytes = 1, max_insert_threads = 1`
}
