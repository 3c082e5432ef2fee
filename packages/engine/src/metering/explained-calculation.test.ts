import { describe, expect, it } from 'vitest'
import { decimal, digits } from '../money/decimal.ts'
import { compileCompound } from './compound.ts'
import { calculationWithValues, evaluateExplained } from './explained-calculation.ts'

const customFields: Record<string, number | string> = { free: -100, tier: 'gold "1"' }

function explained(
  calculation: string,
  values: Record<string, string>,
  evaluateNullAggregations = false,
) {
  return evaluateExplained(
    compileCompound({ calculation, evaluateNullAggregations }),
    {
      aggregation: (code) => (values[code] === undefined ? null : decimal(values[code])),
      customField: ({ name }) => {
        const value = customFields[name] ?? null
        return typeof value === 'number' ? decimal(value) : value
      },
    },
    (code) => `Name of ${code}`,
  )
}

describe('an explained calculation', () => {
  it.each([
    ['(aggregation.a + aggregation.b) / 60', '(5430 + 615) / 60', '100.75'],
    ['aggregation["a"]*2 +  aggregation.a', '5430*2 +  5430', '16290'],
    ['aggregation.long', '0.123456789012345678', '0.123456789012345678'],
    ['aggregation.b - account.free', '615 - (-100)', '715'],
    ['aggregation.b - customFields.account.free', '615 - (-100)', '715'],
    ['account.tier == "gold" ? 1 : aggregation.b', '"gold \\"1\\"" == "gold" ? 1 : 615', '615'],
    ['isnull(plan.none, 2) * aggregation.b', 'isnull(null, 2) * 615', '1230'],
    ['isnull(aggregation.none, 1)', 'isnull(null, 1)', '1', true],
    ['true ? aggregation.b : plan.none', 'true ? 615 : plan.none', '615'],
    ['7', '7', '7'],
  ])('of %s says %s', (calculation, withValues, quantity, evaluateNull = false) => {
    const values = { a: '5430', b: '615', long: '0.123456789012345678' }
    const found = explained(calculation, values, evaluateNull)

    if (found === null) throw new Error('no value')
    expect([digits(found.quantity), calculationWithValues(found.calculation)]).toEqual([
      quantity,
      withValues,
    ])
  })

  it('keeps the text, and each value that was read once, with its code and name', () => {
    const text = 'aggregation.a * aggregation.a - account.free + (account.tier == "x" ? 1 : 0)'

    expect(explained(text, { a: '2.50' })?.calculation).toEqual({
      text,
      read: [
        {
          reference: 'aggregation.a',
          aggregation: { code: 'a', name: 'Name of a' },
          value: '2.5',
        },
        { reference: 'account.free', value: '-100' },
        { reference: 'account.tier', value: null, text: 'gold "1"' },
      ],
    })
  })

  it('is none where there is no value', () => {
    expect(explained('aggregation.a + aggregation.none', { a: '1' })).toBe(null)
  })
})
