/** The worked examples of metering, each through HTTP from its products to its values. */
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runBills } from '../support/bill-run.ts'
import {
  arrange,
  type Expected,
  type Made,
  type MeteringCase,
  price,
} from '../support/metering-case.ts'
import {
  type Json,
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let ours: TestOrganization

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T00:00:00Z' })
})
beforeEach(async () => {
  ours = await server.organization()
})
afterAll(() => server.close())

const folder = new URL('cases/', import.meta.url)
const readCase = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const stories: MeteringCase[] = readdirSync(folder)
  .filter((name) => name.startsWith('metering-'))
  .map(readCase)
  .filter((story) => story.given !== undefined)

describe.each(stories.map((story) => [story.id, story] as const))('%s', (_id, story) => {
  const { then, period } = story

  it('gives the values that it names', async () => {
    const made = await arrange(ours, story)
    await send(story.when)

    const aggregations = await valuesOf('aggregations', made.aggregations, then.aggregations ?? {})
    const compounds = await valuesOf('compoundaggregations', made.compounds, then.compounds ?? {})
    const derived = await derivedValues(then.derived ?? {})

    expect({ aggregations, compounds, derived }).toEqual({
      aggregations: then.aggregations ?? {},
      compounds: then.compounds ?? {},
      derived: then.derived ?? {},
    })
  })

  async function valuesOf(
    path: string,
    ids: Map<string, string>,
    expected: Record<string, Record<string, Expected>>,
  ) {
    const found: Record<string, Record<string, Expected>> = {}
    for (const [code, byAccount] of Object.entries(expected)) {
      found[code] = {}
      for (const account of Object.keys(byAccount)) {
        found[code][account] = await readValue(path, ids.get(code) ?? '', account)
      }
    }
    return found
  }

  async function readValue(path: string, id: string, account: string): Promise<Expected> {
    const [startDate, endDate] = period ?? ['', '']
    const query = new URLSearchParams({ startDate, endDate, accountCode: account })
    const { values } = await ours.must.get(`/measurements/${path}/${id}?${query}`)
    if (values[0]?.segment !== undefined) {
      return values.map(({ segment, quantity, units }: Json) => [segment, quantity, units])
    }
    const [value] = values
    return value === undefined || value.quantity === null ? null : [value.quantity, value.units]
  }
})

describe.each(stories.filter(({ then }) => then.lines).map((story) => [story.id, story] as const))(
  'the bill of %s',
  (_id, story) => {
    it('has the lines and the total that it names', async () => {
      const { then, period, standingCharge = 0 } = story
      const made = await arrange(ours, story)
      await price(ours, story, made)
      await send(story.when)

      const accountId = made.accounts.get(then.account ?? '')
      await runBills(ours, { accountIds: [accountId], billDate: period?.[1].slice(0, 10) })
      const bill = await ours.must.get(`/bills/latest/${accountId}?additional=lineItems`)

      const codes = new Map(
        [...made.aggregations, ...made.compounds].map(([code, id]) => [id, code]),
      )
      const usage = bill.lineItems.filter((line: Json) => line.lineItemType === 'USAGE')
      const lines = usage.map((line: Json) => [
        codes.get(line.aggregationId ?? line.compoundAggregationId),
        line.segment ?? null,
        line.units,
        line.subtotal,
      ])
      const sum = (then.lines ?? []).reduce((total, [, , , subtotal]) => total + subtotal, 0)
      expect(byText(lines)).toEqual(byText(then.lines ?? []))
      expect(bill.billTotal).toBe(then.total ?? sum + standingCharge)
    })

    function byText(lines: unknown[]): unknown[] {
      return lines.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    }
  },
)

describe('S-ING-1', () => {
  const story: MeteringCase = readCase('metering-ing-1.json')

  it('records what was refused, and makes accounts that did not exist', async () => {
    await arrange(ours, story)
    await send(story.when)

    const { data } = await ours.must.get('/events?eventName=ingest.validation.failure')
    const refused = data.map(({ m3terEvent }: Json) => {
      const { uid, type } = m3terEvent.eventData.newDto
      return [uid, type]
    })
    const kept = new Set((await usageRows()).map(({ uid }: Json) => uid))
    const accounts = await ours.must.get('/accounts?codes=TempAcct')

    expect(refused.sort()).toEqual(
      (story.then.events ?? []).map(([uid, type]) => [uid, type]).sort(),
    )
    expect([...kept].sort()).toEqual(['div0', 'extra', 'new', 'ok'])
    expect(accounts.data.map(({ name }: Json) => name)).toEqual(['TempAcct-autocreated'])
  })
})

