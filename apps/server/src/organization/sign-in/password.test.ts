import { describe, expect, test } from 'vitest'
import { TooManyRequestsError } from '../../kit/errors.ts'
import { passwordProblems } from './password.ts'
import { createThrottle } from './throttle.ts'

describe('a password', () => {
  test.each([
    ['three herons over water', true],
    ['kV7#pq-Tz2!mW', true],
    ['long enough sentence', true],
    ['elevenchars', false],
    ['x'.repeat(129), false],
    ['password1234', false],
    ['Password!2024', false],
    ['aaaaaaaaaaaaaaaa', false],
    ['123456789012345', false],
    ['qwertyuiop123', false],
    ['welcome-welcome-1', false],
    ['ada.byron is my name', false],
  ])('%s is good enough: %s', (password, isGood) => {
    const problems = passwordProblems(password, 'ada.byron@example.com', 'password')

    expect(problems.length === 0).toBe(isGood)
  })
})

describe('guessing', () => {
  test('costs more with every failure after the tenth, and is forgiven after a while', () => {
    let now = 0
    const throttle = createThrottle(() => now)
    const waitOf = () => {
      try {
        throttle.check('ada@example.com', '10.0.0.1')
        return 0
      } catch (error) {
        return error instanceof TooManyRequestsError ? error.retryAfterSeconds : Number.NaN
      }
    }
    for (let count = 0; count < 9; count += 1) throttle.fail('ada@example.com', '10.0.0.1')
    const waits = [waitOf()]
    throttle.fail('Ada@example.com', '10.0.0.1')
    waits.push(waitOf())
    throttle.fail('ada@example.com', '10.0.0.1')
    waits.push(waitOf())
    now += 15 * 60_000 + 1

    expect(waits).toEqual([0, 2, 4])
    expect(waitOf()).toBe(0)
  })

  test('of one caller does not slow down another', () => {
    const throttle = createThrottle(() => 0)
    for (let count = 0; count < 20; count += 1) throttle.fail('ada@example.com', '10.0.0.1')

    expect(() => throttle.check('ada@example.com', '10.0.0.2')).not.toThrow()
    expect(() => throttle.check('bob@example.com', '10.0.0.1')).not.toThrow()
  })
})
