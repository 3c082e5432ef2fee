/** Small random worlds, the same again for the same seed, and how they are made through the API. */
import {
  makeAccount,
  makeAccountPlan,
  makePlan,
  makeProduct,
  makeTemplate,
  unique,
} from '../../support/catalog.ts'
import { type Random, randomFrom } from '../../support/random.ts'
import type { Json, TestOrganization, TestServer } from '../../support/server.ts'
import { dayAt, dayNumber } from './days.ts'
import type { Account, Aggregation, Attached, Event, Plan, Pricing, Settings } from './model.ts'

const HOUR_MS = 3_600_000

const MODES = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN']
export const ZONES = [
  'UTC',
  'Europe/London',
  'America/St_Johns',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
]

/** What a seed chose for a zone, made through the API; `random` goes on from there. */
export type RandomWorld = {
  random: Random
  settings: Settings
  aggregations: Aggregation[]
  organization: TestOrganization
  made: MadeAccount[]
}

export async function makeRandomWorld(
  server: TestServer,
  zone: string,
  { seed, accounts: count }: { seed: number; accounts: number },
): Promise<RandomWorld> {
  const random = randomFrom(seed)
  const settings = randomSettings(random, zone)
  const aggregations = randomAggregations(random)
  const accounts = Array.from({ length: count }, () =>
    randomAccount(random, aggregations, settings),
  )
  const organization = await server.organization()
  const made = await make(organization, settings, aggregations, accounts)
  return { random, settings, aggregations, organization, made }
}

function randomSettings(random: Random, zone: string): Settings {
  const day = () => dayAt(dayNumber('2022-01-01') + random.whole(0, 60))
  const currencies = new Map(
    ['AAA', 'BBB', 'CCC', 'DDD'].map((code, at) => [
      code,
      { places: [0, 2, 3, 5][at] ?? 2, mode: random.one(MODES) },
    ]),
  )
  const rates = new Map<string, string>()
  for (const from of currencies.keys()) {
    for (const to of currencies.keys()) {
      if (from !== to)
        rates.set(`${from} ${to}`, `${random.whole(0, 9)}.${random.whole(1, 99_999)}`)
    }
  }
  return {
    zone,
    currency: 'BBB',
    epochs: {
      DAILY: day(),
      WEEKLY: day(),
      MONTHLY: random.one(['2022-01-31', '2022-01-01', day()]),
      ANNUALLY: random.one(['2020-02-29', day()]),
    },
    currencies,
    rates,
  }
}

function randomAggregations(random: Random): Aggregation[] {
  const methods = ['SUM', 'SUM', 'MAX', 'MIN', 'COUNT', 'LATEST', 'MEAN'] as const
  return methods.map((method, at) => ({
    key: `${method}_${at}`,
    method,
    field: random.one(['a', 'b']),
    quantityPerUnit: random.one(['1', '1', '3', '0.7', '500', '12.5']),
    rounding: random.one(['UP', 'DOWN', 'NEAREST', 'NONE'] as const),
    defaultValue: random.maybe(0.2) ? random.one(['0', '5', '2.5']) : null,
    regions: at === 1 || (at > 1 && random.maybe(0.2)) ? ['EU', 'US', '*'] : [],
  }))
}

function randomAccount(random: Random, aggregations: Aggregation[], settings: Settings): Account {
  const first = randomAttached(random, aggregations, 'one')
  const attached = [first]
  if (random.maybe(0.3)) {
    const second = randomAttached(random, aggregations, 'two')
    second.plan.frequency = first.plan.frequency
    second.plan.interval = first.plan.interval
    second.epoch = first.epoch
    attached.push(second)
  }
  const from = Math.min(...attached.map((each) => each.from))
  return {
    currency: random.maybe(0.5) ? random.one([...settings.currencies.keys()]) : null,
    epoch: random.maybe(0.3) ? dayAt(dayNumber('2023-10-01') + random.whole(0, 200)) : null,
    attached,
    events: Array.from({ length: random.whole(5, 40) }, () => randomEvent(random, from)),
  }
}

function randomAttached(random: Random, aggregations: Aggregation[], product: string): Attached {
  const plan = randomPlan(random, aggregations, product)
  const from = randomInstant(random, '2023-10-01', 150)
  return {
    plan,
    from,
    to: random.maybe(0.3)
      ? from + random.whole(5, 300) * 24 * HOUR_MS + random.whole(0, 23) * HOUR_MS
      : null,
    epoch: random.maybe(0.2) ? dayAt(dayNumber('2023-11-01') + random.whole(0, 120)) : null,
  }
}

