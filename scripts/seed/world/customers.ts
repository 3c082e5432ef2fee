/** Who buys: names, sizes, plans and habits. All of them are invented. */
import { type Calendar, type Day, dayAfter, midnightText, monthBack } from './calendar.ts'
import type { MODEL_WEIGHT } from './catalogue.ts'
import { type Random, randomOf } from './random.ts'
import { ref, type Step, step } from './step.ts'

export type Size = 'hobby' | 'startup' | 'business' | 'enterprise'

export type Customer = {
  code: string
  name: string
  size: Size
  currency: string
  locality: string
  country: string
  /** Hours east of UTC: when its people are awake. */
  offset: number
  /** First and last day of use; absent means before and after the demo. */
  from?: Day
  until?: Day
  /** A day from which it uses much more, by this factor, fading to half of that. */
  launch?: { day: Day; factor: number }
  /** How large it is among customers of its size, around 1. */
  volume: number
  /** Growth of its use in a month, 1.1 for ten percent. */
  growth: number
  models: Record<keyof typeof MODEL_WEIGHT, number>
  storage?: { gibibytes: number }
  training?: { runsADay: number }
  plans: { plan: string; from: Day; until?: Day }[]
}

type Row = [name: string, size: Size, currency: string, locality: string, offset: number]

const ROWS: readonly Row[] = [
  ['Copperfinch Robotics', 'enterprise', 'USD', 'Pittsburgh, United States', -5],
  ['Ollerby & Marsh Insurance', 'enterprise', 'GBP', 'Leeds, United Kingdom', 0],
  ['Vantmeer Logistik', 'enterprise', 'EUR', 'Hamburg, Germany', 1],
  ['Saltgrass Health Network', 'enterprise', 'USD', 'Austin, United States', -6],
  ['Tidewright Shipping Desk', 'business', 'GBP', 'Bristol, United Kingdom', 0],
  ['Quillmoss Publishing', 'business', 'USD', 'Boston, United States', -5],
  ['Brückfeld Maschinenbau', 'business', 'EUR', 'Stuttgart, Germany', 1],
  ['Harrowgate Legal Search', 'business', 'GBP', 'London, United Kingdom', 0],
  ['Lindenhof Apotheken', 'business', 'EUR', 'Vienna, Austria', 1],
  ['Pebblecreek Outfitters', 'business', 'USD', 'Denver, United States', -7],
  ['Aurelle Voyages', 'business', 'EUR', 'Lyon, France', 1],
  ['Northfen Energy Trading', 'business', 'GBP', 'Norwich, United Kingdom', 0],
  ['Glimmerlane Games', 'startup', 'USD', 'Seattle, United States', -8],
  ['Kitefold', 'startup', 'USD', 'New York, United States', -5],
  ['Mossbeck Analytics', 'startup', 'GBP', 'Manchester, United Kingdom', 0],
  ['Papierkran', 'startup', 'EUR', 'Berlin, Germany', 1],
  ['Sundial Tutoring', 'startup', 'USD', 'Chicago, United States', -6],
  ['Fernspire Bio', 'startup', 'GBP', 'Cambridge, United Kingdom', 0],
  ['Olivar Contable', 'startup', 'EUR', 'Valencia, Spain', 1],
  ['Wickerbot', 'startup', 'USD', 'Toronto, Canada', -5],
  ['Larchmere Radio', 'startup', 'GBP', 'Edinburgh, United Kingdom', 0],
  ['Tallinn Tähed', 'startup', 'EUR', 'Tallinn, Estonia', 2],
  ['Bluejay Recipes', 'startup', 'USD', 'Portland, United States', -8],
  ['Zirbenwald Software', 'startup', 'CHF', 'Chur, Switzerland', 1],
  ['Ada Brenninger', 'hobby', 'EUR', 'Graz, Austria', 1],
  ['Nightowl Scripts', 'hobby', 'USD', 'Tucson, United States', -7],
  ['Tomasz Wilczyk', 'hobby', 'EUR', 'Gdańsk, Poland', 1],
  ['Paper Lantern Zine', 'hobby', 'GBP', 'Brighton, United Kingdom', 0],
  ['Halftone Comics Club', 'hobby', 'USD', 'Columbus, United States', -5],
  ['Mirela Dunăreanu', 'hobby', 'EUR', 'Cluj, Romania', 2],
  ['The Allotment Bot', 'hobby', 'GBP', 'Sheffield, United Kingdom', 0],
  ['Keiko Tanabata', 'hobby', 'USD', 'Sapporo, Japan', 9],
  ['Gravel Ride Planner', 'hobby', 'USD', 'Boulder, United States', -7],
  ['Chessnut Coach', 'hobby', 'GBP', 'Cardiff, United Kingdom', 0],
  ['Ilse van Doornik', 'hobby', 'EUR', 'Utrecht, Netherlands', 1],
  ['Birdsong Notebook', 'hobby', 'GBP', 'Aberdeen, United Kingdom', 0],
  ['Retro Modem Museum', 'hobby', 'USD', 'Omaha, United States', -6],
  ['Samir Qadri Prototypes', 'hobby', 'USD', 'Houston, United States', -6],
  ['Lofi Lyrics', 'hobby', 'USD', 'Nashville, United States', -6],
  ['Petra Kolmanova', 'hobby', 'EUR', 'Brno, Czechia', 1],
]

