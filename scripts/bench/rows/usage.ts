/** Rows 3 and 4: when an event is seen by a query, and what queries over many events take. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Bench } from '../bench-context.ts'
import { accountCode, MEASURES, METER, runName } from '../body.ts'
import { startChild } from '../child.ts'
import type { OursOrganization } from '../ours.ts'
import { medians } from '../rounds.ts'
import { createMeter, loadOn, send } from '../set-up.ts'
import type { Row } from '../table.ts'

type Answer = { data: Record<string, unknown>[] }

const BATCH = 1000
const SENDERS = 4
const PROBES = 15
const VISIBLE_PATIENCE_MS = 20_000
const QUERY_ROUNDS = 9
/** As many as one insert of ours holds at most. */
const GROUP_ROWS = 16_000
/** What came last is still being merged on all sides; ours looks for idle months each minute. */
const SETTLE_MS = 180_000

export async function visible(bench: Bench): Promise<Row[]> {
  const organization = await bench.ours.newOrganization('Bench visible')
  const { meterId } = await createMeter(organization)
  const bare = startChild('./baselines/usage.ts')
  try {
    await bare.ask({ kind: 'fill', events: 100_000, accounts: 100, ...bench.month })
    await send(
      bench,
      loadOn(bench, organization, {
        events: BATCH,
        senders: 4,
        seconds: 60,
        requests: 100,
        accounts: 100,
      }),
    )
    const [bareMs = 0, ours = 0] = await medians(PROBES, [
      async () => (await bare.ask<{ milliseconds: number }>({ kind: 'visible' })).milliseconds,
      () => untilSeen(bench, organization, meterId),
    ])
    return [
      {
        number: '3',
        title: 'From sending an event to seeing it in a query',
        unit: 'ms',
        ours,
        baselines: [{ name: 'bare insert and select', value: bareMs }],
        better: 'less',
      },
    ]
  } finally {
    await bare.stop()
  }
}

async function untilSeen(
  bench: Bench,
  organization: OursOrganization,
  meterId: string,
): Promise<number> {
  const account = `seen-${runName()}`
  const ts = new Date(bench.month.to - 1000).toISOString()
  const measure = Object.fromEntries(MEASURES.map((field) => [field, 1]))
  // The account exists before: making accounts is not what is measured.
  const event = (uid: string) => ({
    measurements: [{ uid, meter: METER, account, ts, what: { kind: 'live' }, measure }],
  })
  await organization.client.post('/measurements', event(`${account}-0`))
  const start = performance.now()
  await organization.client.post('/measurements', event(`${account}-1`))
  while (performance.now() - start < VISIBLE_PATIENCE_MS) {
    const { data } = await organization.client.post<Answer>('/usage/query', {
      ...windowOf(bench),
      ...counting(meterId),
      groups: [{ groupType: 'ACCOUNT' }],
    })
    const row = data.find(({ accountCode: code }) => code === account)
    if (Number(row?.[`${METER}.amount.COUNT`]) === 2) return performance.now() - start
  }
  throw new Error(`an event was not seen within ${VISIBLE_PATIENCE_MS / 1000} s`)
}

export async function usage(bench: Bench): Promise<Row[]> {
  const { usageEvents, usageAccounts } = bench.settings
  const organization = await bench.ours.newOrganization('Bench usage')
  const { meterId } = await createMeter(organization)
  const bare = startChild('./baselines/usage.ts')
  const atOnce = startChild('./baselines/usage.ts')
  try {
    bench.log(`filling all sides with ${usageEvents.toLocaleString('en-US')} events`)
    await send(
      bench,
      loadOn(bench, organization, {
        events: BATCH,
        senders: SENDERS,
        seconds: 900,
        requests: Math.ceil(usageEvents / BATCH),
        accounts: usageAccounts,
      }),
    )
    const filling = { kind: 'fill', events: usageEvents, accounts: usageAccounts, ...bench.month }
    await bare.ask({ ...filling, groups: GROUP_ROWS }, 300_000)
    await atOnce.ask(filling, 300_000)
    await pause(SETTLE_MS)
    const code = accountCode(5)
    const found = await organization.client.get<{ data: { id: string }[] }>(
      `/accounts?codes=${code}`,
    )
    const accountIds = found.data.map(({ id }) => id)
    const sides = { organization, meterId, bare: [bare, atOnce] }
    const one = await compare(bench, sides, { account: 5, accountIds }, 1)
    const all = await compare(bench, sides, { account: null, accountIds: [] }, usageAccounts)
    const row = (number: string, who: string, [bareMs = 0, once = 0, ours = 0]: number[]): Row => ({
      number,
      title: `Sum by account over ${usageEvents.toLocaleString('en-US')} events, ${who}`,
      unit: 'ms',
      ours,
      baselines: [
        { name: 'bare SQL, events that came in groups', value: bareMs },
        { name: 'bare SQL, table written at once', value: once },
      ],
      better: 'less',
      aim: '≥ 80 %',
    })
    return [row('4a', 'one account', one), row('4b', 'all accounts', all)]
  } finally {
    await Promise.all([bare.stop(), atOnce.stop()])
  }
}

type Sides = {
  organization: OursOrganization
  meterId: string
  bare: ReturnType<typeof startChild>[]
}
type Who = { account: number | null; accountIds: string[] }

/** The first round warms both up and is thrown away. */
async function compare(
  bench: Bench,
  { organization, meterId, bare }: Sides,
  { account, accountIds }: Who,
  rows: number,
): Promise<number[]> {
  const { from, to } = bench.month
  const measures = [
    ...bare.map((side) => async () => {
      const answer = await side.ask<{ milliseconds: number; rows: number }>({
        kind: 'query',
        account,
        from,
        to,
      })
      if (answer.rows !== rows) throw new Error(`bare SQL gave ${answer.rows} rows, not ${rows}`)
      return answer.milliseconds
    }),
    async () => {
      const start = performance.now()
      const { data } = await organization.client.post<Answer>('/usage/query', {
        ...windowOf(bench),
        meterIds: [meterId],
        accountIds,
        aggregations: [{ meterId, fieldCode: 'amount', fieldType: 'MEASURE', function: 'SUM' }],
        groups: [{ groupType: 'ACCOUNT' }],
        limit: 20_000,
      })
      if (data.length !== rows)
        throw new Error(`the usage query gave ${data.length} rows, not ${rows}`)
      return performance.now() - start
    },
  ]
  await medians(1, measures)
  return medians(QUERY_ROUNDS, measures)
}

function windowOf(bench: Bench) {
  return {
    startDate: new Date(bench.month.from).toISOString(),
    endDate: new Date(bench.month.to).toISOString(),
  }
}

function counting(meterId: string) {
  return {
    meterIds: [meterId],
    aggregations: [{ meterId, fieldCode: 'amount', fieldType: 'MEASURE', function: 'COUNT' }],
  }
}
