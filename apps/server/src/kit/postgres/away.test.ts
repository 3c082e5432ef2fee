import { expect, test } from 'vitest'
import { isNeverTaken } from './away.ts'

test.each([
  ['a number that does not fit', '22003'],
  ['text that is none', '22P05'],
  ['a rule of the schema', '23514'],
  ['a limit of its own', '54000'],
])('the database never takes %s', (_what, code) => {
  expect(isNeverTaken(Object.assign(new Error('refused'), { code }))).toBe(true)
})

test.each([
  ['a deadlock', '40P01'],
  ['a full disk', '53100'],
  ['a database that is going down', '57P01'],
  ['a connection that was refused', 'ECONNREFUSED'],
  ['a ClickHouse that is going down', '236'],
  ['a ClickHouse without its keeper', '225'],
  ['a refusal of our own', 'UNAVAILABLE'],
])('%s may be taken another time', (_what, code) => {
  expect(isNeverTaken(Object.assign(new Error('refused'), { code }))).toBe(false)
})
