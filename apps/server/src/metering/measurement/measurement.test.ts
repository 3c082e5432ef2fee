import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countRunningInserts } from './store.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-06-10T12:00:00Z' })
})

afterAll(() => server.close())

const ts = '2024-06-02T00:00:00Z'
const DAY = 86_400_000

const ratio = { category: 'MEASURE', code: 'ratio', name: 'ratio', unit: '1', calculation: 'a / b' }

/** An organization with the meter and the account of S-ING-1. */
async function prepare(derivedFields: unknown[] = []) {
  const organization = await server.organization()
  const meter = await organization.must.post('/meters', {
    name: 'm',
    code: 'm',
    dataFields: [
      { category: 'MEASURE', code: 'a', name: 'a', unit: '{a}' },
      { category: 'MEASURE', code: 'b', name: 'b', unit: '{b}' },
      { category: 'WHAT', code: 'kind', name: 'kind' },
    ],
    derivedFields,
  })
  const account = await organization.must.post('/accounts', {
    name: 'Acme',
    code: 'Acme',
    emailAddress: 'acme@example.com',
  })
  return { organization, meter, account }
}

function measurement(uid: string, more: Record<string, unknown> = {}) {
  return {
    uid,
    meter: 'm',
    account: 'Acme',
    ts,
    measure: { a: 1, b: 2 },
    what: { kind: 'x' },
    ...more,
  }
}

function send(organization: TestOrganization, ...measurements: unknown[]) {
  return organization.post('/measurements', { measurements })
}

async function storedUids(organization: TestOrganization): Promise<string[]> {
  const { data } = await organization.must.post('/usage/query', {
    startDate: '1970-01-01T00:00:00Z',
    endDate: '2030-01-01T00:00:00Z',
  })
  return data.map((row: { uid: string }) => row.uid).reverse()
}

type Failure = Record<string, unknown> & { uid: string; type: string }

async function failures(organization: TestOrganization): Promise<Failure[]> {
  const { data } = await organization.must.get('/events?eventName=ingest.validation.failure')
  return data
    .map(
      (event: { m3terEvent: { eventData: { newDto: Failure } } }) =>
        event.m3terEvent.eventData.newDto,
    )
    .sort((a: Failure, b: Failure) => (a.uid < b.uid ? -1 : 1))
}

