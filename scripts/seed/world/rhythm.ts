/** How busy a customer is: by hour, weekday, growth and launches. */
import { type Day, weekday } from './calendar.ts'
import type { Customer, Size } from './customers.ts'

/** Measurements on an ordinary day at the start, relative to a hobbyist's. */
const VOLUME: Record<Size, number> = { hobby: 1, startup: 4, business: 12, enterprise: 40 }

/** Share of a day by local hour: people at work, with a dip at noon. */
const OFFICE = shares([
  1, 1, 1, 1, 1, 2, 4, 9, 17, 24, 26, 25, 20, 22, 26, 25, 22, 16, 10, 7, 5, 4, 3, 2,
])
/** Evenings and nights, as after work. */
const LEISURE = shares([
  6, 4, 2, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9, 10, 13, 17, 21, 24, 24, 19, 12,
])

/** Relative number of measurements in one hour of UTC. Days and hours before or after its use give 0. */
export function intensity(customer: Customer, day: Day, hour: number, dayIndex: number): number {
  if (customer.from && day < customer.from) return 0
  if (customer.until && day >= customer.until) return 0
  const hours = customer.size === 'hobby' ? LEISURE : OFFICE
  const local = (hour + customer.offset + 24) % 24
  return (
    VOLUME[customer.size] *
    customer.volume *
    (hours[local] ?? 0) *
    weekdayFactor(customer.size, weekday(day)) *
    customer.growth ** (dayIndex / 30) *
    launchFactor(customer, day)
  )
}

function weekdayFactor(size: Size, day: number): number {
  const weekend = day >= 6
  if (size === 'hobby') return weekend ? 1.6 : 0.9
  if (size === 'startup') return weekend ? 0.55 : 1
  return weekend ? 0.28 : day === 5 ? 0.88 : 1
}

function launchFactor(customer: Customer, day: Day): number {
  if (!customer.launch || day < customer.launch.day) return 1
  const age = Temporal.PlainDate.from(customer.launch.day).until(day).days
  const lasting = customer.launch.factor / 2
  return lasting + lasting * Math.exp(-age / 6)
}

function shares(weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}