function randomPlan(random: Random, aggregations: Aggregation[], product: string): Plan {
  const frequency = random.one([
    'DAILY',
    'WEEKLY',
    'MONTHLY',
    'MONTHLY',
    'MONTHLY',
    'ANNUALLY',
  ] as const)
  return {
    product,
    currency: random.one(['AAA', 'BBB', 'CCC', 'DDD']),
    frequency,
    interval: {
      DAILY: random.whole(5, 40),
      WEEKLY: random.whole(1, 4),
      MONTHLY: random.whole(1, 4),
      ANNUALLY: 1,
    }[frequency],
    standing: random.maybe(0.7) ? `${random.whole(0, 200)}.${random.whole(0, 999)}` : '0',
    standingAhead: random.maybe(0.4),
    everyBills: random.maybe(0.3) ? random.whole(1, 3) : 1,
    firstBill: random.maybe(0.3) ? random.whole(0, 2) : 0,
    minimum: random.maybe(0.5) ? `${random.whole(0, 300)}.${random.whole(0, 99)}` : null,
    minimumAhead: random.maybe(0.4),
    pricings: Array.from(
      { length: random.whole(1, 3) },
      () => aggregations[random.whole(0, aggregations.length - 1)],
    )
      .filter((each, at, all) => each !== undefined && all.indexOf(each) === at)
      .flatMap((aggregation) => randomPricings(random, aggregation as Aggregation)),
  }
}

function randomPricings(random: Random, aggregation: Aggregation): Pricing[] {
  const regions = aggregation.regions.length === 0 ? [null] : aggregation.regions
  return regions.flatMap((region) => {
    const start = randomInstant(random, '2023-08-01', 120)
    const change = randomInstant(random, '2024-01-01', 90)
    const whole = randomPricing(random, aggregation, region)
    if (random.maybe(0.4)) return [{ ...whole, from: start, to: null }]
    const later = randomPricing(random, aggregation, region)
    if (random.maybe(0.4)) {
      const template = { ...whole, from: start, to: null, onTemplate: true, minimum: null }
      return [
        template,
        {
          ...later,
          type: whole.type,
          from: change,
          to: change + random.whole(1, 60) * 24 * HOUR_MS,
        },
      ]
    }
    return [
      { ...whole, from: start, to: change },
      { ...later, type: whole.type, from: change + random.whole(0, 3) * 36 * HOUR_MS, to: null },
    ]
  })
}

function randomPricing(random: Random, aggregation: Aggregation, region: string | null): Pricing {
  const limits = [random.maybe(0.9) ? 0 : 2, random.whole(3, 20), random.whole(21, 60)].slice(
    0,
    random.whole(1, 3),
  )
  const type = random.maybe(0.15)
    ? random.one(['PRODUCT_CREDIT', 'GLOBAL_CREDIT'] as const)
    : 'DEBIT'
  return {
    aggregation,
    region,
    from: 0,
    to: null,
    type,
    cumulative: random.maybe(0.5),
    spans: type === 'DEBIT' && random.maybe(0.3),
    bands: limits.map((limit) => [
      String(limit),
      random.maybe(0.4) ? `${random.whole(0, 30)}.${random.whole(0, 99)}` : '0',
      `0.${random.whole(0, 99_999)}`,
    ]),
    minimum: random.maybe(0.25) ? `${random.whole(1, 80)}.5` : null,
    minimumAhead: random.maybe(0.4),
    onTemplate: false,
  }
}

function randomEvent(random: Random, from: number): Event {
  const number = () =>
    `${random.maybe(0.1) ? '-' : ''}${random.whole(0, 40)}.${random.whole(0, 999)}`
  return {
    ts: from - 5 * 24 * HOUR_MS + random.whole(0, 300 * 24 * 3_600) * 1_000 + random.whole(0, 999),
    region: random.one(['EU', 'US', 'JP', 'BR']),
    values: { a: number(), b: number() },
  }
}

/** Often at midnight of somewhere, sometimes inside a day. */
function randomInstant(random: Random, day: string, days: number): number {
  const at = dayNumber(dayAt(dayNumber(day) + random.whole(0, days))) * 24 * HOUR_MS
  return random.maybe(0.6) ? at : at + random.whole(1, 23) * HOUR_MS + random.whole(0, 59) * 60_000
}

export type MadeAccount = { account: Account; id: string; code: string }

