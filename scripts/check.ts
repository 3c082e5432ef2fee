/** `npm run check`: format and lint, types, import rules, unused code, house rules; all of them, then the verdict. */
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sourceFiles } from './source-files.ts'

type Outcome = { name: string; failed: boolean; output: string }

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)
const module = (path: string) => join(root, 'node_modules', path)

const outcomes = await Promise.all([
  run('biome', bin('biome'), ['check', '.', '--error-on-warnings']),
  ...typeScriptProjects().map((project) =>
    run(`types of ${project}`, bin('tsc'), ['-p', project, '--pretty', 'false']),
  ),
  importRules(),
  node('unused code', module('knip/bin/knip.js'), ['--no-progress', '--no-config-hints']),
  node('house rules', join(root, 'scripts/tidy.ts'), []),
])

for (const { name, failed, output } of outcomes) {
  console.log(`${failed ? '✗' : '✓'} ${name}`)
  if (failed) console.log(output.trimEnd().replaceAll(/^/gm, '    '))
}
const failures = outcomes.filter(({ failed }) => failed).length
console.log(
  failures === 0 ? 'All checks hold.' : `${failures} of ${outcomes.length} checks failed.`,
)
process.exit(failures === 0 ? 0 : 1)

function typeScriptProjects(): string[] {
  const inside = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  )
  return [...inside, 'tests', '.']
}

/**
 * The cruiser reports success when it cannot read TypeScript at all: so the modules it saw are
 * counted against the files there are.
 */
async function importRules(): Promise<Outcome> {
  const folders = ['apps', 'packages', 'tests', 'scripts']
  const outcome = await node(
    'import rules',
    module('dependency-cruiser/bin/dependency-cruiser.mjs'),
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
  )
  const report = readReport(outcome.output)
  if (report === null) return { ...outcome, failed: true }
  const seen = new Set(report.modules.map(({ source }) => source))
  const missed = sourceFiles(root).filter(
    (path) => /^(apps|packages|tests|scripts)\/.*\.tsx?$/.test(path) && !seen.has(path),
  )
  const broken = report.summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to}`,
  )
  const unseen = missed.map((path) => `not cruised: ${path}`)
  const output = [...broken, ...unseen].join('\n')
  return { name: outcome.name, failed: output !== '', output }
}

type CruiseReport = {
  modules: { source: string }[]
  summary: { violations: { rule: { name: string }; from: string; to: string }[] }
}

function readReport(output: string): CruiseReport | null {
  try {
    return JSON.parse(output) as CruiseReport
  } catch {
    return null
  }
}

function node(name: string, script: string, words: string[]): Promise<Outcome> {
  return run(name, process.execPath, [script, ...words])
}

function run(name: string, program: string, words: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => resolve({ name, failed: true, output: error.message }))
    child.on('close', (code) => resolve({ name, failed: code !== 0, output }))
  })
}
