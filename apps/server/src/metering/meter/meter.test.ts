import {
  startTestServer,
  type TestOrganization,
  type TestServer,
} from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { meterDirectory } from './service/directory.ts'

let server: TestServer
let ours: TestOrganization

beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  ours = await server.organization()
})
afterAll(() => server.close())

const gigabytes = { category: 'MEASURE', code: 'gb', name: 'Gigabytes', unit: 'GBy' }
const region = { category: 'WHERE', code: 'region', name: 'Region' }
const file = { category: 'METADATA', code: 'file', name: 'File' }
const rated = {
  category: 'MEASURE',
  code: 'rated',
  name: 'Rated',
  unit: 'GBy',
  calculation: 'gb * 2',
}

function meterBody(changes: Record<string, unknown> = {}) {
  return {
    name: 'Storage',
    code: 'storage',
    dataFields: [gigabytes, region, file],
    derivedFields: [rated],
    ...changes,
  }
}

const aggregationBody = (meterId: string, changes: Record<string, unknown> = {}) => ({
  name: 'Stored',
  code: 'stored',
  meterId,
  targetField: 'gb',
  aggregation: 'SUM',
  rounding: 'NONE',
  quantityPerUnit: 1,
  unit: 'GB',
  ...changes,
})

describe('a meter', () => {
  it.each([
    ['no data fields', { dataFields: [] }, 'dataFields'],
    ['no list of derived fields', { derivedFields: undefined }, 'derivedFields'],
    ['null for derived fields', { derivedFields: null }, 'derivedFields'],
    [
      '16 data fields',
      { dataFields: Array.from({ length: 16 }, (_, n) => ({ ...region, code: `r${n}` })) },
      'dataFields',
    ],
    [
      'a number without a unit',
      { dataFields: [{ ...gigabytes, unit: undefined }], derivedFields: [] },
      'dataFields[0].unit',
    ],
    [
      'a code twice in one list',
      { dataFields: [gigabytes, region, { ...file, code: 'gb' }] },
      'dataFields[2].code',
    ],
    [
      'a code in both lists',
      { derivedFields: [{ ...rated, code: 'gb', calculation: '1' }] },
      'derivedFields[0].code',
    ],
    [
      'a field code with a space',
      { dataFields: [{ ...region, code: 'two words' }], derivedFields: [] },
      'dataFields[0].code',
    ],
    [
      'an unknown category',
      { dataFields: [{ ...region, category: 'WHEN' }], derivedFields: [] },
      'dataFields[0].category',
    ],
    ['an unknown product', { productId: '00000000-0000-4000-8000-000000000000' }, 'productId'],
    [
      'a calculation that cannot be read',
      { derivedFields: [{ ...rated, calculation: 'gb *' }] },
      'derivedFields[0].calculation',
    ],
    [
      'text for a numeric field',
      { derivedFields: [{ ...rated, calculation: 'region' }] },
      'derivedFields[0].calculation',
    ],
    [
      'a derived field in a calculation',
      { derivedFields: [rated, { ...rated, code: 'more', calculation: 'rated * 2' }] },
      'derivedFields[1].calculation',
    ],
    [
      'a lookup table that does not exist',
      {
        derivedFields: [{ ...rated, calculation: 'Lookup.findNumber("rates", "rate", 1, region)' }],
      },
      'derivedFields[0].calculation',
    ],
  ])('is refused with %s', async (_case, changes, field) => {
    const answer = await ours.post('/meters', meterBody(changes))

    expect(answer.status).toBe(400)
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field)
  })

  it('says where in a calculation the problem is, for all calculations at once', async () => {
    const derivedFields = [
      { ...rated, calculation: 'gb *\n  gigabites' },
      { ...rated, code: 'other', calculation: 'Math.rond(gb)' },
    ]

    const { body } = await ours.post('/meters', meterBody({ derivedFields }))

    expect(body.errors).toEqual([
      {
        field: 'derivedFields[0].calculation',
        message: expect.stringMatching(/^Line 2, column 3: "gigabites" is not known here\./),
      },
      {
        field: 'derivedFields[1].calculation',
        message: 'Line 1, column 1: There is no function Math.rond. Did you mean Math.round?',
      },
    ])
  })

  it('reads custom fields that the organization has, product ones only in a product', async () => {
    const { version } = await ours.must.get('/customfields')
    await ours.must.put('/customfields', { version, account: { rate: 1 }, product: { free: 5 } })
    const product = await ours.must.post('/products', { name: 'P', code: 'p' })
    const derivedFields = [{ ...rated, calculation: 'gb * account.rate - product.free' }]

    const inProduct = await ours.post(
      '/meters',
      meterBody({ derivedFields, productId: product.id }),
    )
    const global = await ours.post('/meters', meterBody({ derivedFields, code: 'global' }))

    expect(inProduct.status).toBe(200)
    expect(global.status).toBe(400)
    expect(global.body.message).toContain('belongs to no product')
  })

  it('keeps a custom field that one of its calculations reads', async () => {
    const { version } = await ours.must.get('/customfields')
    const after = await ours.must.put('/customfields', { version, account: { rate: 1 } })
    await ours.must.post(
      '/meters',
      meterBody({ derivedFields: [{ ...rated, calculation: 'gb * customFields.account.rate' }] }),
    )

    const answer = await ours.put('/customfields', { version: after.version })

    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain('the derived field rated of the meter "Storage"')
  })
})

