import { expect, test } from 'vitest'
import { StoreFullError } from '../../../kit/errors.ts'
import { createLog } from '../../../kit/log.ts'
import { type InsertOptions, insertForSure, UnknownOutcomeError } from './insert-for-sure.ts'

const lost = new Error('socket hang up')
const refused = Object.assign(new Error('no such table'), { code: '60', type: 'UNKNOWN_TABLE' })
const elsewhere = new Error('another process sits there')

/** What each attempt meets, one after another; null is success. Gives the tokens that were sent. */
async function attempt(met: (Error | null)[], options: Partial<InsertOptions> = {}) {
  const tokens: string[] = []
  const left = [...met]
  const outcome = await insertForSure(
    async (token) => {
      tokens.push(token)
      const error = left.shift()
      if (error) throw error
    },
    {
      maySend: async () => undefined,
      isClosing: () => false,
      log: createLog('silent'),
      ...options,
    },
  ).then(
    () => 'stored',
    (error: unknown) => error,
  )
  return { outcome, tokens }
}

test('an insert of unknown outcome is repeated under its token', async () => {
  const { outcome, tokens } = await attempt([lost, null])

  expect(outcome).toBe('stored')
  expect(tokens).toHaveLength(2)
  expect(new Set(tokens).size).toBe(1)
})

test.each([
  ['the store', refused],
  ['a full disk', new StoreFullError(null)],
])('a clear refusal of %s is told at once', async (_whose, error) => {
  expect(await attempt([error])).toMatchObject({ outcome: error, tokens: [expect.any(String)] })
})

test('after an unknown outcome a refusal says nothing about the rows that may be there', async () => {
  const { outcome } = await attempt([lost, refused, null])

  expect(outcome).toBe('stored')
})

test.each<[string, Partial<InsertOptions>]>([
  ['the process stops', { isClosing: () => true }],
  ['it has taken too long', { patienceMs: -1 }],
])('an unknown outcome is told as such when %s', async (_when, options) => {
  const { outcome, tokens } = await attempt([lost], options)

  expect(outcome).toBeInstanceOf(UnknownOutcomeError)
  expect(tokens).toHaveLength(1)
})

test('nothing is sent once another process may take measurements', async () => {
  const maySend = () => Promise.reject(elsewhere)

  expect(await attempt([], { maySend })).toEqual({ outcome: elsewhere, tokens: [] })
})

test('nothing is repeated once another process may take measurements', async () => {
  const asked = [true, false]
  const maySend = async () => {
    if (!asked.shift()) throw elsewhere
  }

  const { outcome, tokens } = await attempt([lost, null], { maySend })

  expect(outcome).toBeInstanceOf(UnknownOutcomeError)
  expect(tokens).toHaveLength(1)
})
