/** The product's guides under /docs: Markdown files of the repository as calm pages, with a search. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Marked } from 'marked'
import MiniSearch from 'minisearch'
import { NotFoundError } from '../errors.ts'
import { documentationStyle, escapeHtml, layOut, type Topic } from './documentation-page.ts'

const root = join(import.meta.dirname, '../../../../../docs')

const IMAGES: Record<string, string> = {
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

type Library = { topics: Topic[]; index: MiniSearch<Topic>; welcome: string }

export function addDocumentation(app: FastifyInstance): void {
  let library: Library | null = null
  const read = () => {
    library ??= readLibrary()
    return library
  }

  app.get('/docs/style.css', async (_request, reply) =>
    reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(documentationStyle),
  )

  app.get('/docs', async (request, reply) => {
    const { q } = request.query as { q?: string | string[] }
    const asked = [q ?? ''].flat().join(' ').trim()
    const { topics, index, welcome } = read()
    const page = asked === '' ? toHtml(welcome, '') : results(asked, index)
    return reply
      .type('text/html; charset=utf-8')
      .send(layOut({ title: 'Documentation', body: page, topics, asked }))
  })

  app.get('/docs/images/:file', async (request, reply) => {
    const { file } = request.params as { file: string }
    const type = IMAGES[extname(file)]
    if (type === undefined || !readdirSync(join(root, 'images')).includes(file)) {
      throw new NotFoundError('There is no such picture.')
    }
    reply.type(type).header('cache-control', 'public, max-age=3600')
    return readFileSync(join(root, 'images', file))
  })

  app.get('/docs/*', async (request, reply) => {
    const path = (request.params as { '*': string })['*'].replace(/\.md$|\/$/g, '')
    const { topics } = read()
    const topic = topics.find((candidate) => candidate.path === path)
    if (topic === undefined) throw new NotFoundError('There is no such page. /docs lists them all.')
    const body = toHtml(topic.markdown, topic.path)
    return reply
      .type('text/html; charset=utf-8')
      .send(layOut({ title: topic.title, body, topics, current: topic.path }))
  })
}

function readLibrary(): Library {
  const topics = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort(bySection)
    .map((file): Topic => {
      const markdown = readFileSync(join(root, file), 'utf8')
      const path = file.replace(/\.md$/, '')
      const title = /^# (.+)$/m.exec(markdown)?.[1] ?? path
      return { id: path, path, title, section: path.split('/')[0] ?? '', markdown }
    })
  const index = new MiniSearch<Topic>({
    fields: ['title', 'markdown'],
    storeFields: ['title', 'path', 'markdown'],
    searchOptions: { boost: { title: 3 }, prefix: true, fuzzy: 0.15 },
  })
  index.addAll(topics)
  return { topics, index, welcome: readFileSync(join(root, 'README.md'), 'utf8') }
}

/** What people look for first comes first. */
const SECTIONS = ['guides', 'domain', 'operations', 'decisions']

function bySection(one: string, other: string): number {
  const place = (file: string) => SECTIONS.indexOf(file.split('/')[0] ?? '')
  return place(one) - place(other) || one.localeCompare(other)
}

/** Links between the Markdown files become links between the pages. */
function toHtml(markdown: string, path: string): string {
  const marked = new Marked({
    walkTokens(token) {
      if (token.type !== 'link' && token.type !== 'image') return
      if (/^([a-z]+:|\/|#)/.test(token.href)) return
      const { pathname, hash } = new URL(token.href, `http://docs/docs/${path}`)
      token.href = pathname.replace(/\.md$/, '') + hash
    },
  })
  return marked.parse(markdown, { async: false })
}

function results(asked: string, index: MiniSearch<Topic>): string {
  const found = index.search(asked).slice(0, 20)
  const heading = `<h1>${found.length === 0 ? 'Nothing found' : 'Found'} for “${escapeHtml(asked)}”</h1>`
  if (found.length === 0) return `${heading}<p>Try another word, or look through the list.</p>`
  const items = found.map(
    ({ path, title, markdown }) =>
      `<li><a href="/docs/${path}">${escapeHtml(title)}</a><p>${escapeHtml(passage(markdown, asked))}</p></li>`,
  )
  return `${heading}<ul class="topics">${items.join('')}</ul>`
}

function passage(markdown: string, asked: string): string {
  const text = plainText(markdown)
  const at = text.toLowerCase().indexOf(asked.toLowerCase())
  const from = Math.max(0, at - 80)
  return `${from > 0 ? '…' : ''}${text.slice(from, from + 220)}…`
}

function plainText(markdown: string): string {
  return markdown
    .replace(/^#+ .*$/gm, '')
    .replace(/[*_`|]|\[|\]\([^)]*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