describe('ingest', () => {
  test('S-ING-1: what can be counted is stored, everything else is an event', async () => {
    const { organization, account } = await prepare([ratio])
    const values = (a: number, b: number) => ({ measure: { a, b } })

    const answer = await send(
      organization,
      measurement('ok', values(6, 3)),
      measurement('nometer', { meter: 'zzz' }),
      measurement('nofield', { what: undefined }),
      measurement('ok', { ...values(50, 1), ts: '2024-06-03T00:00:00Z' }),
      measurement('twice', { income: { a: 1 } }),
      measurement('div0', values(4, 0)),
      measurement('case', { account: 'ACME' }),
      measurement('new', { account: 'TempAcct', ...values(7, 7) }),
      measurement('extra', { measure: { a: 2, b: 4, zzz: 9 }, other: { note: 'n' } }),
    )

    expect(answer).toMatchObject({ status: 200, body: { result: 'accepted' } })
    expect((await failures(organization)).map(({ uid, type }) => [uid, type])).toEqual([
      ['case', 'InvalidAccountCode'],
      ['div0', 'CalculationError'],
      ['nofield', 'MissingField'],
      ['nometer', 'UndefinedMeter'],
      ['ok', 'DuplicateUid'],
      ['twice', 'DuplicateField'],
    ])
    const { data } = await organization.must.post('/usage/query', {
      startDate: '2024-06-01T00:00:00Z',
      endDate: '2024-07-01T00:00:00Z',
    })
    const rows = Object.fromEntries(data.map((row: { uid: string }) => [row.uid, row]))
    expect(Object.keys(rows).sort()).toEqual(['div0', 'extra', 'new', 'ok'])
    expect(rows.ok).toMatchObject({ 'measure.a': 6, 'measure.ratio': 2, accountId: account.id })
    expect(rows.div0).not.toHaveProperty(['measure.ratio'])
    expect(rows.extra['measure.ratio']).toBe(0.5)
    expect(rows.new).toMatchObject({ accountName: 'TempAcct-autocreated', 'measure.ratio': 1 })
  })

  test.each([
    ['no measurements', { measurements: [] }, 'measurements'],
    [
      '1001 measurements',
      { measurements: Array.from({ length: 1001 }, (_, n) => measurement(`${n}`)) },
      'measurements',
    ],
    [
      'one of two without ts',
      { measurements: [measurement('1'), measurement('2', { ts: undefined })] },
      'measurements[1].ts',
    ],
    [
      'ts an hour ahead',
      { measurements: [measurement('1', { ts: '2024-06-10T13:00:00Z' })] },
      'measurements[0].ts',
    ],
    [
      'ets before ts',
      { measurements: [measurement('1', { ets: '2024-06-01T00:00:00Z' })] },
      'measurements[0].ets',
    ],
    [
      'a uid of 51 characters',
      { measurements: [measurement('x'.repeat(51))] },
      'measurements[0].uid',
    ],
    ['no body', undefined, 'measurements'],
  ])('%s: 400 and nothing is stored', async (_name, body, field) => {
    const { organization } = await prepare()

    const answer = await organization.post('/measurements', body)

    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe(field)
    expect(await storedUids(organization)).toEqual([])
    expect(await failures(organization)).toEqual([])
  })

  test('malformed JSON is 400, a body of 512,000 bytes is 403', async () => {
    const { organization } = await prepare()
    const raw = async (body: string) => organization.call('POST', '/measurements', { body })
    const empty = JSON.stringify({ measurements: [measurement('1', { other: { pad: '' } })] })
    const padTo = (bytes: number) =>
      empty.replace('"pad":""', `"pad":"${'x'.repeat(bytes - empty.length)}"`)

    expect((await raw('{"measurements":[')).status).toBe(400)
    expect((await raw(padTo(512_000))).status).toBe(403)
    expect((await raw(padTo(511_999))).status).toBe(200)
    expect(await storedUids(organization)).toEqual(['1'])
  })

  test('texts of every kind come back as they were sent', async () => {
    const { organization } = await prepare()
    const odd = 'tab\t quote\' "double" back\\slash \\N NULL line\nend\r zero\0 ü 東京 😀 \b\f'

    await send(
      organization,
      measurement("u\t'\\", { what: { kind: odd } }),
      measurement('number', { what: { kind: 1.5 } }),
      measurement('empty', { what: { kind: '' } }),
    )

    const { data } = await organization.must.post('/usage/query', {
      startDate: '2024-06-01T00:00:00Z',
      endDate: '2024-07-01T00:00:00Z',
    })
    expect(data.map((row: Record<string, unknown>) => [row.uid, row['what.kind']])).toEqual([
      ['empty', ''],
      ['number', '1.5'],
      ["u\t'\\", odd],
    ])
  })

  test('times keep their milliseconds, from 1970 on', async () => {
    const { organization } = await prepare()
    const times = ['1970-01-01T00:00:00Z', '1999-12-31T23:59:59.999Z', '2024-06-10T12:00:00.001Z']

    await send(
      organization,
      ...times.map((time, n) => measurement(`${n}`, { ts: time, ets: time })),
    )

    const { data } = await organization.must.post('/usage/query', {
      startDate: '1970-01-01T00:00:00Z',
      endDate: '2030-01-01T00:00:00Z',
    })
    expect(data.map((row: { timestamp: string }) => row.timestamp).reverse()).toEqual(times)
    expect(data.map((row: { endTimestamp: string }) => row.endTimestamp).reverse()).toEqual(times)
  })
})

