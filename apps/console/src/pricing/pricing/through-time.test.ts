import { describe, expect, test } from 'vitest'
import { gapsOf, isAhead, meeting, withoutThose } from './through-time.ts'

const at = (month: string) => `2026-${month}-01T00:00:00Z`
const from = (start: string, end?: string) => ({
  startDate: at(start),
  ...(end && { endDate: at(end) }),
})

describe('prices that meet', () => {
  test.each([
    ['one open end within another', from('03'), from('01'), true],
    ['a price that ends where this one starts', from('03'), from('01', '03'), false],
    ['a price that starts where this one ends', from('01', '03'), from('03'), false],
    ['a price inside this one', from('01'), from('02', '03'), true],
    ['a price around this one', from('02', '03'), from('01', '04'), true],
    ['equal times', from('02', '03'), from('02', '03'), true],
  ])('%s', (_, span, other, expected) => {
    expect(meeting(span, [other]).length > 0).toBe(expected)
  })

  test('are named in the order of time', () => {
    const [late, early] = [from('06', '07'), from('02', '03')]

    expect(meeting(from('01'), [late, early])).toEqual([early, late])
  })

  test('midnights of different offsets are the same instant', () => {
    const other = { startDate: '2026-01-01T00:00:00Z', endDate: '2026-03-01T01:00:00+01:00' }

    expect(meeting(from('03'), [other])).toEqual([])
  })
})

describe('time without a price', () => {
  test('lies between prices and after the last one', () => {
    expect(gapsOf([from('05', '06'), from('01', '02')])).toEqual([
      { from: at('02'), until: at('05') },
      { from: at('06'), until: null },
    ])
  })

  test('is not there while prices follow each other without end', () => {
    expect(gapsOf([from('01', '02'), from('02')])).toEqual([])
    expect(gapsOf([])).toEqual([])
  })

  test('is what the prices of the template leave over', () => {
    const gap = { from: at('02'), until: at('08') }

    expect(withoutThose(gap, [from('03', '04'), from('06')])).toEqual([
      { from: at('02'), until: at('03') },
      { from: at('04'), until: at('06') },
    ])
    expect(withoutThose(gap, [from('01')])).toEqual([])
    expect(withoutThose(gap, [])).toEqual([gap])
    expect(withoutThose({ from: at('02'), until: null }, [from('01', '05')])).toEqual([
      { from: at('05'), until: null },
    ])
  })

  test('matters until it is over; after the last price only while that still counts', () => {
    const now = Date.parse(at('05'))

    expect(isAhead({ from: at('04'), until: at('06') }, now)).toBe(true)
    expect(isAhead({ from: at('02'), until: at('04') }, now)).toBe(false)
    expect(isAhead({ from: at('06'), until: null }, now)).toBe(true)
    expect(isAhead({ from: at('04'), until: null }, now)).toBe(false)
  })
})
