import { expect, test } from 'vitest'
import { submissionSamples } from './sample.ts'

const url = 'https://billing.example/organizations/4f1c/measurements'
const meter = {
  code: 'a\\b',
  dataFields: [{ category: 'MEASURE' as const, code: 'count', unit: '1' }],
}
const samples = submissionSamples(url, meter, new Date('2026-11-23T05:00:00Z'))
const programs = samples.filter(({ label }) => label !== 'JSON')

test.each(programs)('the sample in $label gets a token before it sends', ({ code }) => {
  const tokenAt = code.indexOf('https://billing.example/oauth/token')

  expect(tokenAt).toBeGreaterThan(-1)
  expect(code.indexOf(url)).toBeGreaterThan(tokenAt)
})

test('the sample in Java keeps a backslash of a code', () => {
  const java = samples.find(({ label }) => label === 'Java')

  // The code a\b: escaped once for JSON, and once more for the text of Java.
  expect(java?.code).toContain(String.raw`"meter": "a\\\\b"`)
})
