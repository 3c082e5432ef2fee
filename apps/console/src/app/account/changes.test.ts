import { account } from '@countinghouse/contract/accounts/account.ts'
import { expect, test } from 'vitest'
import { changesOf } from './changes.ts'

const before = {
  name: 'Nimbus',
  code: 'nimbus',
  emailAddress: 'old@nimbus.example',
  address: { locality: 'Hamburg', country: 'Germany' },
  customFields: { region: 'north', seats: 12 },
  version: 1,
}

const told = (after: object) =>
  changesOf(account.body, before, { ...before, ...after }).map(({ label, ...change }) => [
    label,
    change.before,
    change.after,
  ])

test('nothing is told of what stayed, nor of versions', () => {
  expect(told({ version: 2 })).toEqual([])
})

test('fields have the labels of their form, in its order', () => {
  expect(told({ currency: 'EUR', emailAddress: 'new@nimbus.example' })).toEqual([
    ['E-mail address', 'old@nimbus.example', 'new@nimbus.example'],
    ['Billing currency', undefined, 'EUR'],
  ])
})

test('inside an address and custom fields each is told for itself', () => {
  expect(
    told({ address: { locality: 'Bremen', country: 'Germany' }, customFields: { seats: 20 } }),
  ).toEqual([
    ['Town', 'Hamburg', 'Bremen'],
    ['region', 'north', undefined],
    ['seats', 12, 20],
  ])
})

test('an address that goes as a whole is told line by line', () => {
  expect(told({ address: undefined })).toEqual([
    ['Town', 'Hamburg', undefined],
    ['Country', 'Germany', undefined],
  ])
})
