import type { Event } from '@countinghouse/contract/metering/ingest-event.ts'
import { expect, test } from 'vitest'
import { deedsOf } from './deeds.ts'

test('a deed says what was done to what, and leads there', () => {
  const [deed] = deedsOf([event('configuration.meter.updated', { id: 'm1', name: 'Storage' })])
  expect(deed).toMatchObject({
    text: 'Changed meter',
    name: 'Storage',
    path: '/metering/meters/m1',
  })
})

test('what was deleted since leads nowhere', () => {
  const deeds = deedsOf([
    event('configuration.product.deleted', { id: 'p1', name: 'Old' }),
    event('configuration.product.created', { id: 'p1', name: 'Old' }),
  ])
  expect(deeds.map(({ text, path }) => [text, path])).toEqual([
    ['Deleted product', null],
    ['Made product', null],
  ])
})

test('the same many times in a row is told once, at the newest', () => {
  const bills = Array.from({ length: 40 }, (_, at) =>
    event('billing.bill.created', { id: `b${at}` }),
  )
  const deeds = deedsOf([...bills, event('billing.billjob.created', { id: 'j1' })])
  expect(deeds.map(({ id, text }) => [id, text])).toEqual([
    [bills[0]?.id, 'Made 40 bills'],
    [expect.any(String), 'Made bill run'],
  ])
})

let made = 0

function event(eventName: string, newDto: object): Event {
  made += 1
  return {
    id: `event-${made}`,
    eventName,
    eventTime: new Date(0).toISOString(),
    m3terEvent: { eventData: eventName.endsWith('deleted') ? { oldDto: newDto } : { newDto } },
    dtActioned: null,
  }
}