describe('requests that S-ING-1 refuses at once', () => {
  const good = {
    uid: 'good',
    meter: 'm',
    account: 'Acme',
    ts: '2024-06-02T00:00:00Z',
    measure: { a: 1, b: 1 },
    what: { kind: 'x' },
  }
  const { ts: _ts, ...withoutTs } = good

  it.each<[string, number, unknown]>([
    ['no measurements', 400, { measurements: [] }],
    ['1001 measurements', 400, { measurements: Array.from({ length: 1001 }, () => good) }],
    ['one of two without a time', 400, { measurements: [good, withoutTs] }],
    ['a time one hour ahead', 400, { measurements: [{ ...good, ts: '2024-07-15T01:00:00Z' }] }],
    ['an end before its start', 400, { measurements: [{ ...good, ets: '2024-06-01T00:00:00Z' }] }],
    ['a uid of 51 characters', 400, { measurements: [{ ...good, uid: 'u'.repeat(51) }] }],
    ['512,001 bytes', 403, `{"measurements":[]}${' '.repeat(512_001 - 19)}`],
  ])('%s: %i, and nothing is stored', async (_case, status, body) => {
    await arrange(ours, readCase('metering-ing-1.json'))

    const answer = await ours.post('/measurements', body)

    expect(answer.status).toBe(status)
    expect(await usageRows()).toEqual([])
  })
})

describe('S-QRY-1', () => {
  const expected = readCase('metering-qry-1.json')
  let made: Made

  beforeEach(async () => {
    const story: MeteringCase = readCase('metering-agg-1.json')
    made = await arrange(ours, story)
    await send(story.when)
  })

  it('adds up by week, newest first', async () => {
    const answer = await ours.must.post('/usage/query', question())

    expect(answer).toEqual({ data: expected.rows, hasMoreData: expected.hasMoreData })
  })

  it('says when there is more than it was asked for', async () => {
    const answer = await ours.must.post('/usage/query', question({ limit: 2 }))

    expect(answer).toEqual({ data: expected.rows.slice(0, 2), hasMoreData: true })
  })

  it.each([
    ['groups without aggregations', { aggregations: undefined }],
    ['a sum of text', { aggregations: [['SUM', 'file', 'DIMENSION']] }],
  ])('refuses %s', async (_case, changes) => {
    const answer = await ours.post('/usage/query', question(changes as Partial<Question>))

    expect(answer.status).toBe(400)
  })

  type Question = { limit: number; aggregations: [string, string, string][] | undefined }

  function question(changes: Partial<Question> = {}) {
    const meterId = made.meters.get('uploads')
    const asked = 'aggregations' in changes ? changes.aggregations : SUM_AND_COUNT
    return {
      startDate: '2024-03-01T00:00:00Z',
      endDate: '2024-04-01T00:00:00Z',
      groups: [{ groupType: 'TIME', frequency: 'WEEK' }],
      ...(asked && {
        aggregations: asked.map(([fn, fieldCode, fieldType]) => ({
          meterId,
          fieldCode,
          fieldType,
          function: fn,
        })),
      }),
      ...(changes.limit !== undefined && { limit: changes.limit }),
    }
  }
})

const SUM_AND_COUNT: [string, string, string][] = [
  ['SUM', 'gb', 'MEASURE'],
  ['COUNT', 'gb', 'MEASURE'],
]

