/** What `npm test` and continuous integration make of a suite that fails, on a project of two tests. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ch-test-run-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const path of ['scripts', '.ci', 'apps/server/src/platform.ts']) {
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  write('package.json', '{ "type": "module" }')
  write(
    'vitest.config.ts',
    `const project = (name) => ({ test: { name, include: [name + '/*.test.ts'] } })
     export default { test: { projects: ['good', 'bad', 'broken'].map(project) } }`,
  )
  const sum = (right: number) =>
    `import { expect, test } from 'vitest'\ntest('adds', () => expect(1 + 1).toBe(${right}))\n`
  write('good/sum.test.ts', sum(2))
  write('bad/sum.test.ts', sum(3))
  write('broken/sum.test.ts', `import './nowhere.ts'\n`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function run(command: string, words: string[], environment: Record<string, string> = {}) {
  const { VITEST: _own, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(command, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, ...environment },
  })
  return { status, lines: stdout.trimEnd().split('\n'), errors: stderr }
}

const runTests = (...suites: string[]) => run(process.execPath, ['scripts/test.ts', ...suites])

describe('npm test', () => {
  test.each([
    ['good', 0, '1 passed, 0 failed'],
    ['bad', 1, '0 passed, 1 failed'],
    ['broken', 1, '0 passed, 1 failed'],
  ])('of a suite that is %s ends with status %i', (suite, status, line) => {
    const answer = runTests(suite)

    expect([answer.status, answer.lines.at(-1)]).toEqual([status, line])
  })

  test('goes on after a failure, and fails at the end', () => {
    const answer = runTests()

    expect(answer.lines.at(-1)).toBe('1 passed, 2 failed')
    expect(answer.status).toBe(1)
  })

  test('does not take a suite that does not exist for one without failures', () => {
    const answer = runTests('goood')

    expect(answer.status).toBe(1)
    expect(answer.errors).toContain('There is no suite goood. The suites are good, bad, broken.')
  })
})

describe('continuous integration', () => {
  test.each([
    ['nothing', 0, ['run check', 'test']],
    ['test', 1, ['run check', 'test']],
    ['run', 1, ['run check']],
  ])('where %s fails ends with status %i', (failing, status, called) => {
    write('bin/npm', `#!/bin/sh\necho "npm $*"\n[ "$1" != "${failing}" ]\n`)
    chmodSync(join(folder, 'bin/npm'), 0o755)

    const answer = run(join(folder, '.ci/run'), [], {
      PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    })

    expect(answer).toMatchObject({ status, lines: called.map((words) => `npm ${words}`) })
  })
})
