import { meter } from '@countinghouse/contract/metering/meter.ts'
import { organizationConfigurationBody } from '@countinghouse/contract/organization/configuration.ts'
import { expect, test } from 'vitest'
import { problemsOf, toBody, toFormPath } from './check.ts'
import { codeFrom } from './code-field.tsx'
import { setAt, valueAt } from './draft.ts'

test('an empty form names every required field by its path', () => {
  const values = {
    name: '',
    code: '',
    dataFields: [{ category: 'MEASURE', code: '', name: 'Stored' }],
  }

  expect(problemsOf(meter.body, values)).toMatchObject({
    name: 'Fill this in.',
    code: 'Fill this in.',
    'dataFields.0.code': 'Fill this in.',
  })
})

test('a code that does not fit is told why, in the words of the contract', () => {
  const values = {
    name: 'Storage',
    code: 'storage',
    derivedFields: [],
    dataFields: [{ category: 'MEASURE', code: '9lives', name: 'Lives' }],
  }

  expect(problemsOf(meter.body, values)['dataFields.0.code']).toMatch(/not starting with a digit/)
})

test.each([
  ['0', 'More than 0.'],
  ['much', 'Write a number, with a point before decimals.'],
  ['0.00000000000000000001', undefined],
])('a multiplier of %s', (multiplier, problem) => {
  const values = { currencyConversions: [{ from: 'USD', to: 'EUR', multiplier }] }

  const found = problemsOf(organizationConfigurationBody, values)

  expect(found['currencyConversions.0.multiplier']).toBe(problem)
})

test('empty inputs are not sent, rows and false are', () => {
  expect(
    toBody({ name: ' Storage ', code: '', flag: false, rows: [{ code: '' }], none: null }),
  ).toEqual({
    name: 'Storage',
    flag: false,
    rows: [{}],
  })
})

test.each([
  ['dataFields[0].code', 'dataFields.0.code'],
  ['/dataFields/0/code', 'dataFields.0.code'],
  ['name', 'name'],
])('%s of an answer is the form path %s', (field, path) => {
  expect(toFormPath(field)).toBe(path)
})

test('a value is set deep inside without touching the original', () => {
  const before = { rows: [{ code: 'a' }, { code: 'b' }] }

  const after = setAt(before, 'rows.1.code', 'c')

  expect(valueAt(after, 'rows.1.code')).toBe('c')
  expect(before.rows[1]?.code).toBe('b')
})

test.each([
  ['Vector storage', 'vector_storage'],
  ['Größe in GB!', 'groe_in_gb'],
  ['3 seats', '_3_seats'],
])('%s proposes the code %s', (name, code) => {
  expect(codeFrom(name)).toBe(code)
})