describe('changing a meter', () => {
  it('allows names, units, codes and further fields at any time', async () => {
    const made = await ours.must.post('/meters', meterBody())
    await ours.must.post('/aggregations', aggregationBody(made.id))

    const answer = await ours.put(`/meters/${made.id}`, {
      ...meterBody({ code: 'renamed', name: 'Renamed' }),
      dataFields: [
        { ...gigabytes, name: 'GB', unit: 'GiBy' },
        region,
        file,
        { ...region, code: 'zone' },
      ],
      version: 1,
    })

    expect(answer.status).toBe(200)
  })

  it.each([
    ['the target taken out', { dataFields: [region, file], derivedFields: [] }],
    [
      'the target renamed',
      { dataFields: [{ ...gigabytes, code: 'gib' }, region], derivedFields: [] },
    ],
    [
      'another category of the target',
      { dataFields: [{ ...gigabytes, category: 'COST' }, region] },
    ],
    ['a segmented field taken out', { dataFields: [gigabytes, file] }],
  ])('is refused with %s, naming the aggregation', async (_case, changes) => {
    const made = await ours.must.post('/meters', meterBody())
    const segments = { segmentedFields: ['region'], segments: [{ region: 'EU' }] }
    const { id } = await ours.must.post('/aggregations', aggregationBody(made.id, segments))

    const answer = await ours.put(`/meters/${made.id}`, { ...meterBody(changes), version: 1 })

    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain(`the aggregation "Stored" (${id})`)
  })

  it('is refused when a calculation still reads the data field that goes', async () => {
    const made = await ours.must.post('/meters', meterBody())

    const answer = await ours.put(`/meters/${made.id}`, {
      ...meterBody({ dataFields: [region] }),
      version: 1,
    })

    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain('"gb" is taken out, and this calculation reads it')
  })

  it('cannot move to another product while an aggregation counts it', async () => {
    const product = await ours.must.post('/products', { name: 'P', code: 'p' })
    const made = await ours.must.post('/meters', meterBody())
    const moved = { ...meterBody({ productId: product.id }), version: 1 }
    await ours.must.post('/aggregations', aggregationBody(made.id))

    const answer = await ours.put(`/meters/${made.id}`, moved)

    expect(answer.body.errors).toMatchObject([{ field: 'productId' }])
  })

  it('keeps it from being deleted while an aggregation counts it', async () => {
    const made = await ours.must.post('/meters', meterBody())
    const { id } = await ours.must.post('/aggregations', aggregationBody(made.id))

    const refused = await ours.delete(`/meters/${made.id}`)
    await ours.must.delete(`/aggregations/${id}`)
    const deleted = await ours.delete(`/meters/${made.id}`)

    expect(refused.status).toBe(400)
    expect(refused.body.message).toContain('Stored')
    expect(deleted.status).toBe(200)
  })
})

describe('groups of meters', () => {
  it('keep their meters together in the list, and cannot go while they have any', async () => {
    const compute = await ours.must.post('/metergroups', { name: 'Compute' })
    const disks = await ours.must.post('/metergroups', { name: 'Disks' })
    const make = (code: string, groupId?: string) =>
      ours.must.post('/meters', meterBody({ code, ...(groupId && { groupId }) }))
    const gpu = await make('gpu', compute.id)
    const disk = await make('disk', disks.id)
    await make('alone')

    const one = await ours.must.get(`/meters?groupId=${compute.id}`)
    const both = await ours.must.get(`/meters?groupId=${compute.id},${disks.id}`)
    const refused = await ours.delete(`/metergroups/${compute.id}`)

    expect(one.data.map(({ id }: { id: string }) => id)).toEqual([gpu.id])
    expect(both.data.map(({ id }: { id: string }) => id)).toEqual([disk.id, gpu.id])
    expect(refused).toMatchObject({ status: 400 })
    expect(refused.body.message).toContain('Storage')
  })
})

describe('the places of values in the event store', () => {
  const slotsOf = async (id: string) => {
    const [schema] = await meterDirectory(server.context.database.reader).byIds(ours.id, [id])
    const fields = [...(schema?.dataFields ?? []), ...(schema?.derivedFields ?? [])]
    return Object.fromEntries(fields.map(({ code, kind, slot }) => [code, `${kind} ${slot}`]))
  }

  it('count texts and numbers apart, in the order of the fields', async () => {
    const { id } = await ours.must.post('/meters', meterBody())

    expect(await slotsOf(id)).toEqual({
      gb: 'number 1',
      region: 'text 1',
      file: 'text 2',
      rated: 'number 2',
    })
  })

  it('are never given out twice, not even to a field of the same code', async () => {
    const { id } = await ours.must.post('/meters', meterBody())
    const without = meterBody({ dataFields: [gigabytes, file] })

    await ours.must.put(`/meters/${id}`, { ...without, version: 1 })
    await ours.must.put(`/meters/${id}`, { ...meterBody(), version: 2 })

    expect(await slotsOf(id)).toEqual({
      gb: 'number 1',
      region: 'text 3',
      file: 'text 2',
      rated: 'number 2',
    })
  })

  it('move when a field turns from text to number', async () => {
    const { id } = await ours.must.post('/meters', meterBody())
    const turned = { ...file, category: 'COST', unit: 'USD' }

    await ours.must.put(`/meters/${id}`, {
      ...meterBody({ dataFields: [gigabytes, { ...region, category: 'WHAT' }, turned] }),
      version: 1,
    })

    expect(await slotsOf(id)).toMatchObject({ region: 'text 1', file: 'number 3' })
  })
})
