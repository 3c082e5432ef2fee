import { describe, expect, it } from 'vitest'
import { mostDecimals, padding } from './align.ts'

describe('figures under each other', () => {
  it('have their points in one line, whatever decimals each has', () => {
    const column = ['20000', '7517.4657282', '0.5']
    const decimals = mostDecimals(column)
    expect(decimals).toBe(7)
    expect(column.map((value) => padding(value, 0, decimals))).toEqual(['.0000000', '', '000000'])
  })

  it('count the decimals that are always shown, and the mark of a cut fraction', () => {
    expect(mostDecimals(['12400', null], 2)).toBe(2)
    expect(padding('12400', 2, 8)).toBe('000000')
    expect(mostDecimals(['5920.798975806451612903'])).toBe(7)
  })
})
