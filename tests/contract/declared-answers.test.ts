import { operations } from '@countinghouse/contract/operations.ts'
import { expect, test } from 'vitest'
import { answerFaults } from '../support/declared-answers.ts'

const task = {
  id: '01890000-0000-7000-8000-000000000001',
  kind: 'billJob',
  title: 'Bills for June',
  status: 'RUNNING',
  done: 1,
  dtCreated: '2024-07-01T00:00:00Z',
  createdBy: 'somebody',
}

test.each<[string, object, string[]]>([
  ['that fits is let through', {}, []],
  ['that lacks a field', { title: undefined }, ['data[0].title']],
  ['with a field of another type', { done: '1' }, ['data[0].done']],
  ['with a word that is not in the list', { status: 'ASLEEP' }, ['data[0].status']],
  ['with a field that nobody declared', { secret: 'x' }, ['data[0].secret is not declared.']],
])('an answer %s', (_what, changes, faults) => {
  const listTasks = operations.find(({ id }) => id === 'listTasks')
  if (listTasks === undefined) throw new Error('there is no call listTasks any more')
  const answer = JSON.parse(JSON.stringify({ data: [{ ...task, ...changes }] }))

  const found = answerFaults(listTasks, answer)

  expect(found).toEqual(faults.map((fault) => expect.stringContaining(fault)))
})
