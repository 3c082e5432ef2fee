import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { variables } from './variables.ts'

describe('configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      baseUrl: 'http://localhost:4000',
      databaseUrl: null,
      clickhouseUrl: null,
      roles: ['api', 'ingest', 'worker'],
      seed: 'demo',
    })
  })

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', ROLES: ' ' })).toMatchObject({
      port: 4000,
      roles: expect.any(Array),
    })
  })

  it('has the limits of the specification, each of which can be set (organization 9.4)', () => {
    const { limits } = readConfig({})

    expect(limits).toMatchObject({
      ...{ configPerAddress: 20_000, configPerOrganization: 50 },
      ...{ ingestPerAddress: 5_000, ingestPerOrganization: 50 },
      ...{ explorerPerSecond: 2, explorerBurst: 20, bodyBytes: 512_000 },
    })
    for (const variable of Object.values(variables)) {
      if (!variable.name.startsWith('LIMIT_')) continue
      const set = readConfig({ [variable.name]: '4321' }).limits
      expect(
        Object.values(set).filter((limit) => limit === 4321),
        variable.name,
      ).toHaveLength(1)
    }
  })

  it.each([
    ['PORT', '70000', 'whole number from 0 to 65535'],
    ['PORT', '4e3', 'whole number'],
    ['BASE_URL', 'example.com', 'no address'],
    ['DATABASE_URL', 'mysql://localhost/x', 'postgres://… or postgresql://…'],
    ['CLICKHOUSE_URL', 'tcp://localhost:9000', 'http://… or https://…'],
    ['ROLES', 'api,cook', '"cook" is no role'],
    ['SMTP_URL', 'mail.example.com', 'smtp://… or smtps://…'],
    ['LOG_LEVEL', 'loud', 'fatal, error, warn'],
    ['SEED', 'big', 'demo, none'],
    ['RATE_LIMITS', 'perhaps', 'on or off'],
    ['LIMIT_BODY_BYTES', '10', 'from 1024'],
  ])('refuses %s=%s with what to write instead', (name, value, sentence) => {
    const reading = () => readConfig({ [name]: value })

    expect(reading).toThrow(ConfigError)
    expect(reading).toThrow(`${name} is "${value}"`)
    expect(reading).toThrow(sentence)
  })

  it('tells of all that is wrong at once', () => {
    expect(() => readConfig({ PORT: 'x', SEED: 'y' })).toThrow(/PORT is "x".*SEED is "y"/s)
  })
})

describe('docs/operations/configuration.md', () => {
  const manual = readFileSync(
    join(import.meta.dirname, '../../../../docs/operations/configuration.md'),
    'utf8',
  )
  const rows = [...manual.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gm)]

  it('lists every variable, and no other', () => {
    const known = Object.values(variables).map(({ name }) => name)

    expect(rows.map(([, name]) => name).sort()).toEqual(known.sort())
  })

  it.each(Object.values(variables).map(({ name, usual }) => [name, usual]))(
    'gives the default of %s',
    (name, usual) => {
      const row = rows.find(([, listed]) => listed === name)

      expect(row?.[2]?.trim()).toBe(usual)
    },
  )
})
