import { makeAccount } from '@countinghouse/tests/support/catalog.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountDirectory } from './directory.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('accounts for ingest', () => {
  test('are found by exact code, number and id', async () => {
    const organization = await server.organization()
    const directory = accountDirectory(server.context)
    const made = await makeAccount(organization, { customFields: { seats: 3 } })

    const [found] = await directory.find(organization.id, [made.code, 'unknown'])

    expect(found).toMatchObject({ id: made.id, code: made.code, customFields: { seats: 3 } })
    expect(found?.number).toBeGreaterThan(0)
    const { id, number, code, name } = found ?? {}
    const named = [{ id, number, code, name }]
    expect(await directory.byNumbers(organization.id, [number ?? 0])).toEqual(named)
    expect(await directory.byIds(organization.id, [made.id])).toEqual(named)
  })

  test('are not found from another organization', async () => {
    const [ours, theirs] = [await server.organization(), await server.organization()]
    const directory = accountDirectory(server.context)
    const made = await makeAccount(ours)
    const [entry] = await directory.find(ours.id, [made.code])

    expect(await directory.find(theirs.id, [made.code])).toEqual([])
    expect(await directory.byIds(theirs.id, [made.id])).toEqual([])
    expect(await directory.byNumbers(theirs.id, [entry?.number ?? 0])).toEqual([])
  })

  test('tell which unknown codes differ only by case or spaces around them', async () => {
    const organization = await server.organization()
    const directory = accountDirectory(server.context)
    await makeAccount(organization, { code: 'Nimbus' })

    const near = await directory.near(organization.id, [' nimbus', 'NIMBUS ', 'cumulus'])

    expect(near).toEqual([' nimbus', 'NIMBUS '])
  })

  test.each([
    ['ΟΔΟΣ', 'οδος'],
    ['οδος', 'ΟΔΟΣ'],
    ['οδος', 'Οδός', false],
    ['ÄPFEL', 'äpfel'],
    ['kirmizi', 'kırmızı', false],
    ['istanbul', 'İSTANBUL', false],
    ['straße', 'STRASSE', false],
  ])(
    '%s and %s are one code in other letters, or are not',
    async (existing, unknown, isNear = true) => {
      const organization = await server.organization()
      await makeAccount(organization, { code: existing })

      const near = await accountDirectory(server.context).near(organization.id, [unknown])

      expect(near).toEqual(isNear ? [unknown] : [])
    },
  )
})

describe('skeleton accounts (metering 5.4)', () => {
  test('carry code, name and a made-up address, and are announced', async () => {
    const organization = await server.organization()
    const directory = accountDirectory(server.context)

    await directory.createSkeletons(organization.id, ['TempAcct'])

    const { data } = await organization.must.get('/accounts?codes=TempAcct')
    expect(data[0]).toMatchObject({ code: 'TempAcct', name: 'TempAcct-autocreated', version: 1 })
    expect(data[0].emailAddress).toMatch(/^[0-9a-f]+-autocreated@example\.com$/)
    const { rows } = await sql<{ severity: string; description: string }>`
      select severity, description from alert where organization_id = ${organization.id}
    `.execute(server.context.database.reader)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.severity).toBe('INFO')
    expect(rows[0]?.description).toContain('TempAcct')
    const events = await sql<{ name: string }>`
      select name from domain_event where resource_id = ${data[0].id}
    `.execute(server.context.database.reader)
    expect(events.rows).toEqual([{ name: 'configuration.account.created' }])
  })

  test('leave existing accounts as they are', async () => {
    const organization = await server.organization()
    const directory = accountDirectory(server.context)
    const existing = await makeAccount(organization, { code: 'known' })

    const entries = await directory.createSkeletons(organization.id, ['known', 'new', 'new'])

    expect(entries.map(({ code }) => code)).toEqual(['known', 'new'])
    expect(await organization.must.get(`/accounts/${existing.id}`)).toEqual(existing)
  })

  test('are one per code, whoever makes them at the same moment and in whatever order', async () => {
    const organization = await server.organization()
    const directory = accountDirectory(server.context)
    const codes = Array.from({ length: 40 }, (_item, index) => `customer ${index}`)

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_item, index) =>
        directory.createSkeletons(organization.id, index % 2 === 0 ? codes : [...codes].reverse()),
      ),
    )

    const numbers = answers.map((entries) =>
      entries.map(({ number, code }) => `${code}=${number}`).sort(),
    )
    expect(new Set(numbers.map((list) => list.join())).size).toBe(1)
    const { data } = await organization.must.get('/accounts')
    expect(data).toHaveLength(40)
  })
})
