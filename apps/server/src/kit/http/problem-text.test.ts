import { decimal, namedValues, oneOf } from '@countinghouse/contract/kit/schema.ts'
import Type from 'typebox'
import { expect, it } from 'vitest'
import { check } from './validation.ts'

const schema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 5 }),
  kind: Type.Optional(oneOf(['A', 'B'])),
  price: Type.Optional(decimal({ minimum: 0 })),
  at: Type.Optional(Type.String({ format: 'date-time' })),
  id: Type.Optional(Type.String({ format: 'uuid' })),
  day: Type.Optional(Type.String({ format: 'date' })),
  fields: Type.Optional(
    Type.Array(Type.Object({ code: Type.String({ pattern: '^[a-z]+$' }) }), { maxItems: 2 }),
  ),
  value: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  own: Type.Optional(namedValues(3, {})),
})

it.each([
  ['a missing field', {}, 'name', 'is required.'],
  ['an empty text', { name: '' }, 'name', 'must not be empty.'],
  ['a long text', { name: 'abcdef' }, 'name', 'must have at most 5 characters.'],
  ['another kind of value', { name: 7 }, 'name', 'must be text, not 7.'],
  ['null', { name: null }, 'name', 'must be text, not null.'],
  ['an unknown choice', { name: 'a', kind: 'C' }, 'kind', 'must be one of A, B.'],
  ['a text for a number', { name: 'a', price: '1' }, 'price', 'must be a number, not text.'],
  ['a number below', { name: 'a', price: -1 }, 'price', 'must be 0 or more.'],
  ['an instant without zone', { name: 'a', at: '2024-06-01T00:00:00' }, 'at', 'zone'],
  ['a day that is none', { name: 'a', day: '2024-02-30' }, 'day', 'such as 2024-06-01'],
  ['an id that is none', { name: 'a', id: 'x' }, 'id', 'UUID'],
  [
    'an inner field',
    { name: 'a', fields: [{ code: 'a' }, { code: '1' }] },
    'fields[1].code',
    'characters',
  ],
  ['a missing inner field', { name: 'a', fields: [{}] }, 'fields[0].code', 'is required.'],
  [
    'too many entries',
    { name: 'a', fields: [{ code: 'a' }, { code: 'b' }, { code: 'c' }] },
    'fields',
    'at most 2 entries',
  ],
  ['a value without a name', { name: 'a', own: { '': 1 } }, 'own', 'and one has 0.'],
  ['a name that is too long', { name: 'a', own: { ['😀'.repeat(257)]: 1 } }, 'own', 'one has 257.'],
  ['a value of a name of two lines', { name: 'a', own: { 'b\nc': {} } }, 'own.b\nc', 'shapes'],
  ['none of several shapes', { name: 'a', value: true }, 'value', 'none of the shapes'],
])('tells of %s', (_name, value, field, message) => {
  const problems = check(schema, value)

  expect(problems).toEqual([{ field, message: expect.stringContaining(message) }])
})

it('lets any name of up to 256 characters pass', () => {
  const own = { [' ']: 1, 'two\nlines': 'x', ['😀'.repeat(256)]: 2 }

  expect(check(schema, { name: 'a', own })).toEqual([])
})

it('lets unknown fields pass', () => {
  expect(check(schema, { name: 'a', color: 'red' })).toEqual([])
})
