import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer
let organization: TestOrganization
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const required = {
  timezone: 'UTC',
  yearEpoch: '2022-01-01',
  monthEpoch: '2022-01-01',
  weekEpoch: '2022-01-04',
  dayEpoch: '2022-01-01',
  currency: 'USD',
  daysBeforeBillDue: 1,
}

const fieldsOf = (body: { errors?: { field: string }[] }) =>
  (body.errors ?? []).map(({ field }) => field)

async function currentVersion(path: string): Promise<number> {
  return (await organization.must.get(path)).version
}

describe('the organization configuration', () => {
  beforeAll(async () => {
    organization = await server.organization()
    await organization.must.post('/picklists/currency', { name: 'Euro', code: 'EUR' })
  })

  test('starts with the defaults of the specification', async () => {
    const fresh = await (await server.organization()).must.get('/organizationconfig')

    expect(fresh).toMatchObject({
      ...required,
      version: 1,
      currencyConversions: [],
      scheduledBillInterval: 0,
      standingChargeBillInAdvance: false,
      minimumSpendBillInAdvance: false,
      commitmentFeeBillInAdvance: false,
      externalInvoiceDate: 'FIRST_DAY_OF_NEXT_PERIOD',
      suppressedEmptyBills: false,
      consolidateBills: false,
      autoGenerateStatementMode: 'NONE',
      creditApplicationOrder: ['PREPAYMENT', 'BALANCE'],
      allowNegativeBalances: false,
      allowOverlappingPlans: false,
      sequenceStartNumber: 0,
    })
    expect(fresh).not.toHaveProperty('billPrefix')
  })

  test('is replaced as a whole, and fields left out get their defaults again', async () => {
    const version = await currentVersion('/organizationconfig')
    const full = {
      ...required,
      timezone: 'UTC+1:00',
      currencyConversions: [{ from: 'EUR', to: 'USD', multiplier: 1.08 }],
      scheduledBillInterval: 24,
      scheduledBillOffset: 3,
      autoApproveBillsGracePeriod: 2,
      autoApproveBillsGracePeriodUnit: 'HOURS',
      consolidateBills: true,
      billPrefix: 'CH-',
      sequenceStartNumber: 100,
    }

    const replaced = await organization.must.put('/organizationconfig', { ...full, version })
    const cleared = await organization.must.put('/organizationconfig', {
      ...required,
      version: version + 1,
    })

    expect(replaced).toMatchObject({ ...full, version: version + 1 })
    expect(cleared).toMatchObject({ consolidateBills: false, currencyConversions: [] })
    expect(cleared).not.toHaveProperty('billPrefix')
  })

  test.each([
    ['an unknown time zone', { timezone: 'Mars/Olympus' }, ['timezone']],
    ['an unknown currency', { currency: 'XXX' }, ['currency']],
    ['a day that is none', { dayEpoch: '2022-02-30' }, ['dayEpoch']],
    ['a bill due at once', { daysBeforeBillDue: 0 }, ['daysBeforeBillDue']],
    ['an interval that is not offered', { scheduledBillInterval: 5 }, ['scheduledBillInterval']],
    ['an hour without a daily run', { scheduledBillOffset: 3 }, ['scheduledBillOffset']],
    [
      'a grace period without unit',
      { autoApproveBillsGracePeriod: 1 },
      ['autoApproveBillsGracePeriodUnit'],
    ],
    [
      'a unit without grace period',
      { autoApproveBillsGracePeriodUnit: 'DAYS' },
      ['autoApproveBillsGracePeriod'],
    ],
    [
      'a credit type twice',
      { creditApplicationOrder: ['BALANCE', 'BALANCE'] },
      ['creditApplicationOrder'],
    ],
    [
      'conversions of unknown currencies, to themselves, twice, without a rate',
      {
        currencyConversions: [
          { from: 'XXX', to: 'USD', multiplier: 1 },
          { from: 'USD', to: 'USD', multiplier: 1 },
          { from: 'EUR', to: 'USD', multiplier: 1 },
          { from: 'EUR', to: 'USD' },
        ],
      },
      [
        'currencyConversions[0].from',
        'currencyConversions[1].to',
        'currencyConversions[3].multiplier',
        'currencyConversions[3]',
      ],
    ],
    ['several things at once', { timezone: 'Nowhere', currency: 'XXX' }, ['timezone', 'currency']],
  ])('refuses %s', async (_name, change, fields) => {
    const version = await currentVersion('/organizationconfig')

    const answer = await organization.put('/organizationconfig', {
      ...required,
      ...change,
      version,
    })

    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual(fields)
  })

  test('is not replaced from a stale version', async () => {
    const answer = await organization.put('/organizationconfig', { ...required, version: 99 })

    expect(answer).toMatchObject({ status: 400, body: { code: 'VERSION_MISMATCH' } })
  })
})

