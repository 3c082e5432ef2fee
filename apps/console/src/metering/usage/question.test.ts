import { expect, test } from 'vitest'
import { firstQuestion, fromAddress, type Question, toAddress } from './question.ts'

const asked: Question = {
  ...firstQuestion,
  timePeriod: 'LAST_7_DAYS',
  aggregations: [{ meterId: 'm', fieldCode: 'tokens', function: 'SUM' }],
  byAccount: true,
}

test('a link asks the same question, and carries only what differs', () => {
  expect(fromAddress(toAddress(asked))).toEqual(asked)
  expect(toAddress(firstQuestion)).toBe('{}')
  expect(toAddress(asked)).not.toContain('limit')
})

test.each([undefined, '', 'no json', '12', '{"accountIds":"all"}'])(
  'an address with %j breaks nothing',
  (text) => {
    expect(fromAddress(text)?.accountIds ?? []).toEqual([])
  },
)
