import { expect, test } from 'vitest'
import type { Pivot } from './pivot-of.ts'
import { listFile, pivotFile } from './usage-file.ts'

const pivot: Pivot = {
  down: [
    { key: 'a', label: 'Acme', written: 'Acme' },
    { key: '', label: 'No value', written: '' },
  ],
  across: [
    { key: 'x', label: '1 Nov 2026', written: '2026-11-01T00:00:00Z' },
    { key: 'y', label: '2 Nov 2026', written: '2026-11-02T00:00:00Z' },
  ],
  cells: new Map([
    ['a', new Map([['x', '0.2']])],
    ['', new Map([['y', '12345678901234567890.1']])],
  ]),
  together: { kind: 'unknown', why: 'Means cannot be added up.' },
  ofDown: new Map(),
  ofAcross: new Map(),
  ofAll: undefined,
}

test('a list is written as it is shown: its columns, in its order', () => {
  const rows = [{ id: '0', timestamp: 't', 'runs.hours.SUM': 2 }, { timestamp: 'u' }]

  expect(listFile(rows, ['runs.hours.SUM', 'timestamp'])).toEqual({
    name: 'usage',
    keys: ['runs.hours.SUM', 'timestamp'],
    rows: [
      { 'runs.hours.SUM': 2, timestamp: 't' },
      { 'runs.hours.SUM': null, timestamp: 'u' },
    ],
  })
})

test('a pivot is written with the times of the API, every digit, and nothing where nothing is', () => {
  const file = pivotFile(pivot, { key: 'accountId', title: 'Account', kind: 'account' })

  expect(file.keys).toEqual(['accountName', '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'])
  expect(file.rows).toEqual([
    { accountName: 'Acme', '2026-11-01T00:00:00Z': 0.2, '2026-11-02T00:00:00Z': null },
    {
      accountName: '',
      '2026-11-01T00:00:00Z': null,
      '2026-11-02T00:00:00Z': '12345678901234567890.1',
    },
  ])
})

test('where the figure can be added up, the sums come along', () => {
  const file = pivotFile(
    {
      ...pivot,
      together: { kind: 'known', word: 'Total', of: (one, other) => one.plus(other) },
      ofDown: new Map([['a', '0.2']]),
      ofAcross: new Map([['x', '0.2']]),
      ofAll: '0.2',
    },
    { key: 'runs.gpu', title: 'GPU', kind: 'text' },
  )

  expect(file.keys.at(-1)).toBe('Total')
  expect(file.rows[0]).toMatchObject({ 'runs.gpu': 'Acme', Total: 0.2 })
  expect(file.rows.at(-1)).toEqual({
    'runs.gpu': 'Total',
    '2026-11-01T00:00:00Z': 0.2,
    '2026-11-02T00:00:00Z': null,
    Total: 0.2,
  })
})
