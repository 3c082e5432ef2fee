/** Links of the Console lead to pages of the Console, and links to the guides to guides. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const sources = join(import.meta.dirname, '..')
const guides = join(import.meta.dirname, '../../../../docs')

const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'),
)

/** Texts given to any of these props, `${…}` as one part of an address. */
function textsOf(props: string, begin: string): { file: string; text: string }[] {
  const pattern = new RegExp(`\\b(?:${props})(?:=\\{?|: )(["'\`])(${begin}[^"'\`]*)\\1`, 'g')
  return files.flatMap((file) =>
    [...withoutComments(readFileSync(join(sources, file), 'utf8')).matchAll(pattern)].map(
      ([, , text = '']) => ({ file, text: text.replace(/\$\{[^}]*\}/g, 'x') }),
    ),
  )
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '')
}

test('a link inside an organization leads to a page', () => {
  const folder = join(import.meta.dirname, 'pages')
  const patterns = readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/\bpage\(\s*'([^']+)'/g)].map(
      ([, path = '']) => new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`),
    ),
  )
  const links = textsOf('to|create|cancel|back', '/[a-z]').filter(
    ({ text }) => !text.startsWith('/o/') && !text.includes('/x/x'),
  )

  expect(links.length).toBeGreaterThan(50)
  expect(
    links.filter(({ text }) => !patterns.some((each) => each.test(text.replace(/\?.*$/, '')))),
  ).toEqual([])
})

test('a link to the guides leads to a guide', () => {
  const links = textsOf('docs', '[a-z]')

  expect(links.length).toBeGreaterThan(10)
  expect(
    links.filter(({ text }) => !existsSync(join(guides, `${text.replace(/#.*$/, '')}.md`))),
  ).toEqual([])
})