export function customers(count: number, calendar: Calendar, seed: string): Customer[] {
  return Array.from({ length: count }, (_, index) => {
    const row = ROWS[index] ?? inventedRow(index)
    return customerOf(row, index, calendar, randomOf(seed, 'customer', row[0]))
  })
}

/** The largest customer has an agreement of its own instead of a plan from the list. */
export function bespokeCustomer(all: Customer[]): Customer {
  const [first] = all
  if (!first) throw new Error('the demo needs at least one customer')
  return first
}

export function accountStep(customer: Customer): Step {
  return step('/accounts', {
    code: customer.code,
    name: customer.name,
    emailAddress: `billing@${customer.code}.example.com`,
    currency: customer.currency,
    address: { locality: customer.locality, country: customer.country },
    ...(customer.size === 'enterprise'
      ? {
          purchaseOrderNumber: `PO-${customer.code.slice(0, 3).toUpperCase()}-7041`,
          daysBeforeBillDue: 30,
        }
      : {}),
  })
}

export function accountPlanSteps(customer: Customer): Step[] {
  return customer.plans.map(({ plan, from, until }) =>
    step('/accountplans', {
      code: `${customer.code}.${plan}`,
      accountId: ref('/accounts', customer.code),
      planId: ref('/plans', plan),
      startDate: midnightText(from),
      ...(until ? { endDate: midnightText(until) } : {}),
    }),
  )
}

const FIRST_WORDS = [
  'Amber',
  'Birch',
  'Cinder',
  'Drift',
  'Elder',
  'Flint',
  'Gannet',
  'Heather',
  'Indigo',
  'Juniper',
]
const SECOND_WORDS = [
  'field',
  'water',
  'mill',
  'stone',
  'wick',
  'holm',
  'gate',
  'bourne',
  'croft',
  'march',
]
const TRADES = [
  'Software',
  'Foods',
  'Studios',
  'Freight',
  'Clinics',
  'Textiles',
  'Optics',
  'Tutors',
  'Mapping',
  'Media',
]

/** Beyond the list, names are put together: a thousand before a number is needed. */
function inventedRow(index: number): Row {
  const number = index - ROWS.length
  const words = `${FIRST_WORDS[number % 10]}${SECOND_WORDS[Math.floor(number / 10) % 10]}`
  const round = Math.floor(number / 1000)
  const name = `${words} ${TRADES[Math.floor(number / 100) % 10]}${round > 0 ? ` ${round + 1}` : ''}`
  const size = index % 25 === 0 ? 'business' : index % 4 === 0 ? 'startup' : 'hobby'
  const place = ROWS[index % ROWS.length]
  const currency = place?.[2] === 'CHF' ? 'EUR' : (place?.[2] ?? 'USD')
  return [name, size, currency, place?.[3] ?? 'Dover, United States', place?.[4] ?? -5]
}

