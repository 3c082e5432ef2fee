/** Three months of use, hour by hour, in the order in which it happened. */
import { type Calendar, type Day, midnight } from './calendar.ts'
import { GPU_KINDS } from './catalogue.ts'
import type { Customer, Size } from './customers.ts'
import type { Measurement } from './measurement.ts'
import { mishapsOf } from './mishaps.ts'
import { type Random, randomOf } from './random.ts'
import { intensity } from './rhythm.ts'

const HOUR = 3_600_000

export type Use = {
  calendar: Calendar
  customers: Customer[]
  seed: string
  /** About how many measurements; a little more comes out. */
  measurements: number
}

/** Packs of at most `size`, each no older than the one before by more than a day. */
export function* packsOf(use: Use, size = 1000): Generator<Measurement[]> {
  let pack: Measurement[] = []
  for (const measurement of measurementsOf(use)) {
    pack.push(measurement)
    if (pack.length < size) continue
    yield pack
    pack = []
  }
  if (pack.length > 0) yield pack
}

export function* measurementsOf(use: Use): Generator<Measurement> {
  const scale = scaleOf(use)
  for (const [dayIndex, day] of use.calendar.days.entries()) {
    const ordinary = use.customers.flatMap((customer) => dayOf(use, customer, day, dayIndex, scale))
    ordinary.sort((one, other) => (one.ts < other.ts ? -1 : one.ts > other.ts ? 1 : 0))
    yield* ordinary
    yield* mishapsOf(use.calendar, dayIndex, ordinary)
  }
}

/** Measurements for one unit of intensity, so that the whole comes to the number asked for. */
function scaleOf(use: Use): number {
  let sum = 0
  for (const [dayIndex, day] of use.calendar.days.entries()) {
    for (const customer of use.customers) {
      for (let hour = 0; hour < 24; hour += 1) {
        if (hourStart(day, hour) < use.calendar.now) sum += intensity(customer, day, hour, dayIndex)
      }
    }
  }
  return use.measurements / sum
}

function hourStart(day: Day, hour: number): number {
  return midnight(day) + hour * HOUR
}

function dayOf(
  use: Use,
  customer: Customer,
  day: Day,
  dayIndex: number,
  scale: number,
): Measurement[] {
  const random = randomOf(use.seed, customer.code, day)
  const key = `${day.replaceAll('-', '')}-${customer.code.slice(0, 24)}`
  const mood = random.logNormal(1, 0.12)
  const made: Measurement[] = []
  for (let hour = 0; hour < 24; hour += 1) {
    const busy = intensity(customer, day, hour, dayIndex)
    const start = hourStart(day, hour)
    const count = Math.floor(busy * scale * mood + random.next())
    for (let index = 0; index < count; index += 1) {
      made.push(completion(customer, random, `${key}-c${made.length}`, start))
    }
    if (busy > 0 && customer.storage && hour % 6 === 3) {
      made.push(snapshot(customer, random, `${key}-v${hour}`, start, dayIndex, busy))
    }
    if (busy > 0 && customer.training && random.next() < customer.training.runsADay / 24) {
      made.push(trainingRun(customer, random, `${key}-t${hour}`, start, use.calendar.now))
    }
  }
  return made.filter(
    (measurement) => Date.parse(measurement.ets ?? measurement.ts) <= use.calendar.now,
  )
}

/** Tokens of one measurement: what a client adds up over a minute or so. */
const PROMPT_TOKENS: Record<Size, number> = {
  hobby: 21_000,
  startup: 90_000,
  business: 210_000,
  enterprise: 380_000,
}

function completion(customer: Customer, random: Random, uid: string, start: number): Measurement {
  const model = random.weighted(customer.models)
  const prompt = Math.ceil(random.logNormal(PROMPT_TOKENS[customer.size], 0.9))
  const requests = Math.max(1, Math.round(prompt / random.logNormal(2600, 0.5)))
  return {
    uid,
    meter: 'completions',
    account: customer.code,
    ts: instant(start + random.next() * HOUR),
    who: { workspace: random.pick(['production', 'production', 'staging']) },
    what: { model },
    where: { region: regionOf(customer) },
    other: { channel: random.next() < 0.22 ? 'batch' : 'live' },
    measure: {
      requests,
      prompt_tokens: prompt,
      cached_tokens: Math.floor(prompt * random.next() * 0.45),
      completion_tokens: Math.ceil(prompt * random.logNormal(0.22, 0.4)),
    },
  }
}

function snapshot(
  customer: Customer,
  random: Random,
  uid: string,
  start: number,
  dayIndex: number,
  busy: number,
): Measurement {
  const gibibytes = (customer.storage?.gibibytes ?? 0) * customer.growth ** (dayIndex / 30)
  return {
    uid,
    meter: 'vector-snapshots',
    account: customer.code,
    ts: instant(start + random.integer(0, 59) * 1000),
    what: { store: 'main' },
    where: { region: regionOf(customer) },
    measure: {
      stored: Number((gibibytes * (1 + 0.01 * random.normal())).toFixed(3)),
      queries: Math.round(busy * random.logNormal(9000, 0.3)),
    },
  }
}

function trainingRun(
  customer: Customer,
  random: Random,
  uid: string,
  start: number,
  now: number,
): Measurement {
  const hours = Number(Math.min(60, random.logNormal(3.2, 0.8)).toFixed(2))
  const gpu = random.weighted({
    [GPU_KINDS[0]]: 5,
    [GPU_KINDS[1]]: 4,
    [GPU_KINDS[2]]: 1,
    'preview-96': 0.4,
  })
  const begun = Math.min(start + random.next() * HOUR, now - hours * HOUR)
  return {
    uid,
    meter: 'training-runs',
    account: customer.code,
    ts: instant(Math.max(begun, start - 12 * HOUR)),
    ets: instant(Math.max(begun, start - 12 * HOUR) + hours * HOUR),
    who: { team: random.pick(['research', 'search', 'ranking']) },
    what: { gpu },
    other: { outcome: random.next() < 0.06 ? 'failed' : 'finished' },
    metadata: { run: `run-${random.integer(100_000, 999_999)}` },
    measure: {
      hours,
      gpus: customer.size === 'enterprise' ? random.pick([2, 4, 8]) : random.pick([1, 1, 2]),
    },
  }
}

function regionOf(customer: Customer): string {
  return customer.offset < 0 ? 'us-east' : customer.offset > 4 ? 'ap-north' : 'eu-west'
}

function instant(epochMilliseconds: number): string {
  return new Date(Math.floor(epochMilliseconds)).toISOString()
}
