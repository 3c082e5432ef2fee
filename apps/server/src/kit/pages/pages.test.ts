import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { operations } from '@countinghouse/contract/operations.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataFolders } from '../../config/config.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-01T00:00:00Z' })
})
afterAll(() => server.close())

describe('the OpenAPI document', () => {
  it('has every call of the contract, under its id', async () => {
    const { body } = await server.call('GET', '/openapi.json')

    const paths = Object.values(body.paths) as Record<string, { operationId: string }>[]
    const ids = paths.flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
    expect(new Set(ids)).toEqual(new Set(operations.map(({ id }) => id)))
    expect(ids).toHaveLength(operations.length)
  })

  it('names what several calls share, and every name leads somewhere', async () => {
    const { body } = await server.call('GET', '/openapi.json')

    const text = JSON.stringify(body)
    const used = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(used.length).toBeGreaterThan(operations.length)
    expect(Object.keys(body.components.schemas)).toEqual(expect.arrayContaining([...new Set(used)]))
  })
})

describe('the API reference', () => {
  it('is a page whose scripts are files', async () => {
    const page = await server.call('GET', '/reference')

    const scripts = [...String(page.body).matchAll(/<script([^>]*)>([^<]*)/g)]
    expect(scripts.length).toBeGreaterThan(0)
    for (const [, attributes, inline] of scripts) {
      expect(inline).toBe('')
      const path = /src="([^"]+)"/.exec(attributes ?? '')?.[1] ?? ''
      const script = await server.call('GET', path)
      expect(script.status).toBe(200)
      expect(script.headers['content-type']).toContain('javascript')
    }
  })
})

describe('the documentation', () => {
  it('lists its pages, each of which opens', async () => {
    const { body } = await server.call('GET', '/docs')

    const links = new Set(
      [...String(body).matchAll(/href="(\/docs\/[\w/-]+)"/g)].map(([, path]) => path ?? ''),
    )
    expect(links.size).toBeGreaterThan(3)
    for (const path of links) {
      const page = await server.call('GET', path)
      expect(page.status).toBe(200)
      expect(page.body).toContain('<h1')
    }
  })

  it('finds the section that has the words', async () => {
    const { body } = await server.call('GET', '/docs?q=segments')

    expect(String(body)).toMatch(/href="\/docs\/guides\/aggregations#segments[\w-]*"/)
  })

  it('finds names of settings', async () => {
    const { body } = await server.call('GET', '/docs?q=CLICKHOUSE_URL')

    expect(body).toContain('/docs/operations/configuration')
  })

  it('names its pages in the order of the table of contents', async () => {
    const { body } = await server.call('GET', '/docs/guides/meters')

    const places = ['getting-started', 'concepts', 'meters', 'running-bills'].map((name) =>
      String(body).indexOf(`href="/docs/guides/${name}"`),
    )
    expect(places).toEqual([...places].sort((one, other) => one - other))
    expect(Math.min(...places)).toBeGreaterThan(0)
  })

  it('has every place that its links point at', async () => {
    const { body: welcome } = await server.call('GET', '/docs')
    const paths = new Set(
      [...String(welcome).matchAll(/href="(\/docs\/[\w/-]+)"/g)].map(([, path]) => path ?? ''),
    )
    const pages = new Map<string, string>()
    for (const path of paths) pages.set(path, String((await server.call('GET', path)).body))

    const missing = [...pages].flatMap(([path, html]) =>
      [...html.matchAll(/href="(\/docs\/[\w/-]+)?#([^"]+)"/g)]
        .filter(
          ([, page = path, anchor]) =>
            anchor !== 'text' && !pages.get(page)?.includes(`id="${anchor}"`),
        )
        .map(([link]) => `${path}: ${link}`),
    )
    expect(missing).toEqual([])
  })

  it('brings its letters, colours and script along', async () => {
    const { body } = await server.call('GET', '/docs')
    const files = [...String(body).matchAll(/(?:src|href)="(\/docs\/[\w-]+\.\w+)"/g)].map(
      ([, path]) => path ?? '',
    )
    expect(files).toContain('/docs/style.css')
    const { body: style } = await server.call('GET', '/docs/style.css')
    expect(style).toContain('--accent')
    const letters = [...String(style).matchAll(/url\("([^"]+)"\)/g)].map(([, path]) => path ?? '')
    expect(letters.length).toBeGreaterThan(0)
    for (const path of [...files, ...letters]) {
      expect((await server.call('GET', path)).status, path).toBe(200)
    }
  })

  it('shows what was asked for as text, not as markup', async () => {
    const { body } = await server.call('GET', '/docs?q=<script>alert(1)</script>')

    expect(body).not.toContain('<script>alert')
  })

  it('has no page outside its folder', async () => {
    const answer = await server.call('GET', '/docs/..%2F..%2Fpackage.json')

    expect(answer.status).toBe(404)
  })
})

describe('a download link', () => {
  const put = async (content: string) => {
    const { files } = server.context
    const key = await files.put(crypto.randomUUID(), content)
    return new URL(files.link(key, 'refused rows.csv', 300))
  }

  it('gives the file under its name, without signing in', async () => {
    const link = await put('a,b\n1,2\n')

    const answer = await server.call('GET', link.pathname + link.search)

    expect(answer).toMatchObject({ status: 200, body: 'a,b\n1,2\n' })
    expect(answer.headers['content-disposition']).toContain('refused%20rows.csv')
  })

  it.each([
    ['another name', (link: URL) => link.searchParams.set('name', 'x.html')],
    ['a later end', (link: URL) => link.searchParams.set('expires', '9999999999')],
    [
      'another file',
      (link: URL) => (link.pathname = link.pathname.replace(/[^/]+$/, crypto.randomUUID())),
    ],
    ['no signature', (link: URL) => link.searchParams.delete('signature')],
  ])('is worth nothing with %s', async (_name, change) => {
    const link = await put('secret')
    change(link)

    const answer = await server.call('GET', link.pathname + link.search)

    expect([403, 404]).toContain(answer.status)
    expect(answer.body).not.toBe('secret')
  })

  it('ends', async () => {
    const link = await put('short-lived')

    server.clock.advance(300_000)

    const answer = await server.call('GET', link.pathname + link.search)
    expect(answer).toMatchObject({ status: 403, body: { code: 'LINK_EXPIRED' } })
  })

  it('leads nowhere after a day, when the file is taken away', async () => {
    const [old, fresh] = [await put('of yesterday'), await put('of today')]
    const dayAgo = new Date(Date.now() - 90_000_000)
    const folder = dataFolders(server.context.config).files
    await utimes(join(folder, old.pathname.replace('/files/', '')), dayAgo, dayAgo)

    await put('one more')

    const answers = await Promise.all(
      [old, fresh].map((link) => server.call('GET', link.pathname + link.search)),
    )
    expect(answers.map(({ status }) => status)).toEqual([404, 200])
  })
})
