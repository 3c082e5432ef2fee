import {
  arrange,
  billFor,
  configure,
  linesOf,
  type Made,
  runJob,
  use,
  type World,
} from '@countinghouse/tests/support/billing-world.ts'
import {
  makeAccountPlan,
  makePlan,
  makeProduct,
  makeTemplate,
} from '@countinghouse/tests/support/catalog.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z' })
})
afterAll(() => server.close())

const JUNE = '2024-06-30'
const MAY = '2024-05-31'

const world: World = {
  template: { standingCharge: 20 },
  pricings: [
    {
      name: 'qty',
      bands: [
        [0, 0, 0.15],
        [500, 0, 0.1],
      ],
      pricing: { cumulative: true },
    },
  ],
}

async function june(more: World = {}): Promise<Made> {
  const made = await arrange(await server.organization(), { ...world, ...more })
  await use(made, [
    ['2024-06-10', { qty: 620 }],
    ['2024-05-10', { qty: 10 }],
  ])
  return made
}

async function billsWithLines(made: Made): Promise<string[]> {
  const { rows } = await server.context.database.pool.query(
    `select distinct bill_id from bill_line_item where organization_id = $1`,
    [made.organization.id],
  )
  return rows.map(({ bill_id }) => bill_id)
}

async function eventsOf(made: Made): Promise<string[]> {
  const { rows } = await server.context.database.pool.query(
    `select name from domain_event where organization_id = $1 and name like 'billing.bill.%' order by sequence`,
    [made.organization.id],
  )
  return rows.map(({ name }) => name)
}

describe('calculating a bill again', () => {
  test('changes nothing when nothing has changed, but says when it was calculated', async () => {
    const made = await june()
    const first = await billFor(server, made, JUNE)

    server.clock.advance(3_600_000)
    const again = await billFor(server, made, JUNE)

    const { lastCalculatedDate: before, billJobId: firstJob, ...rest } = first
    const { lastCalculatedDate: after, billJobId: secondJob, ...same } = again
    expect(same).toEqual(rest)
    expect(Date.parse(after) - Date.parse(before)).toBe(3_600_000)
    expect(secondJob).not.toBe(firstJob)
    expect(await eventsOf(made)).toEqual(['billing.bill.created'])
  })

  test('picks up late usage and keeps the lines that are the same', async () => {
    const made = await june()
    const first = await billFor(server, made, JUNE)
    await use(made, [['2024-06-11', { qty: 100 }]])

    await runJob(server, made.organization, { billIds: [first.id] }, '/billjobs/recalculate')

    const again = await made.organization.must.get(`/bills/${first.id}`)
    expect(linesOf(again)).toEqual(['STANDING_CHARGE 20', 'USAGE 97'])
    expect(again).toMatchObject({ id: first.id, version: 2, dtCreated: first.dtCreated })
    expect(again.lineItems.map(({ id }: Json) => id)).toEqual(
      first.lineItems.map(({ id }: Json) => id),
    )
    const standing = await made.organization.must.get(
      `/bills/${first.id}/lineitems/${first.lineItems[0].id}`,
    )
    expect(standing.version).toBe(1)
    expect(await eventsOf(made)).toEqual(['billing.bill.created', 'billing.bill.updated'])
  })

  test('moves lines down for one that now comes before them, and keeps them', async () => {
    const made = await arrange(await server.organization(), {
      pricings: [
        { name: 'qty', bands: [[0, 0, 0.15]] },
        { name: 'calls', bands: [[0, 0, 0.5]] },
      ],
    })
    await use(made, [['2024-06-10', { qty: 620, calls: 4 }]])
    const first = await billFor(server, made, JUNE)
    const { id, ...template } = await made.organization.must.get(
      `/plantemplates/${made.template.id}`,
    )
    await made.organization.must.put(`/plantemplates/${id}`, { ...template, standingCharge: 20 })

    const again = await billFor(server, made, JUNE)

    expect(linesOf(again)).toEqual(['STANDING_CHARGE 20', 'USAGE 93', 'USAGE 2'])
    expect(again.lineItems.slice(1).map(({ id }: Json) => id)).toEqual(
      first.lineItems.map(({ id }: Json) => id),
    )
  })

  test('takes an approval back', async () => {
    const made = await june()
    const bill = await billFor(server, made, JUNE)
    await made.organization.must.put(`/bills/${bill.id}/status`, { status: 'APPROVED' })

    const again = await billFor(server, made, JUNE)

    expect(again).toMatchObject({ id: bill.id, status: 'PENDING' })
    expect(again.approvedBy).toBeUndefined()
  })

  test('leaves a locked bill as it is, for ever', async () => {
    const made = await june()
    const bill = await billFor(server, made, JUNE)
    await made.organization.must.put(`/bills/${bill.id}/status`, { status: 'APPROVED' })
    const locked = await made.organization.must.put(`/bills/${bill.id}/lock`)
    await use(made, [['2024-06-11', { qty: 100 }]])

    await billFor(server, made, JUNE)
    const refused = await made.organization.post('/billjobs/recalculate', { billIds: [bill.id] })

    expect(await made.organization.must.get(`/bills/${bill.id}`)).toEqual(locked)
    expect(refused).toMatchObject({ status: 400 })
    expect(refused.body.message).toContain('locked')
  })

  test('keeps to what the job said when the bill was made', async () => {
    const made = await june()
    const bill = await billFor(server, made, JUNE, {
      dueDate: '2024-09-09',
      monthEpoch: '2024-01-01',
    })
    await use(made, [['2024-06-11', { qty: 100 }]])

    await runJob(server, made.organization, { billIds: [bill.id] }, '/billjobs/recalculate')

    const again = await made.organization.must.get(`/bills/${bill.id}`)
    expect([again.dueDate, again.billTotal]).toEqual(['2024-09-09', 117])
  })

  test('leaves a bill empty that has lost its plan', async () => {
    const made = await june()
    const bill = await billFor(server, made, JUNE)
    await made.organization.must.delete(`/accountplans/${made.accountPlan.id}`)

    await runJob(server, made.organization, { billIds: [bill.id] }, '/billjobs/recalculate')

    const again = await made.organization.must.get(`/bills/${bill.id}`)
    expect([again.billTotal, again.lineItems]).toEqual([0, []])
    expect(again).toMatchObject({ startDate: '2024-06-01', endDate: '2024-07-01' })
  })
})

