import { describe, expect, it } from 'vitest'
import { perUnit } from './per-unit.ts'

describe('the name of one unit', () => {
  it.each([
    ['GPU hours', 'GPU hour'],
    ['runs', 'run'],
    ['queries', 'query'],
    ['addresses', 'address'],
    ['GBs', 'GB'],
    ['GiB', 'GiB'],
    ['Gbps', 'Gbps'],
    ['status', 'status'],
    ['million tokens', 'million tokens'],
    ['1,000 requests', '1,000 requests'],
    ['', 'unit'],
  ])('of %s is %s', (unit, one) => {
    expect(perUnit(unit)).toBe(one)
  })
})
