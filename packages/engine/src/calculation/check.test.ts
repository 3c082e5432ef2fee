import { describe, expect, it } from 'vitest'
import { checkText } from './check.ts'
import { completions } from './completions.ts'
import type { Scope } from './scope.ts'
import { kindName, NULL, NUMBER, STRING, TIMESTAMP } from './types.ts'

const scope: Scope = {
  names: [
    { path: ['gigabytes'], kind: 'field', kinds: NUMBER, help: 'Stored' },
    { path: ['country'], kind: 'field', kinds: STRING, help: 'Country' },
    {
      path: ['timestamp', 'ts'],
      alternatives: [['ts']],
      kind: 'system',
      kinds: TIMESTAMP,
      help: 'When it happened',
    },
    { path: ['account', 'rate'], kind: 'custom-field', kinds: NUMBER | STRING, help: 'Rate' },
    { path: ['aggregation', 'calls'], kind: 'aggregation', kinds: NUMBER | NULL, help: 'Calls' },
    { path: ['new'], kind: 'field', kinds: NULL, help: 'Anything below', isOpen: true },
  ],
  refused: [{ path: ['derived'], why: 'A derived field cannot be read here.' }],
  advice: 'Use a field.',
  tables: [{ code: 'rates', fields: { country: 'STRING', rate: 'NUMBER' }, keys: ['country'] }],
  result: null,
}

describe('checking a calculation', () => {
  it.each([
    'gigabytes * account.rate',
    'country + "-" + gigabytes',
    'aggregation.calls * 2',
    'null + 1',
    'gigabytes == country',
    'isnull(aggregation.calls, 0) > 5 ? 1 : 2',
    'DateTime.format(ts, "yyyy-MM", "Europe/Berlin")',
    'timestamp.ts - ts > 1000',
    'ts + gigabytes > ts',
    'Lookup.findNumber("rates", "rate", 1, "country") * gigabytes',
    'Lookup.exists("rates", country)',
    'new.any.thing > 5',
    'IN(country, "UK", "US")',
    '(number)country * 2',
    'Math.PI * 2',
  ])('finds nothing wrong with %s', (text) => {
    expect(checkText(text, scope).problems).toEqual([])
  })

  it.each([
    ['gigabites * 2', 1, '"gigabites" is not known here. Did you mean gigabytes?'],
    ['nothing_like_it', 1, '"nothing_like_it" is not known here. Use a field.'],
    ['1 + derived', 5, 'A derived field cannot be read here.'],
    ['Math.rond(2)', 1, 'There is no function Math.rond. Did you mean Math.round?'],
    ['Math.pow(2)', 1, 'Math.pow has 1 argument here. It is written Math.pow(base, exponent).'],
    ['Math.max(2)', 1, 'Math.max has 1 argument here. It is written Math.max(first, second, …).'],
    [
      'Math.round(1, 2, 3)',
      1,
      'Math.round has 3 arguments here. It is written Math.round(number, [places]).',
    ],
    ['"a" * 2', 1, '"*" cannot join text and a number.'],
    ['country - 1', 1, '"-" cannot join text and a number.'],
    ['-country', 2, '"-" needs a number, and this is text.'],
    ['gigabytes > country', 1, '">" cannot compare a number and text.'],
    ['aggregation.calls > "a"', 1, '">" cannot compare a number and text.'],
    ['true < false', 1, '"<" cannot compare true or false and true or false.'],
    [
      'gigabytes AND true',
      1,
      'A condition must be true or false, and this is a number. Compare it with something.',
    ],
    [
      'country ? 1 : 2',
      1,
      'A condition must be true or false, and this is text. Compare it with something.',
    ],
    ['Math.abs(country)', 10, 'Math.abs needs a number as number, and this is text.'],
    ['gigabytes / 0', 13, 'A number cannot be divided by zero.'],
    [
      'DateTime.day(ts, "Mars")',
      18,
      '"Mars" is not a known time zone. Use a name such as Europe/Berlin or an offset such as UTC+1:00.',
    ],
    [
      'Lookup.exists("rate", country)',
      15,
      'There is no lookup table "rate". Did you mean "rates"?',
    ],
    ['Lookup.exists("rates", 1, 2)', 1, 'The lookup table "rates" has 1 keys (country), not 2.'],
    [
      'Lookup.findString("rates", "rate", "", country)',
      28,
      '"rate" holds numbers. Use Lookup.findNumber.',
    ],
    [
      'Lookup.findNumber("rates", "price", 1, country)',
      28,
      'The lookup table "rates" has no field "price".',
    ],
    ['1 +', 4, 'The calculation ends too early. A value is missing.'],
  ])('%s: at column %i, %s', (text, column, message) => {
    expect(checkText(text, scope).problems).toMatchObject([{ column, message }])
  })

  it('reports everything at once, in the order of the text', () => {
    const { problems } = checkText('gigabites +\n  Math.pow(country) + "a" * 2', scope)

    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [1, 1],
      [2, 3],
      [2, 12],
      [2, 23],
    ])
  })

  it('refuses lookups where they have no place, and knows no table where there are none', () => {
    const text = 'Lookup.exists("rates", country)'

    expect(checkText(text, { ...scope, tables: null }).problems[0]?.message).toBe(
      'Lookup.exists cannot be used here.',
    )
    expect(checkText(text, { ...scope, tables: [] }).problems[0]?.message).toBe(
      'There is no lookup table "rates".',
    )
  })

  it.each([
    ['gigabytes * 2', 'number'],
    ['"a" + 1', 'string'],
    ['gigabytes > 2', 'boolean'],
    ['ts', 'timestamp'],
    ['ts - ts', 'number'],
    ['account.rate', 'any'],
    ['gigabytes > 1 ? "large" : "small"', 'string'],
    ['isnull(aggregation.calls, 0)', 'number'],
    ['null', 'null'],
  ])('sees that %s is of type %s', (text, kind) => {
    expect(kindName(checkText(text, scope).kinds)).toBe(kind)
  })

  it('refuses a result that does not fit the place', () => {
    const numeric = { ...scope, result: { kinds: NUMBER, why: 'A number is needed.' } }

    expect(checkText('country', numeric).problems[0]?.message).toBe('A number is needed.')
    expect(checkText('null', numeric).problems).toEqual([])
    expect(checkText('account.rate', numeric).problems).toEqual([])
  })

  it('checks sums of 1000 operators', () => {
    expect(checkText(`1${'+1'.repeat(1000)}`, scope).problems).toEqual([])
  })
})

describe('completions', () => {
  it('offers names, functions, constants and casts with a line of help each', () => {
    const offered = completions(scope)

    expect(offered.every(({ help, signature }) => help !== '' && signature !== '')).toBe(true)
    expect(offered.map(({ signature }) => signature)).toEqual(
      expect.arrayContaining([
        'gigabytes',
        'aggregation.calls',
        'Math.round(number, [places])',
        'Lookup.exists(table, key, …)',
        'Math.PI',
        '(string)value',
      ]),
    )
  })

  it('leaves lookups out where they have no place', () => {
    expect(completions({ ...scope, tables: null }).map(({ text }) => text)).not.toContain(
      'Lookup.exists(',
    )
  })
})
