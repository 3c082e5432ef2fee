import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clock, environment, sqlInStores } from './borders.ts'
import { emptyFolders } from './empty-folders.ts'
import { names } from './names.ts'
import type { Rule } from './rule.ts'
import { fileLength, functionLength } from './size.ts'
import { openMarks, skippedTests } from './words.ts'

const lines = (count: number) => 'x\n'.repeat(count)
const functionOf = (count: number) => `export function f() {\n${lines(count - 2)}}\n`
const componentOf = (count: number) => functionOf(count).replace('f()', 'Page()')
const area = 'apps/server/src/billing/bill'

type Case = [says: string, rule: Rule, path: string, text: string, findings: number]

describe('house rules', () => {
  it.each<Case>([
    ['a source of 400 lines is fine', fileLength, 'a/b.ts', lines(400), 0],
    ['a source of 401 lines is too long', fileLength, 'a/b.ts', lines(401), 1],
    ['a test may have 800 lines', fileLength, 'a/b.test.ts', lines(800), 0],
    ['a test of 801 lines is too long', fileLength, 'a/b.test.ts', lines(801), 1],
    ['so may the cases of a story', fileLength, 'tests/scenarios/billing.ts', lines(800), 0],
    ['prose has no limit', fileLength, 'docs/a.md', lines(2_000), 0],

    ['a function of 70 lines is fine', functionLength, 'a/b.ts', functionOf(70), 0],
    ['a function of 71 lines is too long', functionLength, 'a/b.ts', functionOf(71), 1],
    ['a component may show more', functionLength, 'a/b.tsx', componentOf(250), 0],
    ['but not without end', functionLength, 'a/b.tsx', componentOf(251), 1],
    ['a function beside it is a function', functionLength, 'a/b.tsx', functionOf(71), 1],
    ['a suite of tests is a list', functionLength, 'a/b.test.ts', functionOf(300), 0],

    ['a kebab-case path is fine', names, 'apps/server/src/kit/rate-limit.ts', '', 0],
    ['a drawer has no name', names, 'apps/server/src/utils/money.ts', '', 1],
    ['nor has a file of helpers', names, 'tests/support/helpers.ts', '', 1],
    ['generations do not stand side by side', names, 'apps/console/src/plan-v2/form.tsx', '', 1],
    ['camel case is not ours', names, 'apps/server/src/kit/rateLimit.ts', '', 1],
    ['given names stay', names, 'README.md', '', 0],

    ['an open end has an issue', openMarks, 'a/b.ts', '// TODO(#7): later', 0],
    ['an open end without one is found', openMarks, 'a/b.ts', '// TODO later', 1],
    ['other marks are not ours', openMarks, 'a/b.ts', '// FIXME', 1],

    ['a test that runs is fine', skippedTests, 'a/b.test.ts', "it('x', () => {})", 0],
    ['a skipped test is found', skippedTests, 'a/b.test.ts', "it.skip('x', () => {})", 1],
    ['so is a lone one', skippedTests, 'a/b.test.ts', "describe.only('x', () => {})", 1],

    [
      'configuration reads the environment',
      environment,
      'apps/server/src/config/config.ts',
      'process.env.PORT',
      0,
    ],
    ['nothing else does', environment, `${area}/service.ts`, 'process.env.PORT', 1],

    ['the clock reads the time', clock, 'apps/server/src/kit/clock.ts', 'Date.now()', 0],
    ['a service does not', clock, `${area}/service.ts`, 'const at = Date.now()', 1],
    ['nor by a new date', clock, `${area}/service.ts`, 'const at = new Date()', 1],
    ['a date of a known instant is fine', clock, `${area}/store.ts`, 'new Date(at)', 0],
    [
      'nor does the engine',
      clock,
      'packages/engine/src/time/period.ts',
      'Temporal.Now.instant()',
      1,
    ],

    ['a store has SQL', sqlInStores, `${area}/store.ts`, "import { sql } from 'kysely'", 0],
    ['a service has none', sqlInStores, `${area}/service.ts`, "import { sql } from 'kysely'", 1],
    [
      'types alone are no SQL',
      sqlInStores,
      `${area}/service.ts`,
      "import type { Kysely } from 'kysely'",
      0,
    ],
  ])('%s', (_says, rule, path, text, findings) => {
    expect(rule.check({ path, text })).toHaveLength(findings)
  })

  it('names the line of a finding', () => {
    const [finding] = openMarks.check({ path: 'a/b.ts', text: 'one\ntwo\n// TODO three\n' })

    expect(finding).toMatchObject({ path: 'a/b.ts', line: 3 })
  })

  it('finds empty folders', () => {
    const root = mkdtempSync(join(tmpdir(), 'ch-tidy-'))
    mkdirSync(join(root, 'full'))
    writeFileSync(join(root, 'full/file.ts'), '')
    mkdirSync(join(root, 'outer/empty'), { recursive: true })

    expect(emptyFolders(root)).toEqual(['outer/empty'])
    rmSync(root, { recursive: true })
  })
})
