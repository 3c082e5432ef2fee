/** The product's guides under /docs: Markdown files of the repository as calm pages, with a search. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { NotFoundError } from '../errors.ts'
import { type Library, readLibrary, root } from './documentation-library.ts'
import { resultsPage, topicPage, welcomePage } from './documentation-page.ts'
import { toText } from './documentation-text.ts'

const IMAGES: Record<string, string> = {
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}

const pages = import.meta.dirname
const consoleFolder = join(pages, '../../../../console')

/** The guides look like the Console because they wear its colours and its letters. */
const COLOURS = `${consoleFolder}/src/app/tokens.css`
const BAR = `${pages}/documentation-bar.css`

const ASSETS = {
  'style.css': [
    'text/css',
    COLOURS,
    BAR,
    `${pages}/documentation.css`,
    `${pages}/documentation-text.css`,
  ],
  'script.js': ['text/javascript', `${pages}/documentation.js`],
  'reference.css': ['text/css', COLOURS, BAR, `${pages}/reference.css`],
  'reference.js': ['text/javascript', `${pages}/reference.js`],
  'color-scheme.js': ['text/javascript', `${consoleFolder}/public/color-scheme.js`],
  'mark.svg': ['image/svg+xml', `${consoleFolder}/public/mark.svg`],
  'inter.woff2': ['font/woff2', `${consoleFolder}/src/app/fonts/inter.woff2`],
  'jetbrains-mono.woff2': ['font/woff2', `${consoleFolder}/src/app/fonts/jetbrains-mono.woff2`],
} as const

export function addDocumentation(app: FastifyInstance): void {
  let library: Library | null = null
  const read = () => {
    library ??= readLibrary()
    return library
  }
  const html = (reply: FastifyReply) => reply.type('text/html; charset=utf-8')

  for (const [name, [type, ...files]] of Object.entries(ASSETS)) {
    app.get(`/docs/${name}`, async (_request, reply) =>
      reply
        .type(type.startsWith('text/') ? `${type}; charset=utf-8` : type)
        .header('cache-control', 'public, max-age=3600')
        .send(Buffer.concat(files.map((file) => readFileSync(file)))),
    )
  }

  app.get('/docs', async (request, reply) => {
    const { q } = request.query as { q?: string | string[] }
    const asked = [q ?? ''].flat().join(' ').trim()
    return html(reply).send(asked === '' ? welcomePage(read()) : resultsPage(read(), asked))
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
    const topic = read().topics.find((candidate) => candidate.path === path)
    if (topic === undefined) throw new NotFoundError('There is no such page. /docs lists them all.')
    return html(reply).send(topicPage(read(), topic, toText(topic.markdown, topic.path)))
  })
}
