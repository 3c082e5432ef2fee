/** What `npm test` and continuous integration make of a suite that fails, on a project of two tests. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
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
    `const globalSetup = './scripts/temporary-folder.ts'
     const project = (name) => ({ test: { name, globalSetup, include: [name + '/*.test.ts'] } })
     const projects = ['good', 'bad', 'broken', 'killed'].map(project)
     export default { test: { projects } }`,
  )
  const sum = (right: number) =>
    `import { mkdtempSync } from 'node:fs'
     import { tmpdir } from 'node:os'
     import { expect, test } from 'vitest'
     mkdtempSync(tmpdir() + '/left-behind-')
     test('adds', () => expect(1 + 1).toBe(${right}))`
  write('good/sum.test.ts', sum(2))
  write('bad/sum.test.ts', sum(3))
  write('broken/sum.test.ts', `import './nowhere.ts'\n`)
  write('killed/sum.test.ts', `${sum(2)}\ntest('k', () => process.kill(process.ppid, 'SIGKILL'))`)
  mkdirSync(temporary())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The temporary directory of the runs. */
function temporary(...path: string[]): string {
  return join(folder, 'tmp', ...path)
}

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function run(command: string, words: string[], environment: Record<string, string> = {}) {
  const { VITEST: _own, ...inherited } = process.env
  const env = { ...inherited, TMPDIR: temporary() }
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
    const answer = runTests('good', 'bad', 'broken')

    expect(answer.lines.at(-1)).toBe('1 passed, 2 failed')
    expect(answer.status).toBe(1)
  })

  test('does not take a suite that does not exist for one without failures', () => {
    const answer = runTests('goood')

    expect(answer.status).toBe(1)
    expect(answer.errors).toContain(
      'There is no suite goood. The suites are good, bad, broken, killed.',
    )
  })
})

describe('the temporary directory', () => {
  test.each(['good', 'killed'])('is as it was after a suite that is %s', (suite) => {
    runTests(suite)

    expect(readdirSync(temporary())).toEqual([])
  })

  test('is as it was after Vitest by itself', () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')

    const answer = run(process.execPath, [vitest, 'run', '--project', 'good'])

    expect(answer.status).toBe(0)
    expect(readdirSync(temporary())).toEqual([])
  })

  test('keeps the folder of a run that goes on, and loses that of one that was killed', () => {
    const { pid: ended } = spawnSync('true')
    for (const pid of [process.pid, ended]) write(`tmp/ch-tests-${pid}-abc/left/file`, '')

    runTests('good')

    expect(readdirSync(temporary())).toEqual([`ch-tests-${process.pid}-abc`])
    rmSync(temporary(`ch-tests-${process.pid}-abc`), { recursive: true })
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
