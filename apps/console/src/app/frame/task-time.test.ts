import { describe, expect, it } from 'vitest'
import { elapsedText, remainingText } from './task-time.ts'

const START = '2026-10-03T14:00:00.000Z'
const after = (seconds: number) => Date.parse(START) + seconds * 1000

describe('the time of a task', () => {
  it.each([
    ['2026-10-03T14:00:00.200Z', '1 s'],
    ['2026-10-03T14:00:42.000Z', '42 s'],
    ['2026-10-03T14:05:10.000Z', '5 min'],
    ['2026-10-03T17:00:00.000Z', '3 h'],
  ])('that ended at %s is %s', (dtFinished, text) => {
    expect(elapsedText({ dtCreated: START, dtFinished, done: 1, total: 1 })).toBe(text)
  })

  it.each([
    [25, 10, 'about 30 s left'],
    [50, 300, 'about 5 min left'],
    [2, 10, ''],
    [100, 10, ''],
  ])('with %s of 100 done after %s seconds is "%s"', (done, seconds, text) => {
    expect(remainingText({ dtCreated: START, done, total: 100 }, after(seconds))).toBe(text)
  })

  it('is not guessed where the whole is unknown', () => {
    expect(remainingText({ dtCreated: START, done: 5 }, after(10))).toBe('')
  })
})
