import { measurementSubmission } from '@countinghouse/contract/metering/measurement.ts'
import Schema from 'typebox/schema'
import { describe, expect, test } from 'vitest'
import { InvalidInputError } from '../../kit/errors.ts'
import { checkSubmission } from './rules.ts'

const NOW = Date.UTC(2024, 5, 10, 12)
const good = { uid: 'u', meter: 'm', account: 'a', ts: '2024-06-01T00:00:00Z' }

/** What the schema can say as well as the hand-written check: the shape. */
const shapes: [string, unknown, string | null][] = [
  ['a plain measurement', { ...good, measure: { gb: 1.5 }, what: { kind: 'x' } }, null],
  ['no uid', { ...good, uid: undefined }, null],
  ['texts given as number, boolean and null', { ...good, who: { a: 1, b: true, c: null } }, null],
  ['a numeric string', { ...good, measure: { gb: '1.5' } }, null],
  ['null among numbers', { ...good, cost: { gb: null } }, null],
  ['an unknown property', { ...good, id: 7 }, null],
  ['a code with spaces inside', { ...good, account: 'Acme Corp' }, null],
  ['a code beyond ASCII', { ...good, account: 'Zürich 東京' }, null],
  ['a zone other than UTC', { ...good, ts: '2024-06-01T02:00:00+02:00' }, null],
  ['a uid of 50 characters', { ...good, uid: 'x'.repeat(50) }, null],
  ['a uid of 51 characters', { ...good, uid: 'x'.repeat(51) }, 'measurements[0].uid'],
  ['a number as uid', { ...good, uid: 7 }, 'measurements[0].uid'],
  ['no meter', { ...good, meter: undefined }, 'measurements[0].meter'],
  ['an empty account', { ...good, account: '' }, 'measurements[0].account'],
  ['an account of 81 characters', { ...good, account: 'x'.repeat(81) }, 'measurements[0].account'],
  ['an account of 80 characters beyond U+FFFF', { ...good, account: '😀'.repeat(80) }, null],
  ['an account of 81 of them', { ...good, account: '😀'.repeat(81) }, 'measurements[0].account'],
  ['a uid of 50 of them', { ...good, uid: '😀'.repeat(50) }, null],
  ['an account with outer spaces', { ...good, account: ' a' }, 'measurements[0].account'],
  ['a meter with a tab', { ...good, meter: 'a\tb' }, 'measurements[0].meter'],
  ['no ts', { ...good, ts: undefined }, 'measurements[0].ts'],
  ['ts as a number', { ...good, ts: NOW }, 'measurements[0].ts'],
  ['ts without a zone', { ...good, ts: '2024-06-01T00:00:00' }, 'measurements[0].ts'],
  ['ets that is no time', { ...good, ets: 'later' }, 'measurements[0].ets'],
  ['a list of texts', { ...good, what: ['x'] }, 'measurements[0].what'],
  ['an object as text', { ...good, what: { kind: {} } }, 'measurements[0].what.kind'],
  ['a boolean as number', { ...good, measure: { gb: true } }, 'measurements[0].measure.gb'],
  ['numbers in a list', { ...good, income: [1] }, 'measurements[0].income'],
  ['a text as measurement', 'x', 'measurements[0]'],
]