function customerOf(row: Row, index: number, calendar: Calendar, random: Random): Customer {
  const [name, size, currency, place, offset] = row
  const [locality = place, country = ''] = place.split(', ')
  const customer: Customer = {
    code: codeOf(name),
    name,
    size,
    currency,
    locality,
    country,
    offset,
    volume: random.logNormal(1, 0.45),
    growth: 0.97 + random.next() * 0.25,
    models: modelMix(size, random),
    ...productsOf(size, index, random),
    plans: [],
  }
  const story = storyOf(name, index, calendar)
  return { ...customer, ...story, plans: plansOf({ ...customer, ...story }, index, calendar) }
}

function codeOf(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/&/g, 'and')
  return plain.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

function modelMix(size: Size, random: Random): Customer['models'] {
  const condor = size === 'hobby' ? 0.04 : size === 'startup' ? 0.12 : 0.18
  const heron = 0.25 + random.next() * 0.3
  return { wren: 1 - condor - heron, heron, condor }
}

function productsOf(
  size: Size,
  index: number,
  random: Random,
): Pick<Customer, 'storage' | 'training'> {
  const gibibytes = { hobby: 3, startup: 40, business: 420, enterprise: 4200 }[size]
  const runsADay = { hobby: 0, startup: 0.6, business: 1.8, enterprise: 7 }[size]
  const stores = size === 'hobby' ? index % 3 === 0 : size === 'startup' ? index % 2 === 0 : true
  const trains =
    size === 'startup'
      ? index % 4 === 0
      : size === 'business'
        ? index % 2 === 0
        : size === 'enterprise'
  return {
    ...(stores ? { storage: { gibibytes: random.logNormal(gibibytes, 0.4) } } : {}),
    ...(trains ? { training: { runsADay: runsADay * (0.7 + random.next() * 0.6) } } : {}),
  }
}

/** A few customers whose three months are worth a look. */
function storyOf(name: string, index: number, calendar: Calendar): Partial<Customer> {
  const last = monthBack(calendar, 1)
  if (name === 'Glimmerlane Games') return { launch: { day: dayAfter(last.start, 9), factor: 6 } }
  if (name === 'Bluejay Recipes') return { launch: { day: dayAfter(last.start, 20), factor: 3 } }
  if (name === 'Lindenhof Apotheken') return { from: dayAfter(last.start, 11) }
  if (name === 'Zirbenwald Software') return { from: calendar.months.at(-1)?.start ?? last.end }
  if (name === 'Halftone Comics Club') return { until: last.end }
  if (index >= ROWS.length && index % 7 === 0) return { from: dayAfter(last.start, index % 28) }
  return {}
}

function plansOf(customer: Customer, index: number, calendar: Calendar): Customer['plans'] {
  const from = customer.from ?? calendar.months[0]?.start ?? calendar.today
  const dates = customer.until ? { from, until: customer.until } : { from }
  return [
    ...tokenPlans(customer, index, calendar, dates),
    ...(customer.storage
      ? [{ plan: large(customer) ? 'storage-scale' : 'storage-starter', ...dates }]
      : []),
    ...(customer.training
      ? [
          {
            plan: customer.size === 'enterprise' ? 'training-reserved' : 'training-on-demand',
            ...dates,
          },
        ]
      : []),
  ]
}

function tokenPlans(
  customer: Customer,
  index: number,
  calendar: Calendar,
  dates: { from: Day; until?: Day },
): Customer['plans'] {
  if (index === 0) return [{ plan: `bespoke-${customer.code}`, ...dates }]
  if (customer.name === 'Kitefold') {
    // Grew out of its first plan in the middle of a month.
    const moved = dayAfter(monthBack(calendar, 1).start, 17)
    return [
      { plan: 'developer', from: dates.from, until: moved },
      { plan: 'team', from: moved },
    ]
  }
  if (customer.size === 'enterprise') return [{ plan: 'enterprise', ...dates }]
  if (customer.size === 'business')
    return [{ plan: index % 4 === 1 ? 'enterprise' : 'team', ...dates }]
  return [{ plan: customer.size === 'startup' && index % 3 !== 0 ? 'team' : 'developer', ...dates }]
}

function large(customer: Customer): boolean {
  return customer.size === 'business' || customer.size === 'enterprise'
}