describe('a preview', () => {
  const asked = {
    billingFrequency: 'MONTHLY',
    billFrequencyInterval: 1,
    lastDateInBillingPeriod: JUNE,
  }

  test('is the bill, and is stored nowhere', async () => {
    const made = await june()
    const { organization } = made

    const preview = await organization.must.post('/bills/preview', {
      ...asked,
      accountIds: [made.account.id],
    })
    const stored = await organization.must.get('/bills')
    const bill = await billFor(server, made, JUNE)

    const comparable = ({ lineItems, ...of }: Json) => ({
      ...of,
      id: '',
      version: 0,
      billJobId: '',
      lineItems: lineItems.map((line: Json) => ({ ...line, id: '' })),
    })
    expect(stored.data).toEqual([])
    expect(comparable(preview)).toEqual(comparable(bill))
  })

  test('is refused where a run makes no bill: the plan only starts then and charges nothing', async () => {
    const made = await june({
      template: { standingCharge: 0, standingChargeBillInAdvance: true },
      accountPlan: { startDate: '2024-07-01T00:00:00Z' },
    })

    const preview = await made.organization.post('/bills/preview', {
      ...asked,
      accountIds: [made.account.id],
    })
    const bill = await billFor(server, made, JUNE)

    expect([preview.status, bill]).toEqual([400, null])
    expect(preview.body.message).toContain('nothing to bill')
  })

  test('asks which of several bills in progress is meant, and shows each', async () => {
    const made = await june({ accountPlan: { billEpoch: '2024-01-01' } })
    const { organization, account } = made
    const product = await makeProduct(organization)
    const template = await makeTemplate(organization, { productId: product.id, standingCharge: 7 })
    const plan = await makePlan(organization, { planTemplateId: template.id })
    await makeAccountPlan(organization, {
      accountId: account.id,
      planId: plan.id,
      billEpoch: '2024-01-15',
    })
    const { lastDateInBillingPeriod: _, ...current } = { ...asked, accountIds: [account.id] }

    const unclear = await organization.post('/bills/preview', current)

    expect(unclear.status).toBe(400)
    const [problem] = unclear.body.errors
    const [first, second] = problem.message.match(/\d{4}-\d\d-\d\d/g)
    expect(problem.field).toBe('billDate')
    for (const billDate of [first, second]) {
      const bill = await organization.must.post('/bills/preview', { ...current, billDate })
      expect(bill.billDate).toBe(billDate)
    }
    expect(first).not.toBe(second)
  })

  test.each([
    ['no account', {}, 'accountIds'],
    ['no frequency', { accountIds: ['x'], billingFrequency: undefined }, 'billingFrequency'],
    [
      'no interval',
      { accountIds: ['x'], billFrequencyInterval: undefined },
      'billFrequencyInterval',
    ],
  ])('needs to know what of: %s', async (_, without, field) => {
    const organization = await server.organization()

    const { status, body } = await organization.post('/bills/preview', { ...asked, ...without })

    expect(status).toBe(400)
    expect(body.errors.map((problem: Json) => problem.field)).toContain(field)
  })
})

