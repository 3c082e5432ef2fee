/** Rows 1 and 2: how many events a second are taken, and how soon they are acknowledged. */
import type { InsertAnswer } from '../baselines/insert.ts'
import type { Bench } from '../bench-context.ts'
import { startChild } from '../child.ts'
import { median, medians } from '../rounds.ts'
import { createMeter, eventsPerSecond, loadOn, send } from '../set-up.ts'
import type { Row } from '../table.ts'

const SHAPES = [
  { number: '1a', events: 1000, senders: 16 },
  { number: '1b', events: 100, senders: 64 },
  { number: '1c', events: 1, senders: 64 },
]
const ACCOUNTS = 1000

export async function ingest(bench: Bench): Promise<Row[]> {
  const { rounds, secondsPerRound: seconds } = bench.settings
  const organization = await bench.ours.newOrganization('Bench ingest')
  await createMeter(organization)
  const parser = startChild('./baselines/parse-only.ts')
  const inserter = startChild('./baselines/insert.ts')
  try {
    const { port } = await parser.ask<{ port: number }>({})
    const rows: Row[] = []
    for (const { number, events, senders } of SHAPES) {
      const question = () =>
        loadOn(bench, organization, { events, senders, seconds, accounts: ACCOUNTS })
      await send(bench, { ...question(), seconds: 1 })
      const [parsed = 0, inserted = 0, ours = 0] = await medians(rounds, [
        async () => eventsPerSecond(await send(bench, { ...question(), port })),
        async () => {
          const body = { ...question().body, firstAccount: 0 }
          return eventsPerSecond(await inserter.ask<InsertAnswer>({ body, seconds }))
        },
        async () => eventsPerSecond(await send(bench, question())),
      ])
      if (events === 1000) bench.fullRate = ours
      rows.push({
        number,
        title: `Ingest, batches of ${events}, ${senders} senders`,
        unit: 'events/s',
        ours,
        baselines: [
          { name: 'parse and insert, no HTTP', value: inserted },
          { name: 'HTTP, parse only', value: parsed },
        ],
        better: 'more',
        ...(events === 1000 ? { aim: '≥ 40 % of insert, > 110,000/s' } : {}),
      })
    }
    return rows
  } finally {
    await Promise.all([parser.stop(), inserter.stop()])
  }
}

export async function acknowledge(bench: Bench): Promise<Row[]> {
  const { rounds, secondsPerRound: seconds } = bench.settings
  const organization = await bench.ours.newOrganization('Bench acknowledge')
  await createMeter(organization)
  const shape = { events: 1000, senders: 16, seconds, accounts: ACCOUNTS }
  bench.fullRate ??= eventsPerSecond(await send(bench, loadOn(bench, organization, shape)))
  const rate = bench.fullRate / 2 / shape.events
  const parser = startChild('./baselines/parse-only.ts')
  try {
    const { port } = await parser.ask<{ port: number }>({})
    const seen: Record<'ours50' | 'ours99' | 'bare50' | 'bare99', number[]> = {
      ours50: [],
      ours99: [],
      bare50: [],
      bare99: [],
    }
    for (let round = 0; round < rounds; round += 1) {
      const question = { ...loadOn(bench, organization, shape), rate }
      const bare = await send(bench, { ...question, port })
      const ours = await send(bench, question)
      seen.ours50.push(ours.p50)
      seen.ours99.push(ours.p99)
      seen.bare50.push(bare.p50)
      seen.bare99.push(bare.p99)
    }
    const row = (number: string, percentile: string, ours: number[], bare: number[]): Row => ({
      number,
      title: `Acknowledgement ${percentile} at half load (${Math.round(rate * 1000).toLocaleString('en-US')} events/s)`,
      unit: 'ms',
      ours: median(ours),
      baselines: [{ name: 'HTTP, parse only', value: median(bare) }],
      better: 'less',
    })
    return [row('2a', 'p50', seen.ours50, seen.bare50), row('2b', 'p99', seen.ours99, seen.bare99)]
  } finally {
    await parser.stop()
  }
}
