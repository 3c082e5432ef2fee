import { expect, test } from 'vitest'
import { blockersOf } from './blockers.tsx'

const id = '06103d78-2118-4e7c-bd26-efbb86874285'
const other = '796f84ae-2b54-405b-bd09-961438db56f7'

test('one blocker becomes a link to its page', () => {
  expect(blockersOf({ message: `1 meter: Training runs (${id})` })).toEqual([
    { name: 'meter Training runs', path: `/metering/meters/${id}` },
  ])
})

test('several of a kind become several links', () => {
  const message = `2 plan templates: Training, monthly (${id}), Yearly (${other})`

  expect(blockersOf({ message })).toEqual([
    { name: 'plan template Training, monthly', path: `/pricing/plan-templates/${id}` },
    { name: 'plan template Yearly', path: `/pricing/plan-templates/${other}` },
  ])
})

test('what cannot be read stays a sentence', () => {
  expect(blockersOf({ message: 'Bills refer to it.' })).toEqual([
    { name: 'Bills refer to it.', path: null },
  ])
})
