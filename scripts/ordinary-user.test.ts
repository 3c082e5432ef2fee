/**
 * Both commands of the README in a copy of the repository that belongs to an ordinary user, without
 * network: twice in a row, and stopped as a service manager stops it.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { sourceFiles } from './source-files.ts'

const root = join(import.meta.dirname, '..')
/** Root becomes `nobody`; whoever else runs the tests is an ordinary user already. */
const user = process.getuid?.() === 0 ? nobody() : null

let home: string
let copy: string
let running: ChildProcess | null = null

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'ch-user-'))
  copy = join(home, 'countinghouse')
  for (const path of sourceFiles(root)) cpSync(join(root, path), join(copy, path))
  // What a first `npm start` has made, so that nothing needs to be fetched or built again.
  for (const made of ['apps/console/dist', 'node_modules/.cache/countinghouse']) {
    if (existsSync(join(root, made)))
      cpSync(join(root, made), join(copy, made), { recursive: true })
  }
  if (user !== null) sh(`chown -R ${user}:${user} ${home}`)
  linkPackages(join(root, 'node_modules'), join(copy, 'node_modules'))
}, 120_000)
afterEach(async () => {
  if (running === null || running.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGKILL')
  await once(running, 'exit')
})
afterAll(() => rm(home, { recursive: true, force: true, maxRetries: 5 }))

/** By hard links, as the packages take more than a gigabyte; only the folders change hands. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  sh(`cp -al ${from}/* ${from}/.bin ${to} 2>/dev/null || cp -a ${from}/* ${from}/.bin ${to}`)
  cpSync(join(from, '.package-lock.json'), join(to, '.package-lock.json'))
  if (user === null) return
  sh(`find ${to} -type d -exec chown ${user}:${user} {} +`)
  chownSync(join(to, '.package-lock.json'), user, user)
}

function sh(line: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${line}: ${stderr}`)
}

function nobody(): number {
  return Number(/^nobody:[^:]*:(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[1])
}

/** `npm …` in the copy, as that user, with an environment as after signing in. */
function npm(words: string[], environment: Record<string, string> = {}) {
  const child = spawn('npm', words, {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: pathOutside(),
      HOME: home,
      npm_config_offline: 'true',
      ...environment,
    },
    ...(user !== null && { uid: user, gid: user }),
  })
  running = child
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, said }))
  return { child, ended, said: () => said }
}

/** The runner puts the repository's own programs first; a person has only the machine's. */
function pathOutside(): string {
  const folders = (process.env['PATH'] ?? '').split(':')
  return folders.filter((folder) => !folder.includes('node_modules')).join(':')
}

async function startAndStop(): Promise<string> {
  const start = npm(['start'], { SEED: 'none', PORT: '0' })
  await vi.waitFor(
    () => {
      if (start.child.exitCode !== null) throw new Error(`it ended:\n${start.said()}`)
      expect(start.said()).toMatch(/\/setup\/\S{20,}/)
    },
    { timeout: 90_000 },
  )
  const url = /runs at (http:\S+)/.exec(start.said())?.[1] ?? ''
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect(await (await fetch(url)).text()).toContain('<div id="root">')

  start.child.kill('SIGTERM')
  const { said } = await start.ended
  expect(said).toContain('SIGTERM: finishing what runs')
  expect(existsSync(join(copy, 'data/postgres/postmaster.pid'))).toBe(false)
  await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  return said
}

it('starts, prints the link and stops, twice in a row', async () => {
  await startAndStop()
  const again = await startAndStop()

  expect(again).not.toContain('Building the Console')
  const owner = user ?? process.getuid?.()
  expect(statSync(join(copy, 'data/postgres/PG_VERSION')).uid).toBe(owner)
  expect(statSync(join(copy, 'data')).mode & 0o777).toBe(0o700)
}, 180_000)

it('runs a named suite, and ends with its counts', async () => {
  const { code, said } = await npm(['test', 'contract']).ended

  expect(said.trim().split('\n').at(-1)).toMatch(/^\d+ passed, 0 failed$/)
  expect(code).toBe(0)
}, 180_000)
