/** `npm test`: every suite in the order of vitest.config.ts, and one plain line at the end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { platformTrouble } from '../apps/server/src/platform.ts'
import { buildConsole } from './build-console.ts'
import { ensureChromium, HOW_TO_GET_CHROMIUM } from './chromium.ts'
import { makeTemporaryFolder, remove } from './temporary-folder.ts'
import { addUp, lineOf, type Outcome, outcomeOf } from './test-counts.ts'
import { readProjects } from './test-projects.ts'

const root = join(import.meta.dirname, '..')

const trouble = platformTrouble(process)
if (trouble !== null) {
  console.error(trouble)
  process.exit(1)
}

const chosen = process.argv.slice(2)
const known = await readProjects()
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. The suites are ${known.join(', ')}.`)
  process.exit(1)
}
const projects = known.filter((name) => chosen.length === 0 || chosen.includes(name))
const chromium = projects.includes('browser') ? ensureChromium() : null
const left = chromium === null ? projects.filter((name) => name !== 'browser') : projects
if (left.length < projects.length) {
  console.error(HOW_TO_GET_CHROMIUM)
  if (process.env['CI'] === 'true') process.exit(1)
}
await buildConsole()

const folder = makeTemporaryFolder()
process.on('exit', () => remove(folder))
let isInterrupted = false
let running: ChildProcess | null = null
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isInterrupted = true
    // Ctrl+C reaches the suite by itself.
    if (signal === 'SIGTERM') running?.kill(signal)
  })
}
const outcomes: Outcome[] = []
for (const project of left) {
  outcomes.push(await runProject(project))
  if (isInterrupted) process.exit(1)
}

const total = addUp(outcomes)
if (total.failures.length > 0) console.log(`\n── failed\n${total.failures.join('\n')}\n`)
if (left.length < projects.length) console.error('The browser suite was left out: no Chromium.')
console.log(lineOf(total))
process.exit(total.failed === 0 ? 0 : 1)

async function runProject(project: string): Promise<Outcome> {
  const outputFile = join(folder, `${project}.json`)
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  console.log(`\n── ${project}`)
  running = spawn(
    process.execPath,
    [
      ...[vitest, 'run', '--project', project, '--passWithNoTests'],
      ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${outputFile}`],
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        TMPDIR: folder,
        UV_THREADPOOL_SIZE: '16',
        ...(chromium !== null && { CHROMIUM_PATH: chromium }),
      },
    },
  )
  const [status] = await once(running, 'exit')
  return outcomeOf(project, readReport(outputFile), status)
}

function readReport(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