/** Makes everything through the API; the order of creation is that of the oracle. */
async function make(
  organization: TestOrganization,
  settings: Settings,
  aggregations: Aggregation[],
  accounts: Account[],
): Promise<MadeAccount[]> {
  const { must } = organization
  for (const [code, { places, mode }] of settings.currencies) {
    await must.post('/picklists/currency', {
      name: code,
      code,
      maxDecimalPlaces: places,
      roundingMode: mode,
    })
  }
  const { version } = await must.get('/organizationconfig')
  const { DAILY, WEEKLY, MONTHLY, ANNUALLY } = settings.epochs
  await must.put('/organizationconfig', {
    version,
    timezone: settings.zone,
    currency: settings.currency,
    dayEpoch: DAILY,
    weekEpoch: WEEKLY,
    monthEpoch: MONTHLY,
    yearEpoch: ANNUALLY,
    daysBeforeBillDue: 14,
    currencyConversions: [...settings.rates].map(([pair, multiplier]) => ({
      from: pair.slice(0, 3),
      to: pair.slice(4),
      multiplier: Number(multiplier),
    })),
  })
  const meter = await must.post('/meters', {
    name: 'Meter',
    code: unique('meter'),
    dataFields: [
      ...['a', 'b'].map((code) => ({ name: code, code, category: 'MEASURE', unit: '1' })),
      { name: 'region', code: 'region', category: 'WHERE' },
    ],
    derivedFields: [],
  })
  const ids = new Map<Aggregation, string>()
  for (const aggregation of aggregations)
    ids.set(aggregation, await makeAggregation(must, meter.id, aggregation))
  const products = new Map<string, string>()
  for (const name of ['one', 'two'])
    products.set(name, (await makeProduct(organization, { name })).id)
  const made: MadeAccount[] = []
  for (const account of accounts) {
    const { id, code } = await makeAccount(organization, {
      ...(account.currency !== null && { currency: account.currency }),
      ...(account.epoch !== null && { billEpoch: account.epoch }),
    })
    for (const attached of account.attached)
      await attach(organization, { accountId: id, attached, products, ids })
    made.push({ account, id, code })
  }
  const measurements = made.flatMap(({ account, code }) =>
    account.events.map(({ ts, region, values }) => ({
      uid: unique('uid'),
      meter: meter.code,
      account: code,
      ts: new Date(ts).toISOString(),
      where: { region },
      measure: Object.fromEntries(
        Object.entries(values).map(([field, value]) => [field, Number(value)]),
      ),
    })),
  )
  for (let at = 0; at < measurements.length; at += 1000)
    await must.post('/measurements', { measurements: measurements.slice(at, at + 1000) })
  return made
}

async function makeAggregation(
  must: TestOrganization['must'],
  meterId: string,
  of: Aggregation,
): Promise<string> {
  const { id } = await must.post('/aggregations', {
    name: of.key,
    code: unique('aggregation'),
    meterId,
    targetField: of.field,
    aggregation: of.method,
    rounding: of.rounding,
    quantityPerUnit: Number(of.quantityPerUnit),
    unit: 'unit',
    ...(of.defaultValue !== null && { defaultValue: Number(of.defaultValue) }),
    ...(of.regions.length > 0 && {
      segmentedFields: ['region'],
      segments: of.regions.map((region) => ({ region })),
    }),
  })
  return id
}

async function attach(
  organization: TestOrganization,
  given: {
    accountId: string
    attached: Attached
    products: Map<string, string>
    ids: Map<Aggregation, string>
  },
): Promise<void> {
  const { attached, products, ids } = given
  const { plan } = attached
  const template = await makeTemplate(organization, {
    productId: products.get(plan.product),
    currency: plan.currency,
    billFrequency: plan.frequency,
    billFrequencyInterval: plan.interval,
    standingChargeInterval: plan.everyBills,
    standingChargeOffset: plan.firstBill,
    standingCharge: Number(plan.standing),
  })
  const own = await makePlan(organization, {
    planTemplateId: template.id,
    standingChargeBillInAdvance: plan.standingAhead,
    minimumSpendBillInAdvance: plan.minimumAhead,
    ...(plan.minimum !== null && { minimumSpend: Number(plan.minimum) }),
  })
  for (const pricing of plan.pricings) {
    const body: Json = {
      ...(pricing.onTemplate ? { planTemplateId: template.id } : { planId: own.id }),
      aggregationId: ids.get(pricing.aggregation),
      ...(pricing.region !== null && { segment: { region: pricing.region } }),
      startDate: new Date(pricing.from).toISOString(),
      ...(pricing.to !== null && { endDate: new Date(pricing.to).toISOString() }),
      type: pricing.type,
      cumulative: pricing.cumulative,
      tiersSpanPlan: pricing.spans,
      pricingBands: pricing.bands.map(([lowerLimit, fixedPrice, unitPrice]) => ({
        lowerLimit: Number(lowerLimit),
        fixedPrice: Number(fixedPrice),
        unitPrice: Number(unitPrice),
      })),
      ...(pricing.minimum !== null && {
        minimumSpend: Number(pricing.minimum),
        minimumSpendBillInAdvance: pricing.minimumAhead,
      }),
    }
    await organization.must.post('/pricings', body)
  }
  await makeAccountPlan(organization, {
    accountId: given.accountId,
    planId: own.id,
    startDate: new Date(attached.from).toISOString(),
    ...(attached.to !== null && { endDate: new Date(attached.to).toISOString() }),
    ...(attached.epoch !== null && { billEpoch: attached.epoch }),
  })
}
