/** Row 5: bill runs of two sizes, how the time grows, and a run that finds nothing changed. */
import { runJob } from '../../seed/send.ts'
import type { Bench } from '../bench-context.ts'
import { startChild } from '../child.ts'
import { medians } from '../rounds.ts'
import { attachPlans, createMeter, createPlan, loadOn, send } from '../set-up.ts'
import type { Row } from '../table.ts'

type Run = { accounts: number; firstMs: number; secondMs: number; bareMs: number }

const BATCH = 1000
const BARE_ROUNDS = 3
/** A short run says more of a server that has run for a while than of one that just began. */
const SMALL_ROUNDS = 3

export async function billRun(bench: Bench): Promise<Row[]> {
  const [few, many] = bench.settings.billAccounts
  const rounds: Run[] = []
  while (rounds.length < SMALL_ROUNDS) rounds.push(await measure(bench, few))
  const small = middle(rounds)
  const large = await measure(bench, many)
  const rate = (
    number: string,
    title: string,
    { accounts, bareMs }: Run,
    ms: number,
    aim: string,
  ): Row => ({
    number,
    title: `${title}, ${accounts.toLocaleString('en-US')} accounts`,
    unit: 'accounts/s',
    ours: (accounts / ms) * 1000,
    baselines: [{ name: 'one GROUP BY, one bulk insert', value: (accounts / bareMs) * 1000 }],
    better: 'more',
    aim,
    note: `${(ms / 1000).toFixed(2)} s against ${(bareMs / 1000).toFixed(2)} s for the same rows`,
  })
  return [
    rate('5a', 'Bill run', small, small.firstMs, '≥ 5,000/s'),
    rate('5b', 'Bill run', large, large.firstMs, '≥ 5,000/s'),
    {
      number: '5c',
      title: `Growth of the time for ${large.accounts / small.accounts} times the accounts`,
      unit: 'x',
      ours: large.firstMs / small.firstMs,
      baselines: [{ name: 'the same of the bare script', value: large.bareMs / small.bareMs }],
      better: 'less',
    },
    rate('5d', 'Second run, nothing changed', large, large.secondMs, 'changes nothing'),
  ]
}

function middle(rounds: Run[]): Run {
  const sorted = rounds.toSorted((a, b) => a.firstMs - b.firstMs)
  const found = sorted[Math.floor(sorted.length / 2)]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

async function measure(bench: Bench, accounts: number): Promise<Run> {
  const { billEventsEach } = bench.settings
  const { month } = bench
  const organization = await bench.ours.newOrganization(`Bench bills ${accounts}`)
  const planId = await createPlan(organization, await createMeter(organization), month.firstDay)
  bench.log(`making ${accounts.toLocaleString('en-US')} accounts by sending their usage`)
  const events = accounts * billEventsEach
  await send(
    bench,
    loadOn(bench, organization, {
      events: BATCH,
      senders: 2,
      seconds: 900,
      requests: Math.ceil(events / BATCH),
      accounts,
      sweeps: true,
    }),
  )
  const attached = await attachPlans(organization, planId, month.firstDay)
  if (attached !== accounts) throw new Error(`${attached} accounts were made, not ${accounts}`)

  bench.log('billing')
  const request = { billingFrequency: 'MONTHLY', lastDateInBillingPeriod: month.lastDay }
  const timed = async () => {
    const start = performance.now()
    const job = await runJob(organization.client, request, 25)
    if (job.total !== accounts)
      throw new Error(`the job billed ${job.total} accounts, not ${accounts}`)
    return performance.now() - start
  }
  const firstMs = await timed()
  const secondMs = await timed()

  const bare = startChild('./baselines/bill-run.ts')
  try {
    await bare.ask({ kind: 'fill', events, accounts, ...month }, 300_000)
    const [bareMs = 0] = await medians(BARE_ROUNDS, [
      async () => (await bare.ask<{ milliseconds: number }>({ kind: 'run' }, 300_000)).milliseconds,
    ])
    return { accounts, firstMs, secondMs, bareMs }
  } finally {
    await bare.stop()
  }
}
