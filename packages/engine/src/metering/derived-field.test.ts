import { describe, expect, it } from 'vitest'
import { checkText } from '../calculation/check.ts'
import { decimal, digits } from '../money/decimal.ts'
import {
  compileDerivedField,
  derivedFieldScope,
  type FieldCategory,
  type MeasurementView,
  type MeterField,
} from './derived-field.ts'

const dataFields: MeterField[] = [
  { code: 'gb', category: 'MEASURE', name: 'Gigabytes' },
  { code: 'country', category: 'WHERE' },
  { code: 'uid', category: 'OTHER' },
]

const measurement: MeasurementView = {
  field: (code) => ({ gb: decimal('80'), country: 'UK', uid: 'own' })[code] ?? null,
  tsMs: Date.UTC(2024, 5, 2, 23, 30),
  etsMs: null,
  receivedAtMs: Date.UTC(2024, 5, 3),
  uid: 'sent-uid',
  meterCode: 'storage',
  accountCode: 'acme',
  customField: ({ entity, name }) => (entity === 'account' ? decimal('0.9') : `${entity}.${name}`),
}

function calculated(calculation: string, category: FieldCategory = 'WHAT') {
  const codes = dataFields.map(({ code }) => code)
  const value = compileDerivedField({ calculation, category }, codes)(measurement)
  return typeof value === 'object' && value !== null ? digits(value) : value
}

describe('the value of a derived field', () => {
  it.each([
    ['gb * account.rate', 'MEASURE', '72'],
    ['gb * account.customFields.rate', 'COST', '72'],
    ['gb * customFields.account["rate"]', 'INCOME', '72'],
    ['country + "|" + organization.region', 'WHAT', 'UK|organization.region'],
    ['account + "/" + meter', 'WHO', 'acme/storage'],
    ['uid', 'WHAT', 'own'],
    ['gb > 50', 'WHAT', 'true'],
    ['gb / 3', 'METADATA', '26.66666666666666666666666666666667'],
    [`"${'😀'.repeat(256)}"`, 'METADATA', '😀'.repeat(256)],
    ['timestamp.receivedAt - ts', 'MEASURE', '1800000'],
    ['DateTime.day(ts, "Europe/Berlin")', 'MEASURE', '3'],
    ['ets == null ? 0 : 1', 'MEASURE', '0'],
    ['timestamp.ets - ts', 'MEASURE', null],
    ['null', 'WHAT', null],
  ] as [string, FieldCategory, string | null][])(
    '%s as %s is %s',
    (calculation, category, expected) => {
      expect(calculated(calculation, category)).toBe(expected)
    },
  )

  it.each([
    ['country', 'MEASURE', 'The calculation gave no number'],
    ['gb / (gb - 80)', 'MEASURE', 'divided by zero'],
    ['timestamp.ts', 'WHAT', 'Use DateTime.format'],
    [`"${'x'.repeat(257)}"`, 'METADATA', 'has 257 characters'],
  ] as [string, FieldCategory, string][])(
    '%s as %s fails: %s',
    (calculation, category, message) => {
      expect(() => calculated(calculation, category)).toThrow(message)
    },
  )
})

describe('what a derived field may read', () => {
  const place = {
    dataFields,
    derivedFieldCodes: ['rated'],
    customFields: {
      organization: { free: 100 },
      account: { rate: 1 },
      product: { family: 'storage' },
      plan: { level: 3 },
    },
    isGlobal: false,
    tables: [],
  }
  const problemsOf = (
    text: string,
    changed: Partial<typeof place> & { category?: FieldCategory },
  ) =>
    checkText(text, derivedFieldScope({ ...place, ...changed })).problems.map(
      ({ message }) => message,
    )

  it.each([
    'gb * account.rate + organization.free',
    'product.family + product.customFields.family',
    'customFields.account.rate > 0.5',
    'timestamp.ts > ts AND receivedAt > ts',
    'account + meter',
    'uid + ""',
  ])('allows %s', (text) => {
    expect(problemsOf(text, {})).toEqual([])
  })

  it.each([
    ['rated * 2', '"rated" is a derived field.'],
    ['plan.level', '"plan.level" is not known here.'],
    ['account.other', '"account.other" is not known here.'],
    ['aggregation.calls', '"aggregation.calls" is not known here.'],
    ['organization.free + "a" * 1', '"*" cannot join text and a number.'],
  ])('refuses %s: %s', (text, message) => {
    expect(problemsOf(text, {})[0]).toContain(message)
  })

  it('refuses custom fields of a product in a global meter', () => {
    expect(problemsOf('product.family', { isGlobal: true })[0]).toContain('belongs to no product')
  })

  it('compares the kind of the result with the category', () => {
    expect(problemsOf('country', { category: 'MEASURE' })[0]).toContain('gives no number')
    expect(problemsOf('gb', { category: 'WHAT' })).toEqual([])
    expect(problemsOf('timestamp.ts', { category: 'WHAT' })[0]).toContain('DateTime.format')
  })
})
