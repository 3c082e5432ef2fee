import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents, ROOT } from './documents.ts'

describe('the documentation', () => {
  it.each(documents)('has no dead link in %s', (document) => {
    const dead = linksOf(document).filter(({ file, anchor }) => {
      const target = join(ROOT, dirname(document), file || relative(dirname(document), document))
      if (!existsSync(target)) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })

    expect(dead).toEqual([])
  })

  it('lists every guide in its table of contents', () => {
    const listed = linksOf('docs/README.md').map(({ file }) => join('docs', file))
    const guides = documents.filter((document) => document.startsWith('docs/guides/'))

    expect(guides.filter((guide) => !listed.includes(guide))).toEqual([])
  })
})

type Link = { file: string; anchor?: string }

/** Relative links only; addresses of our own server (`/docs`) and of others are not files. */
function linksOf(document: string): Link[] {
  const text = withoutCode(readFileSync(join(ROOT, document), 'utf8'))
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^([a-z]+:|\/)/.test(target))
    .map((target) => {
      const [file = '', anchor] = target.split('#')
      return anchor === undefined ? { file } : { file, anchor }
    })
}

function anchorsOf(file: string): string[] {
  const headings = withoutCode(readFileSync(file, 'utf8')).matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '')
}
