/** Whatever the documentation tells to call, run or open is there under that name. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { operations } from '@countinghouse/contract/operations.ts'
import { commands } from '@countinghouse/server/admin/commands.ts'
import { describe, expect, it } from 'vitest'
import { documents, ROOT } from './documents.ts'

const textOf = (document: string) => readFileSync(join(ROOT, document), 'utf8')
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }

const calls = operations.map(({ method, path }) => ({
  method,
  path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

/** What changed may be gone since. */
const lasting = documents.filter((document) => document !== 'CHANGELOG.md')

describe.each(lasting)('%s', (document) => {
  it('names only calls of the API that there are', () => {
    const named = [...textOf(document).matchAll(/\b(GET|POST|PUT|DELETE)\s+`?(\/[^\s`'")?|,;]+)/g)]

    const missing = named
      .map(([, method, path = '']) => ({
        method,
        path: path.replace(/^\/organizations\/[^/]+(?=\/)/, '').replace(/[.:]$/, ''),
      }))
      .filter(
        (one) => !calls.some((call) => call.method === one.method && call.path.test(one.path)),
      )

    expect(missing).toEqual([])
  })

  it('names only commands that there are, with options that they have', () => {
    const named = [...textOf(document).matchAll(/\bnpm run (\w+)(?: -- ([^`\n]+))?/g)]

    const wrong = named.filter(([, script = '', words = '']) => {
      if (!(script in scripts)) return true
      return script === 'admin' && !words.startsWith('--help') && !isCommand(words)
    })

    expect(wrong.map(([line]) => line)).toEqual([])
  })

  it('names only files and folders that there are', () => {
    const named = textOf(document).matchAll(
      /`((?:apps|packages|tests|scripts|docs|\.ci)\/[\w./-]*)`/g,
    )

    expect([...named].map(([, path = '']) => path).filter((path) => !isThere(path))).toEqual([])
  })
})

function isCommand(words: string): boolean {
  const options = [...words.matchAll(/--([\w-]+)/g)].map(([, name = '']) => name)
  return commands.some(
    (command) =>
      `${words} `.startsWith(`${command.name.join(' ')} `) &&
      options.every((name) => name in command.options),
  )
}

function isThere(path: string): boolean {
  return existsSync(join(ROOT, path))
}
