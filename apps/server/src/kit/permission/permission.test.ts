import { describe, expect, test } from 'vitest'
import { allows, visibility } from './evaluate.ts'
import { managedPolicy } from './managed-policies.ts'
import { normalizeStatement, type Statement, statementProblems } from './statement.ts'

const statement = (effect: string, action: string[], resource: string[]): Statement =>
  normalizeStatement({ effect, action, resource })

const readPlans = { action: 'config:retrieve', resource: 'config:plan' }
const everything = statement('allow', ['*'], ['*'])

type Case = [name: string, statements: Statement[], itemId: string | undefined, allowed: boolean]

const cases: Case[] = [
  ['nothing is allowed without a statement', [], undefined, false],
  ['everything on everything', [everything], undefined, true],
  ['the type', [statement('allow', ['config:retrieve'], ['config:plan/*'])], undefined, true],
  [
    'the type without a tail',
    [statement('allow', ['config:retrieve'], ['config:plan'])],
    'a',
    true,
  ],
  [
    'the type in another case',
    [statement('allow', ['config:retrieve'], ['CONFIG:PLAN/*'])],
    'a',
    true,
  ],
  ['another type', [statement('allow', ['config:retrieve'], ['config:meter/*'])], undefined, false],
  ['another action', [statement('allow', ['config:update'], ['config:plan/*'])], undefined, false],
  ['the whole service', [statement('allow', ['config:retrieve'], ['config:*'])], 'a', true],
  ['another service', [statement('allow', ['*'], ['analytics:*'])], 'a', false],
  ['all items', [statement('allow', ['*'], ['config:plan/item/*'])], 'a', true],
  ['the item', [statement('allow', ['*'], ['config:plan/item/a'])], 'a', true],
  ['another item', [statement('allow', ['*'], ['config:plan/item/b'])], 'a', false],
  [
    'an item, when all are asked for',
    [statement('allow', ['*'], ['config:plan/item/a'])],
    undefined,
    false,
  ],
  [
    'a deny wins, whatever the order',
    [statement('deny', ['*'], ['config:plan/*']), everything],
    'a',
    false,
  ],
  [
    'a deny of the item wins',
    [everything, statement('deny', ['*'], ['config:plan/item/a'])],
    'a',
    false,
  ],
  [
    'a deny of another item does not',
    [everything, statement('deny', ['*'], ['config:plan/item/b'])],
    'a',
    true,
  ],
  [
    'a deny of another action does not',
    [everything, statement('deny', ['config:delete'], ['*'])],
    'a',
    true,
  ],
]

describe('permission statements', () => {
  test.each(cases)('%s', (_name, statements, itemId, allowed) => {
    expect(allows(statements, readPlans, itemId)).toBe(allowed)
  })

  test('both spellings mean the same and are answered in one', () => {
    const sent = {
      effect: 'ALLOW',
      action: ['CONFIG_CREATE', 'ALL', 'MARKETPLACE_USAGE_RETRIEVE'],
      resource: ['billing:BILL', 'config:orgUser/*'],
    }

    expect(statementProblems([sent], 'permissionPolicy')).toEqual([])
    expect(normalizeStatement(sent)).toEqual({
      effect: 'allow',
      action: ['config:create', '*', 'marketplaceusage:retrieve'],
      resource: ['config:bill/*', 'config:user/*'],
    })
  })

  test('every wrong word is reported with its place', () => {
    const sent = {
      effect: 'maybe',
      action: ['config:invent'],
      resource: ['config:dragon/*', 'config:plan/sub', 'config:plan/group/1'],
    }

    expect(statementProblems([sent], 'permissionPolicy').map(({ field }) => field)).toEqual([
      'permissionPolicy[0].effect',
      'permissionPolicy[0].action[0]',
      'permissionPolicy[0].resource[0]',
      'permissionPolicy[0].resource[1]',
      'permissionPolicy[0].resource[2]',
    ])
  })
})

describe('what a list may show', () => {
  const one = statement('allow', ['config:retrieve'], ['config:plan/item/a', 'config:plan/item/b'])

  test.each([
    ['everything', [everything], { only: null, except: [] }],
    [
      'all but the denied',
      [everything, statement('deny', ['*'], ['config:plan/item/a'])],
      { only: null, except: ['a'] },
    ],
    ['only the named', [one], { only: ['a', 'b'], except: [] }],
    [
      'the named but the denied',
      [one, statement('deny', ['*'], ['config:plan/item/a'])],
      { only: ['b'], except: [] },
    ],
    ['nothing when the type is denied', [one, statement('deny', ['*'], ['config:plan/*'])], null],
    [
      'nothing when no statement touches the type',
      [statement('allow', ['*'], ['config:meter/*'])],
      null,
    ],
  ])('%s', (_name, statements, expected) => {
    expect(visibility(statements, readPlans)).toEqual(expected)
  })
})

describe('managed policies', () => {
  test.each([
    ['ADMINISTRATOR', 'config:delete', 'config:user', true],
    ['READ_ONLY', 'config:retrieve', 'config:bill', true],
    ['READ_ONLY', 'config:create', 'config:bill', false],
    ['READ_ONLY', 'measurements:upload', 'measurements:measurement', false],
    ['INGEST', 'measurements:upload', 'measurements:measurement', true],
    ['INGEST', 'config:retrieve', 'config:product', false],
    ['BILLING_OPERATOR', 'config:update', 'config:bill', true],
    ['BILLING_OPERATOR', 'config:update', 'config:pricing', false],
    ['BILLING_OPERATOR', 'config:retrieve', 'config:pricing', true],
    ['PRICING_MANAGER', 'config:create', 'config:pricing', true],
    ['PRICING_MANAGER', 'config:update', 'config:bill', false],
    ['SUPPORT', 'config:update', 'config:event', true],
    ['SUPPORT', 'config:update', 'config:account', false],
  ])('%s: %s on %s is %s', (key, action, resource, allowed) => {
    expect(allows(managedPolicy(key).statements, { action, resource })).toBe(allowed)
  })
})
