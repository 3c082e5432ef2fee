import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import {
  beginServerProcess,
  runAdmin,
  runServerToItsEnd,
  startServerProcess,
  temporaryDataDir,
} from '@countinghouse/tests/support/server-process.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lockDataFolder } from './kit/data-folder/lock.ts'

let dataDir: string
let remove: () => Promise<void>

beforeEach(async () => {
  const folder = await temporaryDataDir()
  dataDir = folder.path
  remove = folder.remove
})
afterEach(() => remove())

const isReady = async (url: string) => (await fetch(`${url}/readyz`)).ok
const postmasterPid = () =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
/** Root's database is then run by `nobody`; an ordinary user needs no namespace. */
const withoutNamespaces =
  process.getuid?.() === 0
    ? Number(/^nobody:[^:]*:(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))?.[1])
    : process.getuid?.()
/** Folders in which nobody can make a file, and why. */
const unusable: [string, string][] =
  process.platform === 'linux'
    ? [
        ['/proc/countinghouse', 'no files can be kept there'],
        ['/proc/countinghouse/data', 'no files can be kept there'],
        ['/sys/countinghouse', 'nothing can be written there'],
      ]
    : [['/dev/null/countinghouse', 'there is a file']]
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a server process', () => {
  it('starts, stops cleanly on SIGTERM with its database, and starts again on the same folder', async () => {
    const first = await startServerProcess({ dataDir })
    const database = postmasterPid()
    expect(await isReady(first.url)).toBe(true)

    const exit = await first.end('SIGTERM')
    expect(exit).toMatchObject({ code: 0, signal: null })
    expect(isAlive(database)).toBe(false)

    const second = await startServerProcess({ dataDir })
    expect(await isReady(second.url)).toBe(true)
    expect((await second.end('SIGINT')).code).toBe(0)
  })

  it('takes its database with it when it is killed, and starts again afterwards', async () => {
    const first = await startServerProcess({ dataDir })
    const database = postmasterPid()

    await first.end('SIGKILL')
    await vi.waitFor(() => expect(isAlive(database)).toBe(false), 10_000)

    const second = await startServerProcess({ dataDir })
    expect(await isReady(second.url)).toBe(true)
    await second.end()
  })

  it('starts its database again when that is killed under it', async () => {
    const server = await startServerProcess({ dataDir })
    const before = postmasterPid()

    process.kill(before, 'SIGKILL')

    await vi.waitFor(() => expect(postmasterPid()).not.toBe(before), 20_000)
    await vi.waitFor(async () => expect(await isReady(server.url)).toBe(true), 20_000)
    const { code, output } = await server.end()
    expect(code).toBe(0)
    expect(output).toContain('PostgreSQL ended unexpectedly; starting it again')
  })

  it('starts where user namespaces are forbidden, and goes on where they are not', async () => {
    const programs = join(dataDir, '../', `${basename(dataDir)}-programs`)
    mkdirSync(programs)
    writeFileSync(join(programs, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const environment = { PATH: `${programs}:${process.env['PATH']}` }

    for (let start = 0; start < 2; start += 1) {
      const server = await startServerProcess({ dataDir, environment })
      expect(await isReady(server.url)).toBe(true)
      expect(statSync(join(dataDir, 'postgres/PG_VERSION')).uid).toBe(withoutNamespaces)
      expect((await server.end()).code).toBe(0)
    }
    rmSync(programs, { recursive: true })

    const elsewhere = await startServerProcess({ dataDir })
    expect(await isReady(elsewhere.url)).toBe(true)
    expect(statSync(join(dataDir, 'postgres/PG_VERSION')).uid).toBe(process.getuid?.())
    await elsewhere.end()
  })

  it('prints a one-time link while nobody can sign in', async () => {
    const server = await startServerProcess({ dataDir })
    await vi.waitFor(() => expect(server.output()).toMatch(/http:\S+\/setup\/\S{20,}/), 10_000)
    await server.end()
  })

  it('refuses a folder that another one works in, and does that one no harm', async () => {
    const first = await startServerProcess({ dataDir })

    const refused = await runServerToItsEnd({ dataDir })

    expect(refused.code).toBe(1)
    expect(refused.output).toContain(`The data directory ${dataDir} is in use`)
    expect(refused.output).toContain('DATA_DIR')
    expect(await isReady(first.url)).toBe(true)
    await first.end()
  })

  it('waits for one that is just ending', async () => {
    const ending = await lockDataFolder(dataDir)
    const { printed, started } = beginServerProcess({ dataDir })
    await printed(/in use by another Countinghouse. Waiting up to 10 seconds/)

    await ending.release()

    const server = await started
    expect(await isReady(server.url)).toBe(true)
    await server.end()
  })

  it('waits for the database that one left behind when it was killed', async () => {
    const first = await startServerProcess({ dataDir })
    const database = postmasterPid()
    process.kill(database, 'SIGSTOP')
    await first.end('SIGKILL')
    const { printed, started } = beginServerProcess({ dataDir })
    await printed(/is still ending. Waiting up to 60 seconds/)

    process.kill(database, 'SIGCONT')

    const second = await started
    expect(await isReady(second.url)).toBe(true)
    await second.end()
  })

  it('refuses a port that is taken, and leaves nothing running', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0

    const refused = await runServerToItsEnd({ dataDir, port })
    other.close()

    expect(refused.code).toBe(1)
    expect(refused.output).toContain(`Port ${port} on 127.0.0.1 is in use by another program`)
    expect(existsSync(join(dataDir, 'postgres/PG_VERSION'))).toBe(true)
    expect(existsSync(join(dataDir, 'postgres/postmaster.pid'))).toBe(false)
  })

  it('says that a file is no place for data', async () => {
    const file = join(dataDir, 'file')
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, '')

    for (const wrong of [file, join(file, 'inside')]) {
      const refused = await runServerToItsEnd({ dataDir: wrong })

      expect(refused.code).toBe(1)
      expect(refused.output).toContain('DATA_DIR must be a folder, not a file')
      expect(refused.output).not.toContain('    at ')
    }
  })

  it.each(unusable)('says at once that nothing can be kept in %s', async (wrong, sentence) => {
    const refused = await runServerToItsEnd({ dataDir: wrong })
    const command = await runAdmin(['organization', 'list'], { dataDir: wrong })

    for (const { code, output } of [refused, command]) {
      expect(code).toBe(1)
      expect(output).toContain(`DATA_DIR is "${wrong}", but ${sentence}`)
      expect(output).not.toContain('    at ')
    }
  })

  it('names every variable that is wrong, with what to write instead', async () => {
    const refused = await runServerToItsEnd({
      dataDir,
      environment: { ROLES: 'cook', LOG_LEVEL: 'loud' },
    })

    expect(refused.code).toBe(1)
    expect(refused.output).toContain('ROLES is "cook"')
    expect(refused.output).toContain('LOG_LEVEL is "loud"')
    expect(refused.output).toContain('Write a comma list of api, ingest and worker')
  })
})
