import { expect, test } from 'vitest'
import { byUrgency, endsWords, isOpen, outcomeOf, sentence } from './outcome.ts'

const ended = (accountId: string, updated: object, failed: object, refusal?: string) => ({
  ...{ accountId, updatedEntities: updated, failedEntities: failed },
  ...(refusal === undefined ? {} : { refusal }),
})

const all = [
  ended('nothing', {}, {}),
  ended('some', { ACCOUNTPLAN: ['a', 'b'], PRICINGS: ['p'] }, {}),
  ended('later', { ACCOUNTPLAN: ['c'] }, { ACCOUNTPLAN: ['d'], PRICINGS: ['q'] }),
  ended('refused', {}, {}, 'Two plans overlap.'),
]

test('plans and prices that end are summed over the accounts', () => {
  expect(outcomeOf(all)).toEqual({ plans: 3, prices: 1, accounts: 2 })
})

test('what somebody must look after comes first, what has nothing to end last', () => {
  expect(byUrgency(all).map(({ accountId }) => accountId)).toEqual([
    'refused',
    'later',
    'some',
    'nothing',
  ])
  expect(all.filter(isOpen).map(({ accountId }) => accountId)).toEqual(['later', 'refused'])
})

test('only what there is is named', () => {
  expect(endsWords({ plans: 1, prices: 0 })).toBe('1 plan')
  expect(endsWords({ plans: 2, prices: 1 })).toBe('2 plans and 1 price')
  expect(endsWords({ plans: 0, prices: 0 })).toBe('')
})

test('a sentence says how much of how many accounts ends when', () => {
  expect(sentence(all, '2024-07-01')).toBe('3 plans and 1 price of 2 accounts end on 1 Jul 2024.')
  expect(sentence(all.slice(0, 1), '2024-07-01')).toBe('Nothing ends on 1 Jul 2024.')
})