/** What only the hand-written check knows. */
const rules: [string, unknown, string | null][] = [
  ['ts a minute ahead', { ...good, ts: '2024-06-10T12:01:00Z' }, null],
  ['ts an hour ahead', { ...good, ts: '2024-06-10T13:00:00Z' }, 'measurements[0].ts'],
  ['ts before 1970', { ...good, ts: '1969-12-31T23:59:59Z' }, 'measurements[0].ts'],
  ['ets equal to ts', { ...good, ets: good.ts }, null],
  ['ets before ts', { ...good, ets: '2024-05-31T00:00:00Z' }, 'measurements[0].ets'],
  ['ets of the year 9999', { ...good, ets: '9999-01-01T00:00:00Z' }, 'measurements[0].ets'],
  ['metadata of 256', { ...good, metadata: { a: 'x'.repeat(256) } }, null],
  ['metadata of 257', { ...good, metadata: { a: 'x'.repeat(257) } }, 'measurements[0].metadata.a'],
  ['metadata of 256 😀', { ...good, metadata: { a: '😀'.repeat(256) } }, null],
  [
    'metadata of 257 😀',
    { ...good, metadata: { a: '😀'.repeat(257) } },
    'measurements[0].metadata.a',
  ],
  ['text that is no number', { ...good, measure: { gb: 'x' } }, 'measurements[0].measure.gb'],
  ['21 digits', { ...good, cost: { usd: 1e20 } }, 'measurements[0].cost.usd'],
  ['infinity', JSON.parse('{"measure":{"gb":1e999}}'), 'measurements[0].measure.gb'],
  ['half a character in the uid', { ...good, uid: '\ud800' }, 'measurements[0].uid'],
  ['U+0000 in the uid', { ...good, uid: 'a\u0000' }, 'measurements[0].uid'],
  ['half a character in a code', { ...good, account: 'a\ud800' }, 'measurements[0].account'],
  ['half a character in a text', { ...good, what: { x: '\udfff' } }, 'measurements[0].what.x'],
]

describe('stage 1', () => {
  test.each([...shapes, ...rules])('%s', (_name, item, field) => {
    const whole =
      typeof item === 'object' ? { ...good, ...(item as Record<string, unknown>) } : item

    expect(fieldsRefused({ measurements: [whole] })).toEqual(field === null ? [] : [field])
  })

  test.each(shapes)('the schema of the contract agrees: %s', (_name, item, field) => {
    const body = JSON.parse(JSON.stringify({ measurements: [item] }))

    expect(Schema.Check(measurementSubmission, body)).toBe(field === null)
  })

  test.each([
    ['no measurements', {}],
    ['an empty list', { measurements: [] }],
    ['1001 measurements', { measurements: Array.from({ length: 1001 }, () => good) }],
    ['a list instead of an object', [good]],
    ['nothing', undefined],
  ])('%s is refused as a whole', (_name, body) => {
    expect(fieldsRefused(body)).toEqual(['measurements'])
    expect(Schema.Check(measurementSubmission, body)).toBe(false)
  })

  test('all problems are reported at once, each with its position', () => {
    const body = { measurements: [good, { ...good, ts: 'x', uid: 1 }, { ...good, meter: '' }] }

    expect(fieldsRefused(body)).toEqual([
      'measurements[1].uid',
      'measurements[1].ts',
      'measurements[2].meter',
    ])
  })

  test('the message names the position and says what to do', () => {
    expect(() => checkSubmission({ measurements: [{ ...good, ts: undefined }] }, NOW)).toThrow(
      'measurements[0].ts: is missing. Write it in ISO-8601 with a zone',
    )
  })

  test('a number of 20 digits that JSON rounds up to the limit is told to come as text', () => {
    const sent = '{"gb":99999999999999999999}'
    const asText = { gb: '99999999999999999999' }

    expect(() =>
      checkSubmission({ measurements: [{ ...good, measure: JSON.parse(sent) }] }, NOW),
    ).toThrow('JSON numbers keep 17 digits. Send a long number as text')
    expect(fieldsRefused({ measurements: [{ ...good, measure: asText }] })).toEqual([])
  })

  test.each([1e-19, '0.1234567890123456789'])(
    '%s has digits that cannot be kept, and the message says of which field',
    (gb) => {
      expect(() => checkSubmission({ measurements: [{ ...good, measure: { gb } }] }, NOW)).toThrow(
        'measurements[0].measure.gb: has digits after the 18th decimal place, which cannot be kept. Round it, or measure in a smaller unit.',
      )
    },
  )

  test('a measurement that passes has its times read and the rest untouched', () => {
    const item = { ...good, ets: '2024-06-01T01:00:00Z', measure: { gb: 1 } }

    expect(checkSubmission({ measurements: [item] }, NOW)).toEqual([
      {
        uid: 'u',
        meter: 'm',
        account: 'a',
        ts: Date.UTC(2024, 5, 1),
        ets: Date.UTC(2024, 5, 1, 1),
        source: item,
      },
    ])
  })
})

function fieldsRefused(body: unknown): string[] {
  try {
    checkSubmission(body, NOW)
    return []
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return (error.errors ?? []).map(({ field }) => field)
  }
}