describe('de-duplication', () => {
  test('a copy within 35 days is not counted, exactly 35 days later it is', async () => {
    const { organization } = await prepare()
    const start = server.clock.now()
    await send(organization, measurement('u'))

    server.clock.set(start + 35 * DAY - 1)
    await send(organization, measurement('u'))
    expect(await storedUids(organization)).toEqual(['u'])

    server.clock.set(start + 35 * DAY)
    await send(organization, measurement('u'))
    expect(await storedUids(organization)).toEqual(['u', 'u'])

    server.clock.advance(1)
    await send(organization, measurement('u'))
    expect(await storedUids(organization)).toEqual(['u', 'u'])
  })

  test('of two in one request the first counts', async () => {
    const { organization } = await prepare()

    await send(organization, measurement('u'), measurement('u', { measure: { a: 9, b: 9 } }))

    expect(await storedUids(organization)).toEqual(['u'])
    expect(await failures(organization)).toMatchObject([
      { uid: 'u', type: 'DuplicateUid', contentDiffers: true },
    ])
  })

  test('two requests at once count one of them', async () => {
    const { organization } = await prepare()
    const batch = Array.from({ length: 50 }, (_, n) => measurement(`u${n}`))

    const answers = await Promise.all(Array.from({ length: 8 }, () => send(organization, ...batch)))

    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect((await storedUids(organization)).length).toBe(50)
  })

  test('the same uid in two organizations counts in both', async () => {
    const [first, second] = [await prepare(), await prepare()]

    await send(first.organization, measurement('u'))
    await send(second.organization, measurement('u'))

    expect(await storedUids(second.organization)).toEqual(['u'])
    expect(await failures(second.organization)).toEqual([])
  })

  test('a dropped measurement leaves its uid free, within its request too', async () => {
    const { organization } = await prepare()
    await send(organization, measurement('u', { what: undefined }))
    await send(organization, measurement('v', { account: 'ACME' }), measurement('v'))

    await send(organization, measurement('u'))

    expect(await storedUids(organization)).toEqual(['v', 'u'])
  })

  test('one kept with a failed calculation does occupy its uid', async () => {
    const { organization } = await prepare([ratio])
    await send(organization, measurement('u', { measure: { a: 1, b: 0 } }))

    await send(organization, measurement('u'))

    expect(await storedUids(organization)).toEqual(['u'])
    expect((await failures(organization)).map(({ type }) => type).sort()).toEqual([
      'CalculationError',
      'DuplicateUid',
    ])
  })

  test('a clock that jumps ahead and back again forgets nothing', async () => {
    const { organization } = await prepare()
    const start = server.clock.now()
    await send(organization, measurement('u'))

    server.clock.set(start + 365 * DAY)
    await send(organization, measurement('other'))
    server.clock.set(start + 1)
    await send(organization, measurement('u'))

    expect((await storedUids(organization)).sort()).toEqual(['other', 'u'])
  })

  test('without uid every copy counts', async () => {
    const { organization } = await prepare()

    await send(organization, measurement('', { uid: undefined }), measurement('', { uid: '' }))

    expect((await storedUids(organization)).length).toBe(2)
  })
})

describe('accounts', () => {
  test('two measurements of one new code make one account', async () => {
    const { organization } = await prepare()

    await send(
      organization,
      measurement('1', { account: 'Neu' }),
      measurement('2', { account: 'Neu' }),
    )

    const { data } = await organization.must.get('/accounts?codes=Neu')
    expect(data).toMatchObject([{ code: 'Neu', name: 'Neu-autocreated' }])
    expect((await storedUids(organization)).length).toBe(2)
  })

  test('two new codes that differ in capitals make one account, the other is refused', async () => {
    const { organization } = await prepare()

    await send(
      organization,
      measurement('1', { account: 'Neu' }),
      measurement('2', { account: 'NEU' }),
    )

    expect(await storedUids(organization)).toEqual(['1'])
    expect(await failures(organization)).toMatchObject([{ uid: '2', type: 'InvalidAccountCode' }])
  })

  test('a duplicate of an unknown account makes no account', async () => {
    const { organization } = await prepare()
    await send(organization, measurement('1'))

    await send(organization, measurement('1', { account: 'Nobody' }))

    expect((await organization.must.get('/accounts?codes=Nobody')).data).toEqual([])
  })

  test('usage stays with the account when its code changes, the code is free for another', async () => {
    const { organization, account } = await prepare()
    await send(organization, measurement('before'))
    await organization.must.put(`/accounts/${account.id}`, { ...account, code: 'Renamed' })

    await send(organization, measurement('after'))

    const { data } = await organization.must.post('/usage/query', {
      startDate: '2024-06-01T00:00:00Z',
      endDate: '2024-07-01T00:00:00Z',
    })
    expect(data.map((row: Record<string, unknown>) => [row.uid, row.accountCode])).toEqual([
      ['after', 'Acme'],
      ['before', 'Renamed'],
    ])
  })

  test('a changed meter counts at once', async () => {
    const { organization, meter } = await prepare()
    await send(organization, measurement('1'))
    await organization.must.put(`/meters/${meter.id}`, {
      ...meter,
      dataFields: [...meter.dataFields, { category: 'WHO', code: 'user', name: 'user' }],
    })

    await send(organization, measurement('2'), measurement('3', { who: { user: 'u' } }))

    expect(await storedUids(organization)).toEqual(['1', '3'])
  })
})

