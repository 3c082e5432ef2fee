import { describe, expect, it } from 'vitest'
import { checkText } from '../calculation/check.ts'
import { decimal, digits } from '../money/decimal.ts'
import { compileCompound, compoundScope, compoundSegments } from './compound.ts'

function calculated(
  calculation: string,
  values: Record<string, string>,
  evaluateNullAggregations = false,
): string | null {
  const value = compileCompound({ calculation, evaluateNullAggregations }).evaluate({
    aggregation: (code) => (values[code] === undefined ? null : decimal(values[code])),
    customField: ({ entity, name }) => (name === 'free' ? decimal(100) : `${entity}.${name}`),
  })
  return value === null ? null : digits(value)
}

describe('the value of a compound aggregation', () => {
  it.each([
    ['(aggregation.a + aggregation.b) / 60', { a: '5430', b: '615' }, '100.75'],
    ['aggregation.a + aggregation.b / 60', { a: '5430', b: '615' }, '5440.25'],
    ['Math.max(aggregation.a - aggregation.b * 100, 0)', { a: '1850', b: '5' }, '1350'],
    ['aggregation.a - account.free', { a: '130' }, '30'],
    ['aggregation["a"] * 2', { a: '2.5' }, '5'],
    ['7', {}, '7'],
    ['null', {}, null],
  ])('%s is calculated', (calculation, values, expected) => {
    expect(calculated(calculation, values)).toBe(expected)
  })

  it('has no value when an aggregation has none, even where the null would not matter', () => {
    expect(calculated('isnull(aggregation.a, 1) + 0 * aggregation.b', { b: '2' })).toBe(null)
  })

  it('hands nulls to the calculation on request', () => {
    expect(calculated('isnull(aggregation.a, 1)', {}, true)).toBe('1')
    expect(calculated('aggregation.a + 1', {}, true)).toBe(null)
  })

  it.each([
    ['plan.text', 'must give a number'],
    ['aggregation.a / aggregation.b', 'divided by zero'],
  ])('fails on %s: %s', (calculation, message) => {
    expect(() => calculated(calculation, { a: '1', b: '0' })).toThrow(message)
  })

  it('names the aggregations it reads, each once', () => {
    const { aggregationCodes } = compileCompound({
      calculation: 'aggregation.b + aggregation.a * aggregation.b + plan.x',
      evaluateNullAggregations: false,
    })

    expect(aggregationCodes).toEqual(['b', 'a'])
  })
})

describe('the segments of a compound aggregation', () => {
  const eu = { region: 'EU' }
  const us = { region: 'US' }

  it.each([
    ['none without a segmented aggregation', [[], []], null],
    ['all of the only segmented one', [[eu, us], []], [eu, us]],
    ['those that all have in common', [[us, eu], [eu]], [eu]],
    ['an empty list when they share none', [[us], [eu]], []],
    ['none in common with other fields', [[us], [{ tier: 'US' }]], []],
  ])('are %s', (_name, lists, expected) => {
    expect(compoundSegments(lists.map((segments) => ({ segments })))).toEqual(expected)
  })
})

describe('what a compound aggregation may read', () => {
  const scope = compoundScope({
    aggregations: [{ code: 'calls', name: 'Calls' }],
    customFields: { plan: { free: 100 }, meter: { factor: 2 }, aggregation: { weight: 3 } },
    tables: [],
  })
  const problemsOf = (text: string) => checkText(text, scope).problems.map(({ message }) => message)

  it.each([
    'aggregation.calls - plan.free',
    'customFields.aggregation.weight * aggregation.customFields.weight',
    'meter.factor * 2',
    '7',
  ])('allows %s', (text) => {
    expect(problemsOf(text)).toEqual([])
  })

  it.each([
    ['aggregation.cals', 'Did you mean aggregation.calls?'],
    ['aggregation.weight', '"aggregation.weight" is not known here.'],
    ['account.rate', '"account.rate" is not known here.'],
    ['"a" + plan.free', 'gives no number'],
    ['ts', '"ts" is not known here.'],
  ])('refuses %s: %s', (text, message) => {
    expect(problemsOf(text)[0]).toContain(message)
  })
})
