import { expect, test } from 'vitest'
import { accountSearch } from './search.ts'

const nothing = { filters: {}, text: '', sort: null }

test('without anything asked all accounts are listed, newest first', () => {
  expect(accountSearch(nothing, 'UTC')).toEqual({ expression: '', query: {} })
})

test('words, filters and an expression of one’s own must hold together', () => {
  const asked = {
    filters: { expression: 'name~A$code:b', currency: 'EUR', purchaseOrderNumber: 'PO-1' },
    text: ' nim  rob ',
    sort: { key: 'name', descending: true },
  }

  expect(accountSearch(asked, 'UTC').query).toEqual({
    searchQuery: 'name~A$code:b$words~nim$words~rob$billingCurrency:EUR$purchaseOrderNumber~PO-1',
    sortBy: 'name',
    sortOrder: 'DESC',
  })
})

test('days are whole days of the organization, the last one included', () => {
  const filters = { createdFrom: '2024-03-31', createdTo: '2024-03-31' }

  expect(accountSearch({ ...nothing, filters }, 'Europe/Berlin').expression).toBe(
    'dtCreated>=2024-03-30T23:00:00Z$dtCreated<2024-03-31T22:00:00Z',
  )
})

test('the sign that joins terms never breaks one', () => {
  const asked = { ...nothing, filters: { purchaseOrderNumber: 'A$B' }, text: 'x$y' }

  expect(accountSearch(asked, 'UTC').expression).toBe('words~x$words~y$purchaseOrderNumber~A')
})

test('only what the server sorts by is asked to be sorted', () => {
  const asked = { ...nothing, sort: { key: 'email', descending: false } }

  expect(accountSearch(asked, 'UTC').query).toEqual({})
})
