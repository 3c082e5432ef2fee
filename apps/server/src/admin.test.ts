import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  runAdmin,
  runServerToItsEnd,
  type ServerProcess,
  startServerProcess,
  temporaryDataDir,
} from '@countinghouse/tests/support/server-process.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let dataDir: string
let remove: () => Promise<void>
let servers: ServerProcess[]

beforeEach(async () => {
  const folder = await temporaryDataDir()
  dataDir = folder.path
  remove = folder.remove
  servers = []
})
afterEach(async () => {
  for (const server of servers) await server.end('SIGKILL')
  await remove()
})

async function start(folder = dataDir): Promise<ServerProcess> {
  const server = await startServerProcess({ dataDir: folder })
  servers.push(server)
  return server
}

async function admin(...words: string[]) {
  const { code, output } = await runAdmin(words, { dataDir })
  if (code !== 0) throw new Error(output)
  return JSON.parse(output)
}

async function tokenOf(url: string, key: { accessKeyId: string; apiSecret: string }) {
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${key.accessKeyId}:${key.apiSecret}`)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ grant_type: 'client_credentials' }),
  })
  const body = (await answer.json()) as { access_token?: string }
  return body.access_token
}

async function read(url: string, path: string, token: string | undefined) {
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, body: (await answer.json()) as { data?: { code: string }[] } }
}

describe('the admin command', () => {
  it('makes an organization and a program from nothing, before the server was ever started', async () => {
    const { organizationId } = await admin('organization', 'create', '--name', 'Acme')
    const key = await admin('service-user', 'create', '--organization', 'Acme')

    const server = await start()
    const token = await tokenOf(server.url, key)
    const { status, body } = await read(
      server.url,
      `/organizations/${organizationId}/picklists/currency`,
      token,
    )

    expect(status).toBe(200)
    expect(body.data?.map(({ code }) => code)).toEqual(['USD'])
  })

  it('works beside the running server', async () => {
    await start()

    const { organizationId } = await admin('organization', 'create', '--name', 'Beside')
    const person = await admin(
      ...['user', 'create', '--organization', organizationId, '--email', 'ada@example.com'],
      ...['--first-name', 'Ada', '--last-name', 'Byron'],
    )
    const link = await admin('sign-in-link', '--email', 'ada@example.com')
    const reset = await admin('password-reset-link', '--email', 'ada@example.com')

    expect(person).toMatchObject({ email: 'ada@example.com', organizationId })
    expect(link.signInLink).toContain('/sign-in/')
    expect(reset.passwordResetLink).toContain('/reset-password?token=')
  })

  it('archives an organization beside the running server, and brings it back', async () => {
    const server = await start()
    const { organizationId } = await admin('organization', 'create', '--name', 'Gone')
    const key = await admin('service-user', 'create', '--organization', 'Gone')

    const archived = await admin('organization', 'archive', '--organization', 'Gone')
    const listed = await admin('organization', 'list')
    const refused = await tokenOf(server.url, key)
    const reopened = await admin('organization', 'reopen', '--organization', organizationId)

    expect(archived).toEqual({ organizationId, name: 'Gone', status: 'ARCHIVED' })
    expect(listed).toContainEqual(archived)
    expect(refused).toBe(undefined)
    expect(reopened.status).toBe('ACTIVE')
    expect(await tokenOf(server.url, key)).toEqual(expect.any(String))
  })

  it('makes a person an operator, and an ordinary person again', async () => {
    await start()
    const email = 'ada@example.com'
    await admin('organization', 'create', '--name', 'Acme')
    const { userId } = await admin(
      ...['user', 'create', '--organization', 'Acme', '--email', email],
      ...['--first-name', 'Ada', '--last-name', 'Byron'],
    )

    const made = await admin('operator', 'add', '--email', email)
    const again = await admin('operator', 'remove', '--email', email)

    expect(made).toEqual({ userId, email, isOperator: true })
    expect(again).toEqual({ userId, email, isOperator: false })
  })

  it.each([
    ['an unknown command', ['organisation', 'create'], 'There is no command'],
    ['a missing option', ['organization', 'create'], '--name is missing'],
    ['an unknown option', ['organization', 'create', '--nam', 'x'], "Unknown option '--nam'"],
    [
      'an unknown organization',
      ['service-user', 'create', '--organization', 'No'],
      'organization list',
    ],
    [
      'an unknown policy',
      ['service-user', 'create', '--organization', 'Acme', '--policy', 'King'],
      'Administrator',
    ],
  ])('says what to do about %s', async (_name, words, sentence) => {
    if (words.includes('Acme')) await admin('organization', 'create', '--name', 'Acme')

    const { code, output } = await runAdmin(words, { dataDir })

    expect(code).toBe(1)
    expect(output).toContain(sentence)
    expect(output).not.toContain('    at ')
  })
})

describe('a backup', () => {
  it('brings back everything in another place', async () => {
    const { organizationId } = await admin('organization', 'create', '--name', 'Kept')
    const key = await admin('service-user', 'create', '--organization', 'Kept')
    const first = await start()
    expect(await tokenOf(first.url, key)).toBeDefined()
    await first.end()
    const elsewhere = await temporaryDataDir()

    const backup = await admin('backup', '--to', join(elsewhere.path, 'monday'))
    const restored = join(elsewhere.path, 'restored')
    const { code, output } = await runAdmin(['restore', '--from', backup.backup], {
      dataDir: restored,
    })
    expect(backup).toMatchObject({ seconds: expect.any(Number), files: expect.any(Number) })
    expect(JSON.parse(output)).toMatchObject({ restored, seconds: expect.any(Number) })
    expect(code).toBe(0)

    const second = await start(restored)
    const token = await tokenOf(second.url, key)
    const { status } = await read(
      second.url,
      `/organizations/${organizationId}/picklists/currency`,
      token,
    )
    expect(status).toBe(200)
    await second.end()
    await elsewhere.remove()
  })

  it('is no data directory: nothing is started on it', async () => {
    await admin('organization', 'create', '--name', 'Kept')
    const elsewhere = await temporaryDataDir()
    const { backup } = await admin('backup', '--to', join(elsewhere.path, 'monday'))

    const started = await runServerToItsEnd({ dataDir: backup })
    const asked = await runAdmin(['organization', 'list'], { dataDir: backup })

    for (const { code, output } of [started, asked]) {
      expect(code).toBe(1)
      expect(output).toContain('there is a backup, or one that was not copied back to its end')
    }
    await elsewhere.remove()
  })

  it('is not put into what it is a copy of', async () => {
    await admin('organization', 'create', '--name', 'Kept')

    const { code, output } = await runAdmin(['backup', '--to', join(dataDir, 'monday')], {
      dataDir,
    })

    expect(code).toBe(1)
    expect(output).toContain('lies in what is backed up')
    expect(existsSync(join(dataDir, 'monday.unfinished'))).toBe(false)
  })

  it('is refused while the server runs', async () => {
    await start()

    const { code, output } = await runAdmin(['backup', '--to', join(dataDir, '../never')], {
      dataDir,
    })

    expect(code).toBe(1)
    expect(output).toContain('in use by another Countinghouse')
    expect(existsSync(join(dataDir, '../never'))).toBe(false)
  })

  it('never overwrites a folder that holds something', async () => {
    await admin('organization', 'create', '--name', 'Kept')
    const elsewhere = await temporaryDataDir()
    const backup = await admin('backup', '--to', join(elsewhere.path, 'monday'))

    const { code, output } = await runAdmin(['restore', '--from', backup.backup], { dataDir })

    expect(code).toBe(1)
    expect(output).toContain('is not empty')
    await elsewhere.remove()
  })
})
