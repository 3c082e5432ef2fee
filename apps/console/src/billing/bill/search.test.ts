import { expect, test } from 'vitest'
import { billSearch } from './search.ts'

const nothing = { filters: {}, text: '', sort: null }

test('without filters, words and order it asks for all bills, newest first', () => {
  expect(billSearch(nothing)).toEqual({ excludeLineItems: 'true' })
})

test('filters and typed words must all hold, with the last day of invoicing among them', () => {
  const filters = { status: 'PENDING', invoicedTo: '2026-10-31', unknown: 'x' }

  expect(billSearch({ ...nothing, filters, text: ' nim  INV-12 ' })).toMatchObject({
    searchQuery: 'status:PENDING$externalInvoiceDate<=2026-10-31$words~nim$words~INV-12',
  })
})

test('a dollar, which parts terms, is no part of one', () => {
  expect(billSearch({ ...nothing, text: 'a$locked:true' })).toMatchObject({
    searchQuery: 'words~a$words~locked:true',
  })
})

test('the order is left to the server, and a column it does not know is passed over', () => {
  const sort = { key: 'billTotal', descending: true }

  expect(billSearch({ ...nothing, sort })).toMatchObject({ sortBy: 'billTotal', sortOrder: 'DESC' })
  expect(billSearch({ ...nothing, sort: { key: 'total', descending: true } })).not.toHaveProperty(
    'sortBy',
  )
})
