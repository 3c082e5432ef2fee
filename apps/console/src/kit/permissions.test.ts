import { expect, test } from 'vitest'
import { mayWith } from './permissions.ts'

const everything = { effect: 'allow', action: ['*'], resource: ['*'] }
const readsAll = { effect: 'allow', action: ['config:retrieve'], resource: ['*'] }
const noBills = { effect: 'deny', action: ['config:delete'], resource: ['config:bill/*'] }
const oneMeter = { effect: 'allow', action: ['config:update'], resource: ['config:meter/item/1'] }

test.each([
  ['an administrator does everything', [everything], 'config:create', 'config:meter', true],
  ['nobody does anything without a statement', [], 'config:retrieve', 'config:meter', false],
  ['a reader reads', [readsAll], 'config:retrieve', 'config:account', true],
  ['a reader does not write', [readsAll], 'config:update', 'config:account', false],
  ['a deny wins', [everything, noBills], 'config:delete', 'config:bill', false],
  [
    'a deny of one type leaves the others',
    [everything, noBills],
    'config:delete',
    'config:meter',
    true,
  ],
  ['a right to one item opens the door', [oneMeter], 'config:update', 'config:meter', true],
])('%s', (_sentence, statements, action, resource, may) => {
  expect(mayWith(statements)(action, resource)).toBe(may)
})
