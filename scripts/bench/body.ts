/** Ready-made request bodies; only the uids change from one sending to the next. */

export const METER = 'bench'
export const MEASURES = ['amount', 'size', 'seconds'] as const

const MARK = '0000000'
/** Minutes, seconds and milliseconds as they stand in a ready body. */
const MINUTES = '00:00.000Z'

export type Body = {
  bytes: Buffer
  events: number
  /** Where the running number stands in each uid. */
  marks: number[]
  /** Where the minutes of each time stand. */
  minutes: number[]
}

export type BodyOptions = {
  events: number
  /** Eight characters that make the uids of this run differ from any other's. */
  run: string
  accounts: number
  /** First of the accounts in the body; the rest follow, and wrap around. */
  firstAccount: number
  /** Events lie between these instants. */
  from: number
  to: number
}

export function bodyOf(options: BodyOptions): Body {
  const measurements = Array.from({ length: options.events }, (_, index) =>
    measurement(options, index),
  )
  const bytes = Buffer.from(JSON.stringify({ measurements }))
  const marks = placesOf(bytes, `${options.run}-`).map((at) => at + options.run.length + 1)
  return { bytes, events: options.events, marks, minutes: placesOf(bytes, MINUTES) }
}

/** Gives every event of the body a uid that no other number gives, and another time in its hour. */
export function stamp(body: Body, number: number): void {
  const digits = Buffer.from(String(number).padStart(MARK.length, '0'))
  for (const mark of body.marks) digits.copy(body.bytes, mark)
  const minutes = Buffer.from(new Date((number * 7919) % 3_600_000).toISOString().slice(14))
  for (const at of body.minutes) minutes.copy(body.bytes, at)
}

function placesOf(bytes: Buffer, text: string): number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at)
  return places
}

export function accountCode(number: number): string {
  return `account-${String(number).padStart(6, '0')}`
}

/** A name for a run of its own: eight letters and digits. */
export function runName(): string {
  return Math.random().toString(36).slice(2, 10).padEnd(8, '0')
}

function measurement(options: BodyOptions, index: number) {
  const share = (index * 0.618_034) % 1
  return {
    uid: `${options.run}-${MARK}-${index}`,
    meter: METER,
    account: accountCode((options.firstAccount + index) % options.accounts),
    ts: wholeHour(options.from + share * (options.to - options.from)),
    what: { kind: index % 3 === 0 ? 'batch' : 'live' },
    measure: {
      amount: Math.round(share * 100_000) / 100,
      size: (index * 7919) % 4096,
      seconds: Math.round(share * 6_000) / 1000,
    },
  }
}

function wholeHour(epochMilliseconds: number): string {
  return new Date(Math.floor(epochMilliseconds / 3_600_000) * 3_600_000).toISOString()
}
