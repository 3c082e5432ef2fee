/**
 * Instants and days as the organization sees them; the exact instant in UTC on hover.
 *
 *     <Moment at={row.dtCreated} />             3 Oct 2026, 14:05 (2 minutes ago while it is fresh)
 *     <Moment at={last.receivedAt} relative />  3 days ago, however old: how long nothing has come
 *     <DayText day={plan.startDate} />          3 Oct 2026 (takes 'YYYY-MM-DD' or an instant)
 *     momentText(instant, timezone), dayText(day)
 */
import { useOrganization } from '../organization.ts'
import { Absent } from './amount.tsx'
import { counted } from './digits.ts'
import classes from './format.module.css'

const FRESH_MS = 60 * 60_000

type MomentProps = {
  at: string | null | undefined
  alwaysExact?: boolean
  relative?: boolean
  /** Where it stands below its day. */
  hideDay?: boolean
}

export function Moment({ at, alwaysExact, relative, hideDay }: MomentProps) {
  const { timezone } = useOrganization()
  if (!at) return <Absent />
  const age = Date.now() - Date.parse(at)
  const isFresh = relative || (!alwaysExact && age >= 0 && age < FRESH_MS)
  return (
    <time className={classes.moment} dateTime={at} data-tip={exactText(at, timezone)}>
      {isFresh ? ago(age) : hideDay ? timeText(at, timezone) : momentText(at, timezone)}
    </time>
  )
}

type DayProps = { day: string | null | undefined; fallback?: string }

export function DayText({ day, fallback }: DayProps) {
  const { timezone } = useOrganization()
  if (!day) return fallback ? <span className={classes.absent}>{fallback}</span> : <Absent />
  return <time dateTime={day}>{dayText(day, timezone)}</time>
}

/** A first and a last day, the end as the contract has it: the day after the last. */
export function Span({
  from,
  until,
}: {
  from: string | null | undefined
  until: string | null | undefined
}) {
  const { timezone } = useOrganization()
  if (!from && !until) return <Absent />
  return (
    <span className={classes.moment}>
      {from ? dayText(from, timezone) : 'always'} to {until ? dayText(until, timezone) : 'open'}
    </span>
  )
}

export function momentText(at: string, timezone: string): string {
  return format(at, timezone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
}

function timeText(at: string, timezone: string): string {
  return format(at, timezone, { hour: '2-digit', minute: '2-digit' })
}

/** Days without a time are themselves in every zone. */
export function dayText(day: string, timezone = 'UTC'): string {
  const zone = day.length === 10 ? 'UTC' : timezone
  return format(day, zone, { day: 'numeric', month: 'short', year: 'numeric' })
}

function exactText(at: string, timezone: string): string {
  const seconds = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const
  return `${format(at, timezone, seconds)} (${timezone})\n${at.replace(/\.\d+Z$/, 'Z')}`
}

const DAY_MINUTES = 24 * 60

function ago(ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`
  if (minutes < DAY_MINUTES) return `${counted(Math.floor(minutes / 60), 'hour')} ago`
  return `${counted(Math.floor(minutes / DAY_MINUTES), 'day')} ago`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function format(at: string, timezone: string, options: Intl.DateTimeFormatOptions): string {
  const instant = Date.parse(at)
  if (Number.isNaN(instant)) return at
  const key = timezone + JSON.stringify(options)
  let formatter = formatters.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      ...options,
      timeZone: browserZone(timezone),
      hourCycle: 'h23',
    })
    formatters.set(key, formatter)
  }
  return formatter.format(instant).replace(/Sept/, 'Sep')
}

/** `UTC+1:00`, `GMT+1` and `+1` of older configurations, as browsers want them. */
export function browserZone(timezone: string): string {
  const offset = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(timezone)
  const zone = offset
    ? `${offset[1]}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}`
    : timezone
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone })
    return zone
  } catch {
    return 'UTC'
  }
}
