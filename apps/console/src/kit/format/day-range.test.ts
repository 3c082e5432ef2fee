import { expect, it } from 'vitest'
import { dayRange } from './day-range.ts'

it.each([
  ['1 Oct 2026', '31 Oct 2026', '1–31 Oct 2026'],
  ['15 Oct 2026', '14 Nov 2026', '15 Oct – 14 Nov 2026'],
  ['15 Dec 2026', '14 Jan 2027', '15 Dec 2026 – 14 Jan 2027'],
  ['1 Oct 2026', '1 Oct 2026', '1 Oct 2026'],
  ['1 Oct 2026', '1 Oct 2027', '1 Oct 2026 – 1 Oct 2027'],
])('writes %s to %s as %s', (first, last, written) => {
  expect(dayRange(first, last)).toBe(written)
})
