/** When each meter of a list last had a measurement: the list stands first, this comes behind it. */
import { Skeleton } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { dayText, Moment } from '../../kit/format/moment.tsx'
import { useCan, useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { keysOf } from '../../kit/query/resource.ts'
import classes from './meter.module.css'

const PATH = '/measurements/last'
/** As many as a page of the list has, and as one call takes. */
const PAGE = 100

type Answer = { since: string; data: { meterId: string; receivedAt: string }[] }

export type LastMeasurements = {
  /** Whoever may not read measurements gets no column. */
  isAllowed: boolean
  arrivals: ReadonlyMap<string, string>
  /** What was asked about; of the others nothing is known yet. */
  known: ReadonlySet<string>
  hasFailed: boolean
  since: string
}

/** One call for each page of the list; a page more asks only about its own meters. */
export function useLastMeasurements(
  meterIds: readonly string[],
  isShown: boolean,
): LastMeasurements {
  const api = useOrganizationApi()
  const { id } = useOrganization()
  const isAllowed = useCan('measurements:retrieve', 'measurements:measurement')
  const pages = Array.from({ length: Math.ceil(meterIds.length / PAGE) }, (_, at) =>
    meterIds.slice(at * PAGE, (at + 1) * PAGE),
  )
  const answers = useQueries({
    queries: pages.map((asked) => ({
      queryKey: [...keysOf(id, PATH).all, asked],
      enabled: isAllowed && isShown,
      queryFn: async ({ signal }: { signal: AbortSignal }) => ({
        ...(await api.get<Answer>(PATH, { query: { meterIds: [...asked] }, signal })),
        asked,
      }),
    })),
  })
  const found = answers.flatMap(({ data }) => data ?? [])
  return {
    isAllowed,
    arrivals: new Map(
      found.flatMap(({ data }) => data.map((each) => [each.meterId, each.receivedAt])),
    ),
    known: new Set(found.flatMap(({ asked }) => asked)),
    hasFailed: answers.some(({ isError }) => isError),
    since: found[0]?.since ?? '',
  }
}

export function LastMeasurement({ of, last }: { of: string; last: LastMeasurements }) {
  const at = last.arrivals.get(of)
  if (at !== undefined) return <Moment at={at} relative />
  if (last.known.has(of)) {
    return (
      <span
        className={classes.silent}
        data-tip={`Nothing has arrived since ${dayText(last.since, 'UTC')}.`}
      >
        Not lately
      </span>
    )
  }
  if (last.hasFailed) return <span className={classes.silent}>Could not be read</span>
  return <Skeleton h={10} w={92} />
}
