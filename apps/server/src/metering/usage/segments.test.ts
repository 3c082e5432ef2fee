/** Random segments with wildcards and odd texts: the store sorts usage as the rule says (metering 7.4). */
import { makeAccount, makeMeter, unique } from '@countinghouse/tests/support/catalog.ts'
import { randomFrom } from '@countinghouse/tests/support/random.ts'
import { startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

const FIELDS = ['country', 'tier', 'note'] as const
const TEXTS = [
  'a',
  'A',
  'b',
  'a:',
  '1:a',
  "it's",
  'back\\slash',
  'tab\there',
  '😀',
  '-',
  'null',
  '*',
]

type Values = Record<(typeof FIELDS)[number], string | null>
type Segment = Record<(typeof FIELDS)[number], string>

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-01T00:00:00Z' })
})
afterAll(() => server.close())

/** Most literal values first, then the literal in the earlier field, then the order of the list. */
function placeOf(values: Values, segments: Segment[]): number {
  const rank = (segment: Segment) => {
    const literals = FIELDS.map((field) => (segment[field] === '*' ? '0' : '1')).join('')
    return `${[...literals].filter((each) => each === '1').length}${literals}`
  }
  const matching = segments.flatMap((segment, place) =>
    FIELDS.every((field) => segment[field] === '*' || segment[field] === values[field])
      ? [{ place, rank: rank(segment) }]
      : [],
  )
  matching.sort((a, b) => (a.rank === b.rank ? a.place - b.place : a.rank < b.rank ? 1 : -1))
  return matching[0]?.place ?? -1
}

test.each([1, 2, 3, 4])('each measurement counts in one segment or none, seed %i', async (seed) => {
  const pick = randomFrom(seed).below
  const organization = await server.organization()
  const meter = await makeMeter(organization, {
    dataFields: [
      { name: 'Value', code: 'value', category: 'MEASURE', unit: '1' },
      { name: 'Country', code: 'country', category: 'WHERE' },
      { name: 'Tier', code: 'tier', category: 'WHAT' },
      { name: 'Kind', code: 'kind', category: 'OTHER' },
    ],
    // Without a value for some, as only a derived field can be.
    derivedFields: [
      { name: 'Note', code: 'note', category: 'WHO', calculation: 'kind == "none" ? null : kind' },
    ],
  })
  const account = await makeAccount(organization)
  const segments: Segment[] = []
  while (segments.length < 12) {
    const value = () => (pick(2) === 0 ? '*' : (TEXTS[pick(TEXTS.length)] ?? '*'))
    const segment = { country: value(), tier: value(), note: value() }
    const isNew = segments.every((known) => FIELDS.some((field) => known[field] !== segment[field]))
    if (isNew) segments.push(segment)
  }
  const aggregation = await organization.must.post('/aggregations', {
    name: 'By segment',
    code: unique('aggregation'),
    meterId: meter.id,
    targetField: 'value',
    aggregation: 'SUM',
    rounding: 'NONE',
    quantityPerUnit: 1,
    unit: 'unit',
    segmentedFields: FIELDS,
    segments,
  })
  const text = () => TEXTS[pick(TEXTS.length)] ?? 'a'
  const events = Array.from({ length: 400 }, (_, at) => ({
    values: { country: text(), tier: text(), note: pick(4) === 0 ? null : text() },
    value: 1 + at,
  }))
  await organization.must.post('/measurements', {
    measurements: events.map(({ values, value }, at) => ({
      uid: `event-${at}`,
      meter: meter.code,
      account: account.code,
      ts: '2024-06-15T00:00:00Z',
      measure: { value },
      where: { country: values.country },
      what: { tier: values.tier },
      other: { kind: values.note ?? 'none' },
    })),
  })

  const { values } = await organization.must.get(
    `/measurements/aggregations/${aggregation.id}?accountCode=${account.code}&startDate=2024-06-01T00:00:00Z&endDate=2024-07-01T00:00:00Z`,
  )

  expect(values).toEqual(
    segments.map((segment, place) => {
      const own = events.filter((event) => placeOf(event.values, segments) === place)
      const sum = own.length === 0 ? null : own.reduce((left, { value }) => left + value, 0)
      return { segment, quantity: sum, units: sum }
    }),
  )
})
