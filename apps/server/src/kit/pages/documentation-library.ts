/** The guides of the repository in the order in which its table of contents names them, and a search over their sections. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { lexer, type Token, type Tokens } from 'marked'
import MiniSearch from 'minisearch'
import { anchorOf, plainText } from './documentation-text.ts'

export const root = join(import.meta.dirname, '../../../../../docs')

export type Topic = { path: string; title: string; about: string; markdown: string }

/** `isAside`: for those who work on the program, not for those who use it. */
export type Chapter = { title: string; topics: Topic[]; isAside?: boolean }

/** A heading and what stands under it: what a search finds. */
export type Passage = {
  id: string
  path: string
  title: string
  heading: string
  anchor: string
  text: string
}

export type Library = { chapters: Chapter[]; topics: Topic[]; index: MiniSearch<Passage> }

export function readLibrary(): Library {
  const listed = contents()
  const known = new Set(listed.flatMap(({ topics }) => topics.map(({ path }) => path)))
  const others = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.replace(/\.md$/, ''))
    .filter((path) => !known.has(path))
    .sort()
    .map((path) => topicAt(path, ''))
  const chapters = [...listed, { title: 'How it is built', topics: others, isAside: true }]
  const topics = chapters.flatMap((chapter) => chapter.topics)
  const index = new MiniSearch<Passage>({
    fields: ['title', 'heading', 'text'],
    storeFields: ['path', 'title', 'heading', 'anchor', 'text'],
    searchOptions: { boost: { title: 2, heading: 3 }, prefix: true, fuzzy: 0.15 },
  })
  index.addAll(topics.flatMap(passagesOf))
  return { chapters, topics, index }
}

/** What people use comes before what only its makers need. */
export function search({ index, chapters }: Library, asked: string): Passage[] {
  const asides = new Set(
    chapters
      .filter(({ isAside }) => isAside)
      .flatMap(({ topics }) => topics.map(({ path }) => path)),
  )
  const found = index.search(asked, {
    boostDocument: (_id, _word, stored) => (asides.has(String(stored?.path)) ? 0.3 : 1),
  })
  return found.slice(0, 20) as unknown as Passage[]
}

/** The lists of links in docs/README.md; what stands before its first heading is where to begin. */
function contents(): Chapter[] {
  const chapters: Chapter[] = [{ title: 'Start here', topics: [] }]
  for (const token of lexer(readFileSync(join(root, 'README.md'), 'utf8'))) {
    if (token.type === 'heading' && token.depth === 2) {
      chapters.push({ title: token.text, topics: [] })
    }
    if (token.type === 'list') chapters.at(-1)?.topics.push(...topicsOf(token as Tokens.List))
  }
  return chapters.filter(({ topics }) => topics.length > 0)
}

function topicsOf(list: Tokens.List): Topic[] {
  return list.items.flatMap(({ text }) => {
    const [, file, about = ''] = /\]\(([^)]+)\.md\):? ?(.*)$/.exec(text) ?? []
    return file === undefined ? [] : [topicAt(posix.normalize(file), about)]
  })
}

function topicAt(path: string, about: string): Topic {
  const markdown = readFileSync(join(root, `${path}.md`), 'utf8')
  return { path, title: /^# (.+)$/m.exec(markdown)?.[1] ?? path, about, markdown }
}

function passagesOf({ path, title, markdown }: Topic): Passage[] {
  const passages: Passage[] = []
  const begin = (heading: string, anchor: string) =>
    passages.push({ id: `${path}#${anchor}`, path, title, heading, anchor, text: '' })
  begin('', '')
  for (const token of lexer(markdown)) {
    if (isSection(token)) begin(plainText(token.text), anchorOf(token.text))
    else if (token.type !== 'heading') {
      const passage = passages.at(-1)
      if (passage) passage.text += ` ${plainText(token.raw)}`
    }
  }
  return passages
}

function isSection(token: Token): token is Tokens.Heading {
  return token.type === 'heading' && token.depth === 2
}
