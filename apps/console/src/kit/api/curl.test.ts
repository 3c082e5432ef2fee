import { expect, test } from 'vitest'
import { curlOf } from './curl.ts'

test('a list is a plain call with its filters', () => {
  const call = { path: '/bills', query: { status: 'PENDING', ids: ['a', 'b'], accountId: null } }

  expect(curlOf(call, 'http://here/organizations/o')).toBe(
    `curl 'http://here/organizations/o/bills?status=PENDING&ids=a%2Cb' \\\n  -H "Authorization: Bearer $TOKEN"`,
  )
})

test('a body stays whole inside the quotes of a shell', () => {
  const call = { method: 'POST' as const, path: '/products', body: `{"name":"Owner's"}` }

  expect(curlOf(call, 'http://here')).toContain(`-X POST 'http://here/products'`)
  expect(curlOf(call, 'http://here')).toContain(`-d '{"name":"Owner'\\''s"}'`)
})
