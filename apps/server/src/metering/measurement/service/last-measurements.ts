/** When each of some meters last had a measurement: whether it still sends (console 4.5). */
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import type { Context } from '../../../context.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import { readNumbers } from '../../meter/store.ts'
import { readLastArrivals } from '../store.ts'

/** This month and the two before it: whole partitions of the event store. */
const MONTHS_BACK = 2

export async function lastMeasurements(
  { clock, database, events }: Context,
  organization: OrganizationRef,
  meterIds: string[],
) {
  const since = startOfMonth(clock.now(), MONTHS_BACK)
  // Meters of another organization have no number here, so nothing is asked about them.
  const numbers = await readNumbers(database.reader, organization.id, meterIds)
  const arrivals =
    numbers.size === 0
      ? []
      : await readLastArrivals(events, organization.number, {
          meters: [...numbers.values()],
          since,
        })
  const latest = new Map(arrivals.map(({ meter, at }) => [meter, Number(at)]))
  return {
    since: formatInstant(since),
    data: [...numbers].flatMap(([meterId, number]) => {
      const at = latest.get(number)
      return at === undefined ? [] : [{ meterId, receivedAt: formatInstant(at) }]
    }),
  }
}

function startOfMonth(now: number, monthsBack: number): number {
  const day = new Date(now)
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - monthsBack, 1)
}