describe('bills are found', () => {
  let made: Made
  let bills: Json[]

  beforeAll(async () => {
    made = await june({ account: { purchaseOrderNumber: 'PO-1' } })
    bills = [await billFor(server, made, MAY), await billFor(server, made, JUNE)]
    await made.organization.must.put(`/bills/${bills[0]?.id}/status`, { status: 'APPROVED' })
  })

  test.each([
    ['', [1, 0]],
    ['status=APPROVED', [0]],
    ['billDate=2024-07-01', [1]],
    ['billDateStart=2024-06-01&billDateEnd=2024-07-01', [0]],
    ['externalInvoiceDateStart=2024-06-02', [1]],
    ['locked=false', [1, 0]],
    ['billingFrequency=MONTHLY', [1, 0]],
    ['billingFrequency=DAILY', []],
    ['currency=USD', [1, 0]],
    ['currency=EUR', []],
    // Codes are case sensitive: this would be another currency (billing 8).
    ['currency=usd', []],
    ['accountId=nobody', []],
    ['billJobId=00000000-0000-4000-8000-000000000000', []],
  ])('by filter: %s', async (query, expected) => {
    const { data } = await made.organization.must.get(`/bills?${query}`)

    expect(data.map(({ id }: Json) => bills.findIndex((bill) => bill.id === id))).toEqual(expected)
  })

  test('with their lines, and with totals when asked', async () => {
    const whole = await made.organization.must.get('/bills?includeBillTotal=true')
    const bare = await made.organization.must.get('/bills?excludeLineItems=true')

    expect(whole.data[0]).toMatchObject({ billTotal: 107, purchaseOrderNumber: 'PO-1' })
    expect(whole.data[0].lineItems).toHaveLength(2)
    expect(bare.data[0].billTotal).toBeUndefined()
    expect(bare.data[0].lineItems).toBeUndefined()
  })

  test('page by page', async () => {
    const first = await made.organization.must.get('/bills?pageSize=1')
    const second = await made.organization.must.get(
      `/bills?pageSize=1&nextToken=${first.nextToken}`,
    )

    expect([first.data[0].id, second.data[0].id]).toEqual([bills[1]?.id, bills[0]?.id])
    expect(second.nextToken).toBeUndefined()
  })

  test.each([
    ['startDate>=2024-06-01', [1]],
    ['locked:false$billDate<2024-07-01', [0]],
    ['billingFrequency:monthly', [1, 0]],
    ['status:APPROVED$currency:USD', [0]],
    ['externalInvoiceDate>=2024-06-02', [1]],
    ['accountId:nobody', []],
    ['words~nobody', []],
    ['words~%', []],
  ])('by search: %s', async (searchQuery, expected) => {
    const { data } = await made.organization.must.get(
      `/bills/search?searchQuery=${encodeURIComponent(searchQuery)}`,
    )

    expect(data.map(({ id }: Json) => bills.findIndex((bill) => bill.id === id))).toEqual(expected)
  })

  test('by search for what people know: reference, name or code of the account, word by word', async () => {
    const { name, code, id } = made.account
    const reference = bills[1]?.sequentialInvoiceNumber ?? `INV-${bills[1]?.id.slice(-4)}`
    const found = async (words: string) => {
      const searchQuery = encodeURIComponent(`words~${words}$accountId:${id}`)
      const { data } = await made.organization.must.get(`/bills/search?searchQuery=${searchQuery}`)
      return data.map((bill: Json) => bills.findIndex((each) => each.id === bill.id))
    }

    await expect(found(name.slice(0, 4).toUpperCase())).resolves.toEqual([1, 0])
    await expect(found(code)).resolves.toEqual([1, 0])
    await expect(found(reference)).resolves.toEqual([1])
    await expect(found(reference.split('-')[1] ?? '')).resolves.toEqual([1])
    await expect(found(name.slice(1))).resolves.toEqual([])
  })

  test('by search without their lines when nobody wants them', async () => {
    const { data } = await made.organization.must.get('/bills/search?excludeLineItems=true')

    expect(data[0].lineItems).toBeUndefined()
    expect(data[0].billTotal).toBe(107)
  })

  test('by search in the order of the account’s name and of the reference', async () => {
    for (const field of ['accountName', 'reference']) {
      const { data } = await made.organization.must.get(`/bills/search?sortBy=${field}`)
      expect(data).toHaveLength(2)
    }
  })

  test('by search page by page, in the order of a field', async () => {
    const path = '/bills/search?sortBy=externalInvoiceDate&sortOrder=ASC&pageSize=1'

    const first = await made.organization.must.get(path)
    const second = await made.organization.must.get(`${path}&fromDocument=${first.nextToken}`)

    const found = [...first.data, ...second.data].map(({ id }: Json) => id)
    expect(found).toEqual(bills.map(({ id }) => id))
    expect(second.nextToken).toBeUndefined()
  })

  test('by search in the order of every field that is one value', async () => {
    const notKept = ['jsonStatementGenerated', 'csvStatementGenerated', 'statementStale']
    const fields = Object.keys(bills[0] ?? {}).filter(
      (field) => typeof bills[0]?.[field] !== 'object' && !notKept.includes(field),
    )

    const refused = []
    for (const field of fields) {
      const { status } = await made.organization.get(`/bills/search?sortBy=${field}`)
      if (status !== 200) refused.push(field)
    }

    expect(fields).toContain('lastCalculatedDate')
    expect(refused).toEqual([])
  })

  test('and a search for an unknown field is refused', async () => {
    const { status } = await made.organization.get('/bills/search?searchQuery=colour:red')

    expect(status).toBe(400)
  })

  test('of an account, newest first, and the latest', async () => {
    const { data } = await made.organization.must.get(`/bills/accountid/${made.account.id}`)
    const latest = await made.organization.must.get(`/bills/latest/${made.account.id}`)
    const nobody = await made.organization.get('/bills/latest/00000000-0000-4000-8000-000000000000')

    expect(data.map(({ id }: Json) => id)).toEqual([bills[1]?.id, bills[0]?.id])
    expect(latest.id).toBe(bills[1]?.id)
    expect(nobody.status).toBe(404)
  })

  test('as a file', async () => {
    const { downloadUrl } = await made.organization.must.post('/bills/download/csv/url', {
      startDate: '2024-06-01',
      endDate: '2024-07-01',
    })
    const file = await server.call('GET', downloadUrl.replace(/^https?:\/\/[^/]+/, ''))

    const [head, ...rows] = String(file.body).trim().split('\r\n')
    expect(head).toContain('Bill total')
    expect(rows).toHaveLength(2)
    expect(rows[1]).toContain('USAGE,qty')
  })

  test.each([
    ['no dates', {}],
    [
      'both pairs',
      {
        startDate: '2024-06-01',
        endDate: '2024-06-02',
        externalInvoiceDateStart: '2024-06-01',
        externalInvoiceDateEnd: '2024-06-02',
      },
    ],
    ['too many days', { startDate: '2024-05-01', endDate: '2024-07-01' }],
    ['half a pair', { startDate: '2024-05-01' }],
  ])('as a file only for one short pair of dates: %s', async (_, dates) => {
    const { status } = await made.organization.post('/bills/download/csv/url', dates)

    expect(status).toBe(400)
  })
})