describe('CSV of a meter', () => {
  const header = 'uid,meter,account,ts,ets,measure.a,measure.b,what.kind'

  test('the template has a column for everything and can be sent as it is', async () => {
    const { organization, meter } = await prepare()
    const file = (await organization.get(`/meters/${meter.id}/csvtemplate`)).body

    expect(file.split('\n')[0]).toBe(header)
    expect(
      await organization.must.post(`/meters/${meter.id}/csvupload`, { content: file }),
    ).toEqual({
      result: 'accepted',
      rows: 1,
    })
    expect(await storedUids(organization)).toEqual(['example-1'])
  })

  test('quoted cells hold commas, quotes and line ends', async () => {
    const { organization, meter } = await prepare()

    await organization.must.post(`/meters/${meter.id}/csvupload`, {
      content: `${header}\r\n1,m,Acme,${ts},,1.5,-2,"a, ""b""\nc"\r\n`,
    })

    const { data } = await organization.must.get(`/meters/${meter.id}/measurements`)
    expect(data[0].values).toEqual({ 'measure.a': 1.5, 'measure.b': -2, 'what.kind': 'a, "b"\nc' })
  })

  test.each([
    ['a missing column', `uid,meter,account,ts,measure.a,what.kind\n1,m,Acme,${ts},1,x`, 'header'],
    ['an unknown column', `${header},cost.z\n1,m,Acme,${ts},,1,2,x,3`, 'header'],
    ['a column twice', `${header},measure.a\n1,m,Acme,${ts},,1,2,x,3`, 'header'],
    ['no rows', header, 'content'],
    ['a missing value', `${header}\n1,m,Acme,${ts},,1,,x`, 'line 2, measure.b'],
    ['no uid', `${header}\n,m,Acme,${ts},,1,2,x`, 'line 2, uid'],
    ['another meter', `${header}\n1,n,Acme,${ts},,1,2,x`, 'line 2, meter'],
    ['a uid twice', `${header}\n1,m,Acme,${ts},,1,2,x\n1,m,Acme,${ts},,1,2,x`, 'line 3, uid'],
    ['a text as number', `${header}\n1,m,Acme,${ts},,one,2,x`, 'line 2, measure.a'],
    ['a time without zone', `${header}\n1,m,Acme,2024-06-02T00:00:00,,1,2,x`, 'line 2, ts'],
    ['a cell too many', `${header}\n1,m,Acme,${ts},,1,2,x,y`, 'line 2'],
    [
      '1001 rows',
      `${header}\n${Array.from({ length: 1001 }, (_, n) => `${n},m,Acme,${ts},,1,2,x`).join('\n')}`,
      'content',
    ],
  ])('%s blocks the whole file', async (_name, content, field) => {
    const { organization, meter } = await prepare()

    const answer = await organization.post(`/meters/${meter.id}/csvupload`, { content })

    expect(answer.status).toBe(400)
    expect(answer.body.errors.map((one: { field: string }) => one.field)).toContain(field)
    expect(await storedUids(organization)).toEqual([])
  })
})

test('an insert that still runs is seen, so that whoever takes over waits for it', async () => {
  const { events } = server.context
  const slow = events.command(
    `insert into event (org) select number from numbers(5) where sleepEachRow(0.2) = 1
     settings max_block_size = 1`,
  )

  await expect.poll(() => countRunningInserts(events)).toBe(1)

  await slow
  expect(await countRunningInserts(events)).toBe(0)
})
