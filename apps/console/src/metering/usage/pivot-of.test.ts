import type { Meter } from '@countinghouse/contract/metering/meter.ts'
import type { UsageFunction } from '@countinghouse/contract/metering/usage-query.ts'
import { describe, expect, test } from 'vitest'
import { figuresOf } from './figures.ts'
import { axesOf, pivotOf, sortPivot, splitsOf } from './pivot-of.ts'
import type { UsageRow } from './queries.ts'
import { firstQuestion, type Question } from './question.ts'

const meter = {
  id: 'm',
  code: 'runs',
  name: 'Runs',
  dataFields: [
    { category: 'MEASURE', code: 'hours', name: 'Hours', unit: 'h' },
    { category: 'WHAT', code: 'gpu', name: 'GPU', unit: '' },
  ],
  derivedFields: [],
} as unknown as Meter

const asked = (method: UsageFunction, changes: Partial<Question> = {}): Question => ({
  ...firstQuestion,
  byAccount: true,
  aggregations: [{ meterId: 'm', fieldCode: 'hours', function: method }],
  ...changes,
})

function tableOf(
  question: Question,
  rows: UsageRow[],
  wanted: { down?: string; across?: string } = {},
) {
  const splits = splitsOf(question, [meter])
  const axes = axesOf(splits, { down: wanted.down, across: wanted.across })
  const [figure] = figuresOf(question, [meter])
  if (!axes || !figure) throw new Error('The question has no two splits and a figure.')
  return pivotOf(rows, { splits, ...axes, figure }, question.frequency)
}

const acme = { accountId: 'a', accountName: 'Acme' }
const birch = { accountId: 'b', accountName: 'Birch' }
const first = '2026-11-01T00:00:00Z'
const second = '2026-11-02T00:00:00Z'

const rowsOf = (method: UsageFunction): UsageRow[] => {
  const key = `runs.hours.${method}`
  return [
    { ...birch, timestamp: second, [key]: '0.1' },
    { ...acme, timestamp: second, [key]: 3 },
    { ...acme, timestamp: first, [key]: '0.2' },
  ]
}

describe('a pivot', () => {
  test('has names going down and time running across, and leaves out what is not there', () => {
    const table = tableOf(asked('SUM'), rowsOf('SUM'))

    expect(table).toMatchObject({
      down: [{ label: 'Acme' }, { label: 'Birch' }],
      across: [{ label: '1 Nov 2026' }, { label: '2 Nov 2026' }],
      cells: new Map([
        ['b', new Map([[second, '0.1']])],
        [
          'a',
          new Map([
            [second, '3'],
            [first, '0.2'],
          ]),
        ],
      ]),
    })
  })

  test.each([
    ['SUM', 'Total', { a: '3.2', b: '0.1' }, { [first]: '0.2', [second]: '3.1' }, '3.3'],
    ['COUNT', 'Total', { a: '3.2', b: '0.1' }, { [first]: '0.2', [second]: '3.1' }, '3.3'],
    ['MIN', 'Lowest', { a: '0.2', b: '0.1' }, { [first]: '0.2', [second]: '0.1' }, '0.1'],
    ['MAX', 'Highest', { a: '3', b: '0.1' }, { [first]: '0.2', [second]: '3' }, '3'],
  ] as const)('of %s has the line %s, exact', (method, word, ofDown, ofAcross, ofAll) => {
    const table = tableOf(asked(method), rowsOf(method))

    expect(table).toMatchObject({
      together: { kind: 'known', word },
      ofDown: new Map(Object.entries(ofDown)),
      ofAcross: new Map(Object.entries(ofAcross)),
      ofAll,
    })
  })

  test.each(['MEAN', 'LATEST', 'UNIQUE'] as const)('of %s has no totals and says why', (method) => {
    const table = tableOf(asked(method), rowsOf(method))

    expect(table).toMatchObject({
      together: { kind: 'unknown', why: expect.stringContaining('cannot be added up') },
      ofAll: undefined,
    })
  })

  test('adds up over a split that it has no place for', () => {
    const question = asked('SUM', { dimensions: [{ meterId: 'm', fieldCode: 'gpu' }] })
    const key = 'runs.hours.SUM'
    const rows = [
      { ...acme, timestamp: first, 'runs.gpu': 'large', [key]: '0.1' },
      { ...acme, timestamp: second, 'runs.gpu': 'large', [key]: '0.2' },
      { ...acme, timestamp: second, 'runs.gpu': null, [key]: 5 },
    ]

    const table = tableOf(question, rows, { down: 'runs.gpu', across: 'accountId' })

    expect(table).toMatchObject({
      down: [{ label: 'large' }, { label: 'No value' }],
      across: [{ label: 'Acme' }],
      cells: new Map([
        ['large', new Map([['a', '0.3']])],
        ['', new Map([['a', '5']])],
      ]),
    })
  })

  test('refuses to add up over a split what cannot be added up, and names the split', () => {
    const question = asked('MEAN', { dimensions: [{ meterId: 'm', fieldCode: 'gpu' }] })

    const table = tableOf(question, rowsOf('MEAN'))

    expect(table).toContain('Means cannot be added up')
    expect(table).toContain('the split by GPU')
  })

  test.each([
    ['sums', true, ['Acme', 'Birch', 'Cedar']],
    ['sums', false, ['Cedar', 'Birch', 'Acme']],
    [`.${first}`, false, ['Cedar', 'Acme', 'Birch']],
    ['names', true, ['Cedar', 'Birch', 'Acme']],
  ] as const)('sorted by %s, falling %s, stands %j', (key, descending, expected) => {
    const cedar = { accountId: 'c', accountName: 'Cedar', timestamp: first }
    const table = tableOf(asked('SUM'), [...rowsOf('SUM'), { ...cedar, 'runs.hours.SUM': -5 }])
    if (typeof table === 'string') throw new Error(table)

    const { down } = sortPivot(table, { key, descending })

    expect(down.map(({ label }) => label)).toEqual(expected)
  })

  test('needs two splits', () => {
    expect(axesOf(splitsOf(asked('SUM', { byAccount: false }), [meter]), noWish)).toBeNull()
  })

  test.each([
    ['MONTH', 'Nov 2026'],
    ['QUARTER', 'Q4 2026'],
    ['WEEK', '1 Nov 2026'],
    ['HOUR', '1 Nov 2026, 00:00'],
  ] as const)('heads a %s with %s', (frequency, label) => {
    const table = tableOf(asked('SUM', { frequency }), rowsOf('SUM').slice(2))

    expect(table).toMatchObject({ across: [{ label, written: first }] })
  })
})

const noWish = { down: undefined, across: undefined }
