import { expect, test } from 'vitest'
import { alikeOf, everythingFrom, type Held, kinds, standingOf } from './effective.ts'

const admin = allow('Administrator', '*', '*')
const reader = allow('ReadOnly', 'config:retrieve', '*')
const oneMeter = allow('Keeper', 'config:update', 'config:meter/item/1')
const noBills: Held = { ...allow('No bills', '*', 'config:bill/*'), effect: 'deny' }
const notThisMeter: Held = {
  ...allow('Secret', 'config:retrieve', 'config:meter/item/2'),
  effect: 'deny',
}

test.each([
  ['allowed, by the policy that says so', [reader], 'Meters', 'see', 'allowed', ['ReadOnly']],
  ['closed where nothing is said', [reader], 'Meters', 'delete', 'closed', []],
  ['denied, by the policy that says so', [admin, noBills], 'Bills', 'see', 'denied', ['No bills']],
  [
    'allowed beside what is denied',
    [admin, noBills],
    'Meters',
    'see',
    'allowed',
    ['Administrator'],
  ],
  ['in part, where it is about single items', [oneMeter], 'Meters', 'change', 'partly', ['Keeper']],
  [
    'in part, where single items are denied',
    [reader, notThisMeter],
    'Meters',
    'see',
    'partly',
    ['ReadOnly', 'Secret'],
  ],
] as const)('an act is %s', (_sentence, held, title, act, is, from) => {
  expect(standingOf([...held], kindOf(title), act)).toEqual({ is, from })
})

test('an act that does not exist stands nowhere', () => {
  expect(standingOf([admin], kindOf('Usage queries'), 'delete')).toBeNull()
})

test('what is alike is told once', () => {
  const [configured, ...others] = alikeOf([reader])
  expect(configured?.titles.slice(0, 2)).toEqual(['Products', 'Meters'])
  expect(configured?.standings.see).toEqual({ is: 'allowed', from: ['ReadOnly'] })
  expect(others.flatMap(({ titles }) => titles)).toContain('Measurements')
  expect(others.length).toBeLessThan(6)
})

test('everything is allowed by who allows it, unless something is denied', () => {
  expect(everythingFrom([reader, admin])).toEqual(['Administrator'])
  expect(everythingFrom([reader])).toEqual([])
  expect(everythingFrom([admin, noBills])).toEqual([])
})

function allow(from: string, action: string, resource: string): Held {
  return { from, effect: 'allow', action: [action], resource: [resource] }
}

function kindOf(title: string) {
  const kind = kinds.find((each) => each.title === title)
  if (!kind) throw new Error(`there is no ${title}`)
  return kind
}