describe('currencies', () => {
  beforeAll(async () => {
    organization = await server.organization()
  })

  test('begin with USD, which stays', async () => {
    const [dollar] = (await organization.must.get('/picklists/currency?codes=USD')).data

    const deleted = await organization.delete(`/picklists/currency/${dollar.id}`)

    expect(dollar).toMatchObject({ maxDecimalPlaces: 2, roundingMode: 'HALF_UP', archived: false })
    expect(deleted.status).toBe(400)
  })

  test('that the configuration uses cannot be deleted or archived, nor their code changed', async () => {
    const body = { name: 'Pound', code: 'GBP' }
    const pound = await organization.must.post('/picklists/currency', body)
    const version = await currentVersion('/organizationconfig')
    await organization.must.put('/organizationconfig', { ...required, currency: 'GBP', version })
    const path = `/picklists/currency/${pound.id}`

    const deleted = await organization.delete(path)
    const archived = await organization.put(path, { ...body, archived: true, version: 1 })
    const renamed = await organization.put(path, { ...body, code: 'GBX', version: 1 })

    expect(deleted).toMatchObject({ status: 400, body: { code: 'STILL_REFERENCED' } })
    expect(fieldsOf(archived.body)).toEqual(['archived'])
    expect(fieldsOf(renamed.body)).toEqual(['code'])
  })

  test('are filtered by code and by being archived', async () => {
    await organization.must.post('/picklists/currency', {
      name: 'Old',
      code: 'OLD',
      archived: true,
    })

    await organization.must.post('/picklists/currency', { name: 'Never archived', code: 'NEVER' })

    const archived = await organization.must.get('/picklists/currency?archived=true')
    const others = await organization.must.get('/picklists/currency?archived=false')
    const byCode = await organization.must.get('/picklists/currency?codes=USD,OLD')

    expect(archived.data.map(({ code }: { code: string }) => code)).toEqual(['OLD'])
    expect(others.data.map(({ code }: { code: string }) => code)).toEqual(['NEVER', 'GBP', 'USD'])
    expect(byCode.data.map(({ code }: { code: string }) => code)).toEqual(['OLD', 'USD'])
  })

  test('that are archived cannot be chosen anew', async () => {
    const version = await currentVersion('/organizationconfig')

    const answer = await organization.put('/organizationconfig', {
      ...required,
      currency: 'OLD',
      version,
    })

    expect(fieldsOf(answer.body)).toEqual(['currency'])
  })
})

describe('custom fields of the organization', () => {
  beforeAll(async () => {
    organization = await server.organization()
  })

  test('start empty for every kind and are replaced as a whole', async () => {
    const fresh = await organization.must.get('/customfields')
    const first = await organization.must.put('/customfields', {
      account: { tier: 'gold', seats: 12.5 },
      plan: { region: 'eu' },
      version: fresh.version,
    })
    const second = await organization.must.put('/customfields', {
      account: { tier: 'silver' },
      version: first.version,
    })

    expect(fresh).toMatchObject({ version: 1, organization: {}, account: {}, contract: {} })
    expect(first).toMatchObject({ account: { tier: 'gold', seats: 12.5 }, plan: { region: 'eu' } })
    expect(second).toMatchObject({ account: { tier: 'silver' }, plan: {}, version: 3 })
  })

  test('are 25 at most for a kind', async () => {
    const version = await currentVersion('/customfields')
    const many = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`f${index}`, index]))

    const answer = await organization.put('/customfields', { meter: many, version })

    expect(answer.status).toBe(400)
    expect(fieldsOf(answer.body)).toEqual(['meter'])
  })
})

describe('the organization itself', () => {
  test('has an address and references that administrators change', async () => {
    organization = await server.organization({ name: 'Before' })
    const details = { organizationName: 'After', locality: 'Hull', taxId: 'GB 123', version: 1 }

    const changed = await organization.must.put('/organization', details)
    const me = await organization.must.get('/users/me')

    expect(changed).toMatchObject({
      ...details,
      version: 2,
      orgId: organization.id,
      type: 'PRODUCTION',
    })
    expect(me.organization).toEqual(changed)
  })
})
