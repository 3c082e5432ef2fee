import { describe, expect, it } from 'vitest'
import { median, medians } from './rounds.ts'
import { type Row, ratio, tableOf } from './table.ts'

describe('rounds', () => {
  it.each([
    [[3], 3],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
  ])('takes the middle of %j', (values, expected) => {
    expect(median(values)).toBe(expected)
  })

  it('measures in turn', async () => {
    const order: string[] = []
    const measure = (name: string, value: number) => async () => {
      order.push(name)
      return value
    }

    expect(await medians(2, [measure('baseline', 1), measure('ours', 2)])).toEqual([1, 2])

    expect(order).toEqual(['baseline', 'ours', 'baseline', 'ours'])
  })
})

describe('the table', () => {
  const row: Row = {
    number: '1a',
    title: 'Ingest',
    unit: 'events/s',
    ours: 50,
    baselines: [{ name: 'parse only', value: 200 }],
    better: 'more',
    note: 'a note',
  }

  it('shows how near ours comes to the baseline, whichever way is better', () => {
    expect(ratio(row, { name: '', value: 200 })).toBe(0.25)
    expect(ratio({ ...row, better: 'less' }, { name: '', value: 200 })).toBe(4)
  })

  it('has one line a baseline, then notes and what was not measured', () => {
    const text = tableOf([row], [{ number: '7', problem: 'no browser' }])
    expect(text).toContain('200 events/s  parse only')
    expect(text).toContain('25 %')
    expect(text).toContain('1a: a note')
    expect(text).toContain('7: not measured: no browser')
  })
})