describe('approving', () => {
  test('says how many, and passes over what is approved', async () => {
    const made = await june()
    const may = await billFor(server, made, MAY)
    const bill = await billFor(server, made, JUNE)
    await made.organization.must.put(`/bills/${may.id}/status`, { status: 'APPROVED' })

    const answer = await made.organization.must.post('/bills/approve', {
      billIds: [may.id, bill.id],
    })

    expect(answer).toEqual({ message: '1 bill approved.' })
    const approved = await made.organization.must.get(`/bills/${bill.id}`)
    expect(approved).toMatchObject({ status: 'APPROVED', version: 2 })
    expect(approved.approvedBy).toBe(made.organization.serviceUserId)
  })

  test('a period takes all bills up to its last day', async () => {
    const made = await june()
    await billFor(server, made, MAY)
    await billFor(server, made, JUNE)

    const answer = await made.organization.must.post(`/bills/billingperiod/${MAY}/monthly/approve`)

    expect(answer).toEqual({ message: '1 bill approved.' })
  })

  test('takes those that the query names when there is no body', async () => {
    const made = await june()
    const bill = await billFor(server, made, JUNE)

    const none = await made.organization.must.post(
      '/bills/approve?externalInvoiceDateStart=2024-07-02',
    )
    const all = await made.organization.must.post(`/bills/approve?accountIds=${made.account.id}`)

    expect([none, all]).toEqual([{ message: '0 bills approved.' }, { message: '1 bill approved.' }])
    expect((await made.organization.must.get(`/bills/${bill.id}`)).status).toBe('APPROVED')
  })

  test.each([{}, undefined])('needs to be told what, with the body %o', async (body) => {
    const organization = await server.organization()

    const { status, body: told } = await organization.post('/bills/approve', body)

    expect([status, told.message]).toEqual([400, expect.stringContaining('billIds')])
  })
})

