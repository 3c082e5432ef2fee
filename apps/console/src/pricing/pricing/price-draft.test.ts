import { describe, expect, it } from 'vitest'
import { fromWire, missingOf, pastedRows, problemsOf, toWire } from './price-draft.ts'

describe('a price being typed', () => {
  it('takes rows pasted from a spreadsheet', () => {
    expect(pastedRows('Limit\tPrice\n0\t$0.15\n500\t0.1', 'TIERED')).toEqual([
      { lowerLimit: '0', fixedPrice: '', unitPrice: '0.15' },
      { lowerLimit: '500', fixedPrice: '', unitPrice: '0.1' },
    ])
  })

  it('sends 0 in the columns that its kind does not have', () => {
    const draft = {
      kind: 'STAIRSTEP' as const,
      bands: [{ lowerLimit: '', fixedPrice: '12', unitPrice: '9' }],
    }

    expect(toWire(draft)).toEqual([{ lowerLimit: '0', fixedPrice: '12', unitPrice: '0' }])
  })

  it('names the row whose limit does not rise', () => {
    const bands = [
      { lowerLimit: '0', fixedPrice: '', unitPrice: '1' },
      { lowerLimit: '100', fixedPrice: '', unitPrice: '0.8' },
      { lowerLimit: '100.0', fixedPrice: '', unitPrice: '0.5' },
    ]

    expect(problemsOf({ kind: 'TIERED', bands }).map(({ row }) => row)).toEqual([2])
  })

  it('says beside which cell a number is wrong', () => {
    const bands = [
      { lowerLimit: '0', fixedPrice: '', unitPrice: '1' },
      { lowerLimit: '100', fixedPrice: '', unitPrice: 'cheap' },
    ]

    expect(problemsOf({ kind: 'VOLUME', bands })).toMatchObject([{ row: 1, column: 'unitPrice' }])
  })

  it('lacks the limit of a row with a price, and the price of a row with a limit', () => {
    const bands = [
      { lowerLimit: '0', fixedPrice: '', unitPrice: '' },
      { lowerLimit: '', fixedPrice: '', unitPrice: '0.5' },
      { lowerLimit: '', fixedPrice: '', unitPrice: '' },
    ]

    expect(missingOf({ kind: 'TIERED', bands }).map(({ row, column }) => [row, column])).toEqual([
      [0, 'unitPrice'],
      [1, 'lowerLimit'],
    ])
  })

  it('recognizes the kind of a stored price', () => {
    const bands = [
      { lowerLimit: 0, fixedPrice: 0, unitPrice: 0.2 },
      { lowerLimit: 1000, fixedPrice: 0, unitPrice: 0.15 },
    ]

    expect(fromWire(bands, false).kind).toBe('VOLUME')
    expect(fromWire(bands, true).kind).toBe('TIERED')
  })
})
