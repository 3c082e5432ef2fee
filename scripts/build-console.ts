/** Builds the Console once for each state of its sources, and compresses what browsers will load. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const consoleFolder = join(root, 'apps/console')
const dist = join(consoleFolder, 'dist')
const stamp = join(root, 'node_modules/.cache/countinghouse/console-build')

/** What the Console is made from; a change of any of these asks for a new build. */
const SOURCES = [
  'apps/console/src',
  'apps/console/public',
  'apps/console/index.html',
  'apps/console/vite.config.ts',
  'apps/console/postcss.config.js',
  'apps/console/package.json',
  'packages/contract/src',
  'packages/engine/src',
  'package-lock.json',
]

export async function buildConsole(): Promise<void> {
  if (!existsSync(join(consoleFolder, 'index.html'))) return
  const key = keyOf(SOURCES)
  const isBuilt = existsSync(join(dist, 'index.html'))
  if (isBuilt && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return

  console.log('Building the Console (a quarter of a minute, only after changes) …')
  const fresh = `${stamp}-${process.pid}`
  rmSync(fresh, { recursive: true, force: true })
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [vite, 'build', '--logLevel', 'error', '--outDir', fresh, '--emptyOutDir'],
    { cwd: consoleFolder, encoding: 'utf8' },
  )
  if (status !== 0) {
    throw new Error(`The Console could not be built:\n${stdout}${stderr}`)
  }
  for (const file of filesIn(fresh)) compress(file)
  putInPlace(fresh)
  writeFileSync(stamp, key)
}

/** In two renames: a server that runs meanwhile never hands out half a Console. */
function putInPlace(fresh: string): void {
  const former = `${fresh}-former`
  mkdirSync(dirname(stamp), { recursive: true })
  if (existsSync(dist)) renameSync(dist, former)
  renameSync(fresh, dist)
  rmSync(former, { recursive: true, force: true })
}

/** One hash over names and contents, tests left out: they do not reach the browser. */
export function keyOf(sources: string[]): string {
  const hash = createHash('sha256')
  for (const source of sources) {
    const path = join(root, source)
    if (!existsSync(path)) continue
    for (const file of filesIn(path).sort()) {
      if (/\.test\.tsx?$/.test(file)) continue
      hash.update(`${relative(root, file)}\0`).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)))
}

function compress(file: string): void {
  if (!/\.(js|css|html|svg|json)$/.test(file)) return
  const content = readFileSync(file)
  if (content.length < 1_024) return
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }))
}