describe('locking and deleting', () => {
  test('a pending bill cannot be locked', async () => {
    const made = await june()
    const bill = await billFor(server, made, JUNE)

    const refused = await made.organization.put(`/bills/${bill.id}/lock`)

    expect(refused.status).toBe(400)
    expect(refused.body.message).toContain('Approve it first')
  })

  test('a locked bill cannot be deleted or changed; an open one can', async () => {
    const made = await june()
    const bill = await billFor(server, made, JUNE)
    const may = await billFor(server, made, MAY)
    await made.organization.must.put(`/bills/${bill.id}/status`, { status: 'APPROVED' })
    await made.organization.must.put(`/bills/${bill.id}/lock`)

    const refusals = [
      await made.organization.delete(`/bills/${bill.id}`),
      await made.organization.put(`/bills/${bill.id}/status`, { status: 'PENDING' }),
    ]
    const deleted = await made.organization.must.delete(`/bills/${may.id}`)

    expect(refusals.map(({ status }) => status)).toEqual([400, 400])
    expect(deleted.id).toBe(may.id)
    expect((await made.organization.get(`/bills/${may.id}`)).status).toBe(404)
    expect((await made.organization.must.get('/lineitems')).data).toHaveLength(2)
    expect(await billsWithLines(made)).toEqual([bill.id])
  })

  test('up to a date, which can be taken back', async () => {
    const made = await june()
    const { organization } = made
    const may = await billFor(server, made, MAY)
    const { version } = await organization.must.get('/billconfig')

    const refused = await organization.put('/billconfig', { version, billLockDate: MAY })
    await organization.must.put(`/bills/${may.id}/status`, { status: 'APPROVED' })
    await organization.must.put('/billconfig', { version, billLockDate: MAY })
    const locked = await organization.must.get(`/bills/${may.id}`)
    const unlockedList = await organization.must.get('/bills?locked=false')
    const stale = await organization.put('/billconfig', { version })
    await organization.must.put('/billconfig', { version: version + 1 })
    const free = await organization.must.get(`/bills/${may.id}`)

    expect(refused.body.message).toContain('1 bill is still pending')
    expect([locked.locked, free.locked]).toEqual([true, false])
    expect(unlockedList.data).toEqual([])
    expect(stale.body.code).toBe('VERSION_MISMATCH')
  })

  test('no bill is made in a locked time', async () => {
    const made = await june()
    const { version } = await made.organization.must.get('/billconfig')
    await made.organization.must.put('/billconfig', { version, billLockDate: JUNE })

    expect(await billFor(server, made, JUNE)).toBe(null)
  })
})

