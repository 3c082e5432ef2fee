import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog } from '../log.ts'
import { openDatabase } from './database.ts'
import { embeddedAddress, isAnswering, startPostgres } from './launcher.ts'
import { migrate } from './migrate.ts'

const log = createLog('silent')
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ch-launch-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }))

const postmasterOf = (folder: string) =>
  Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])

describe('the embedded PostgreSQL', () => {
  it('sets itself up in a folder whose path is too long for a socket', async () => {
    const folder = join(root, 'a-rather-long-name-of-a-folder/'.repeat(4), 'postgres')

    const postgres = await startPostgres(folder, log)

    expect(embeddedAddress(folder).host.length).toBeLessThan(80)
    expect(await isAnswering(postgres.address)).toBe(true)
    await postgres.stop()
    expect(await isAnswering(postgres.address)).toBe(false)
    expect(existsSync(embeddedAddress(folder).host)).toBe(false)
  })

  it('tidies the socket folders of those that were killed, and no other', async () => {
    const folder = join(root, 'a-rather-long-name-of-a-folder/'.repeat(4), 'postgres')
    const running = await startPostgres(folder, log)
    const isLongAgo = (path: string) => utimesSync(path, 0, 0)
    const make = (name: string) => {
      const path = join(tmpdir(), name)
      mkdirSync(path)
      return path
    }
    const left = make('countinghouse-0123456789ab')
    writeFileSync(join(left, '.s.PGSQL.5432.lock'), '')
    const beginning = make('countinghouse-0123456789cd')
    const others = make('countinghouse-0123456789ef')
    writeFileSync(join(others, 'kept'), '')
    for (const path of [left, others, embeddedAddress(folder).host]) isLongAgo(path)

    await (await startPostgres(join(root, 'postgres'), log)).stop()

    expect([left, beginning, others].map(existsSync)).toEqual([false, true, true])
    expect(await isAnswering(running.address)).toBe(true)
    await running.stop()
    for (const path of [beginning, others]) rmSync(path, { recursive: true })
  })

  it('starts although its lock files name a process that is another program now', async () => {
    const folder = join(root, 'postgres')
    await (await startPostgres(folder, log)).stop()
    const other = spawn('sleep', ['60'])
    const lines = [other.pid, folder, '0', '5432', '', '', '', 'ready']
    const ofSocket = join(embeddedAddress(folder).host, '.s.PGSQL.5432.lock')
    for (const file of [join(folder, 'postmaster.pid'), ofSocket])
      writeFileSync(file, lines.join('\n'))

    const postgres = await startPostgres(folder, log)

    expect(await isAnswering(postgres.address)).toBe(true)
    await postgres.stop()
    other.kill()
    await once(other, 'exit')
  })

  it('comes back however soon after its start it is killed again', async () => {
    const folder = join(root, 'postgres')
    const postgres = await startPostgres(folder, log)
    const killOnceBack = async (turns: number) => {
      while (!(await isAnswering(postgres.address))) await nextTurn()
      for (let turn = 0; turn < turns; turn += 1) await nextTurn()
      process.kill(postmasterOf(folder), 'SIGKILL')
      while (await isAnswering(postgres.address)) await nextTurn()
    }

    for (let round = 0; round < 8; round += 1) await killOnceBack(round * 400)

    await expect.poll(() => isAnswering(postgres.address), { timeout: 20_000 }).toBe(true)
    await postgres.stop()
  }, 60_000)

  it('stops also while it is coming back', async () => {
    const folder = join(root, 'postgres')
    const postgres = await startPostgres(folder, log)
    const before = postmasterOf(folder)
    process.kill(before, 'SIGKILL')
    await expect.poll(() => postmasterOf(folder), { interval: 1 }).not.toBe(before)

    await postgres.stop()

    expect(existsSync(join(folder, 'postmaster.pid'))).toBe(false)
    expect(await isAnswering(postgres.address)).toBe(false)
  })

  it('is not there for callers whom it refuses, though it never hangs up', async () => {
    const refusal = Buffer.from('SFATAL\0C57P03\0Mnot yet\0\0')
    const head = Buffer.from([0x45, 0, 0, 0, refusal.length + 4])
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.once('data', () => socket.write(Buffer.concat([head, refusal])))
    })
    server.listen(join(root, '.s.PGSQL.5432'))
    await once(server, 'listening')

    expect(await isAnswering({ host: root, user: 'postgres', database: 'postgres' })).toBe(false)
    server.close()
  })

  it('says what is wrong with a folder that it cannot use', async () => {
    const folder = join(root, 'postgres')
    await (await startPostgres(folder, log)).stop()
    writeFileSync(join(folder, 'PG_VERSION'), '9\n')

    await expect(startPostgres(folder, log)).rejects.toThrow(
      /did not start in .*postgres.*version/s,
    )
  })

  it('leaves the folder of an ordinary user to that user', async () => {
    const folder = join(root, 'postgres')
    await (await startPostgres(folder, log)).stop()
    if (process.getuid?.() === 0) chownSync(folder, 4242, 4242)
    else chmodSync(folder, 0o000)

    await expect(startPostgres(folder, log)).rejects.toThrow(
      /Start as that user|[Pp]ermission denied/,
    )

    if (process.getuid?.() !== 0) chmodSync(folder, 0o700)
  })

  it('keeps quantities exact and days as they are', async () => {
    const postgres = await startPostgres(join(root, 'postgres'), log)
    const database = openDatabase(postgres.address, log)

    const { rows } = await database.pool.query(
      "select 12345678901234567890.123456789::numeric as n, 9007199254740993::bigint as i, '2024-03-31'::date as d",
    )

    expect(rows).toEqual([
      { n: '12345678901234567890.123456789', i: '9007199254740993', d: '2024-03-31' },
    ])
    await database.close()
    await postgres.stop()
  })
})

describe('migrations', () => {
  it('run once each, in order, and leave nothing behind when one fails', async () => {
    const postgres = await startPostgres(join(root, 'postgres'), log)
    const database = openDatabase(postgres.address, log)
    const first = { name: '1', sql: 'create table thing (id int)' }
    const broken = { name: '2', sql: 'insert into thing values (1); select nonsense' }
    const mended = { name: '2', sql: 'insert into thing values (2)' }

    await migrate(database.pool, [first])
    await expect(migrate(database.pool, [first, broken])).rejects.toThrow('nonsense')
    await Promise.all([
      migrate(database.pool, [first, mended]),
      migrate(database.pool, [first, mended]),
    ])

    const { rows } = await database.pool.query('select id from thing')
    expect(rows).toEqual([{ id: 2 }])
    await database.close()
    await postgres.stop()
  })
})