describe('S-CALC-1', () => {
  type Check = {
    expr: string
    vars?: Record<string, number | string>
    value?: number | string
    error?: boolean
  }
  const checks: Check[] = readCase('metering-calculation.json')

  it('gives the value of every calculation in a derived field', async () => {
    const found: Record<string, unknown> = {}
    const expected: Record<string, unknown> = {}
    const measurements: Json[] = []
    for (const [index, check] of checks.entries()) {
      const { id, measurement } = throwAway(check, index)
      const answer = await ours.post('/meters', measurement.body)
      expected[id] = check.error ? null : check.value
      if (answer.status === 200) measurements.push(measurement.sent)
      else found[id] = check.error ? null : answer.body.message
    }

    await send(measurements)
    for (const row of await usageRows()) {
      found[row.uid] = row['measure.result'] ?? row['what.result'] ?? null
    }

    expect(found).toEqual(expected)
  })

  function throwAway({ expr, vars = {}, value, error }: Check, index: number) {
    const id = `${index} ${expr}`.slice(0, 50)
    const code = `meter ${index}`
    const isText = typeof value === 'string'
    const names = Object.entries({ unused: 1, ...vars })
    const numbers = names.filter(([, given]) => typeof given === 'number')
    const texts = names.filter(([, given]) => typeof given === 'string')
    const body = {
      name: code,
      code,
      dataFields: [
        ...numbers.map(([name]) => ({ category: 'MEASURE', code: name, name, unit: '1' })),
        ...texts.map(([name]) => ({ category: 'WHAT', code: name, name })),
      ],
      derivedFields: [
        {
          category: isText && !error ? 'WHAT' : 'MEASURE',
          code: 'result',
          name: 'Result',
          unit: '1',
          calculation: expr,
        },
      ],
    }
    const sent = {
      uid: id,
      meter: code,
      account: 'acme',
      ts: '2024-06-01T00:00:00Z',
      measure: Object.fromEntries(numbers),
      what: Object.fromEntries(texts),
    }
    return { id, measurement: { body, sent } }
  }
})

describe('S-RND-1', () => {
  const rows: [number, number, string, number][] = readCase('metering-rounding.json')

  it('gives the units of every quantity', async () => {
    const aggregations = rows.map(([, quantityPerUnit, rounding], index) => ({
      code: `a${index}`,
      meter: 'm',
      targetField: 'v',
      aggregation: 'SUM',
      quantityPerUnit,
      rounding,
    }))
    const accounts = rows.map((_row, index) => ({ code: `account${index}` }))
    const meters = [{ code: 'm', dataFields: ['MEASURE v 1'] }]
    const made = await arrange(ours, { given: { accounts, meters, aggregations } })
    await send(
      rows.map(([quantity], index) => ({
        uid: String(index),
        meter: 'm',
        account: `account${index}`,
        ts: '2024-06-01T00:00:00Z',
        measure: { v: quantity },
      })),
    )

    const units: number[] = []
    for (const index of rows.keys()) {
      const query = `startDate=2024-06-01T00:00:00Z&endDate=2024-07-01T00:00:00Z&accountCode=account${index}`
      const id = made.aggregations.get(`a${index}`)
      const { values } = await ours.must.get(`/measurements/aggregations/${id}?${query}`)
      units.push(values[0].units)
    }

    expect(units).toEqual(rows.map(([, , , expected]) => expected))
  })
})

async function send(measurements: Json[]): Promise<void> {
  const answer = await ours.must.post('/measurements', { measurements })
  expect(answer).toEqual({ result: 'accepted' })
}

async function usageRows(): Promise<Json[]> {
  const { data } = await ours.must.post('/usage/query', {
    startDate: '2024-01-01T00:00:00Z',
    endDate: '2025-01-01T00:00:00Z',
  })
  return data
}

async function derivedValues(
  expected: Record<string, Record<string, number | string | null>>,
): Promise<Record<string, Record<string, unknown>>> {
  const uids = Object.keys(expected)
  if (uids.length === 0) return {}
  const rows = new Map((await usageRows()).map((row) => [row.uid, row]))
  return Object.fromEntries(
    uids.map((uid) => {
      const row = rows.get(uid) ?? {}
      const codes = Object.keys(expected[uid] ?? {})
      const values = codes.map((code) => [code, fieldValue(row, code)])
      return [uid, Object.fromEntries(values)]
    }),
  )
}

/** Rows name a field by its category too: `measure.gb`. */
function fieldValue(row: Json, code: string): unknown {
  const key = Object.keys(row).find((name) => name.endsWith(`.${code}`))
  return key === undefined ? null : row[key]
}