describe('compound aggregations on a bill', () => {
  test('calculate with the window of the line and the custom fields of the account', async () => {
    const made = await june({ accountPlan: { startDate: '2024-06-05T00:00:00Z' } })
    const { organization, product, plan, aggregations, account } = made
    const fields = await organization.must.get('/customfields')
    await organization.must.put('/customfields', { ...fields, account: { factor: 2 } })
    await organization.must.put(`/accounts/${account.id}`, {
      ...account,
      customFields: { factor: 3 },
    })
    const compound = await organization.must.post('/compoundaggregations', {
      name: 'Weighted',
      calculation: `aggregation.${aggregations.get('qty').code} * account.factor`,
      rounding: 'UP',
      quantityPerUnit: 1000,
      unit: 'thousand',
      productId: product.id,
    })
    await organization.must.post('/pricings', {
      planId: plan.id,
      compoundAggregationId: compound.id,
      startDate: '2024-01-01T00:00:00Z',
      pricingBands: [{ lowerLimit: 0, fixedPrice: 0, unitPrice: 7 }],
    })

    const bill = await billFor(server, made, JUNE)
    const line = bill.lineItems[2]
    const behind = await organization.must.get(
      `/bills/${bill.id}/lineitems/${line.id}/measurements`,
    )

    expect(line).toMatchObject({
      description: 'Weighted',
      compoundAggregationId: compound.id,
      quantity: 1860,
      units: 2,
      subtotal: 14,
    })
    expect(line.meterId).toBeUndefined()
    expect([behind.aggregationName, behind.total]).toEqual(['qty', 1])
  })
})

describe('settings of the organization', () => {
  test('consolidation puts all frequencies on one bill', async () => {
    const made = await june({ configuration: { consolidateBills: true } })

    const bill = await billFor(server, made, JUNE)

    expect([bill.billingFrequency, linesOf(bill)]).toEqual([
      'MONTHLY',
      ['STANDING_CHARGE 20', 'USAGE 87'],
    ])
  })

  test('consolidation mixes frequencies that end on the same day', async () => {
    const made = await june({ configuration: { consolidateBills: true } })
    const product = await makeProduct(made.organization)
    const template = await makeTemplate(made.organization, {
      productId: product.id,
      billFrequency: 'DAILY',
      standingCharge: 1,
    })
    const plan = await makePlan(made.organization, { planTemplateId: template.id })
    await makeAccountPlan(made.organization, { accountId: made.account.id, planId: plan.id })

    const bill = await billFor(server, made, JUNE)

    expect(bill).toMatchObject({
      billingFrequency: 'MIXED',
      billFrequencyInterval: 1,
      startDate: '2024-06-01',
      billTotal: 108,
    })
  })

  test('consolidation keeps the rhythm of a bill that has lost its plan', async () => {
    const made = await june({ configuration: { consolidateBills: true } })
    const bill = await billFor(server, made, JUNE)
    await made.organization.must.delete(`/accountplans/${made.accountPlan.id}`)

    await runJob(server, made.organization, { billIds: [bill.id] }, '/billjobs/recalculate')

    const again = await made.organization.must.get(`/bills/${bill.id}`)
    expect([again.billTotal, again.billingFrequency, again.startDate]).toEqual([
      0,
      'MONTHLY',
      '2024-06-01',
    ])
  })

  test('consolidation leaves out what only starts then and charges nothing ahead', async () => {
    const made = await june({
      configuration: { consolidateBills: true, standingChargeBillInAdvance: true },
      template: { standingCharge: 0 },
    })
    const product = await makeProduct(made.organization)
    const template = await makeTemplate(made.organization, {
      productId: product.id,
      billFrequency: 'ANNUALLY',
      standingCharge: 0,
    })
    const plan = await makePlan(made.organization, { planTemplateId: template.id })
    await makeAccountPlan(made.organization, {
      accountId: made.account.id,
      planId: plan.id,
      startDate: '2024-07-01T00:00:00Z',
      billEpoch: '2024-07-01',
    })

    const bill = await billFor(server, made, JUNE)

    expect(bill).toMatchObject({ billingFrequency: 'MONTHLY', startDate: '2024-06-01' })
  })

  test('empty bills can be left out', async () => {
    const made = await arrange(await server.organization())
    await configure(made.organization, { suppressedEmptyBills: true })

    const none = await billFor(server, made, JUNE)
    await configure(made.organization, { suppressedEmptyBills: false })
    const empty = await billFor(server, made, JUNE)

    expect([none, empty.billTotal]).toEqual([null, 0])
  })

  test('the current period is billed before it ends', async () => {
    const made = await june()
    await use(made, [['2024-07-10', { qty: 40 }]])

    const job = await runJob(server, made.organization, {})
    const bill = await made.organization.must.get(`/bills/${job.billIds[0]}`)

    expect(bill).toMatchObject({ startDate: '2024-07-01', billDate: '2024-08-01', billTotal: 26 })
  })
})
