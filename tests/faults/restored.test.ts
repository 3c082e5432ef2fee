/** Last night's backup, restored in a clean place, answers every question as it did when it was taken. */
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, questionsAbout } from '../golden/answers.ts'
import { runBills } from '../support/bill-run.ts'
import { arrange, type Made, type Usage, use } from '../support/billing-world.ts'
import { runAdmin, startServerProcess, temporaryDataDir } from '../support/server-process.ts'
import { makeWorld, type World } from './world.ts'

let world: World
let elsewhere: Awaited<ReturnType<typeof temporaryDataDir>>

beforeAll(async () => {
  world = await makeWorld()
  elsewhere = await temporaryDataDir()
}, 60_000)
afterAll(async () => {
  await world.close()
  await elsewhere.remove()
})

const usage: Usage[] = Array.from({ length: 2_500 }, (_, at) => [
  new Date(Date.UTC(2024, 0, 1) + at * 2_000_000).toISOString(),
  { calls: at / 100, storage: 1 },
])

/** January billed and locked, February open. */
async function bill({ organization }: Made): Promise<void> {
  for (const lastDateInBillingPeriod of ['2024-01-31', '2024-02-29']) {
    await runBills(organization, { lastDateInBillingPeriod })
  }
  const { data } = await organization.must.get('/bills?billDate=2024-02-01')
  await organization.must.put(`/bills/${data[0].id}/status`, { status: 'APPROVED' })
  await organization.must.put(`/bills/${data[0].id}/lock`)
}

async function admin(dataDir: string, ...words: string[]): Promise<void> {
  const { code, output } = await runAdmin(words, { dataDir })
  if (code !== 0) throw new Error(output)
}

test('measurements, bills and all that was set up are there, and go on', async () => {
  const { organization } = world
  const made = await arrange(organization, {
    template: { standingCharge: 62, minimumSpend: 5_000 },
    pricings: [
      { name: 'calls', bands: [[0, 0, 0.37]] },
      { name: 'storage', method: 'MAX', bands: [[0, 5, 1]] },
    ],
  })
  await use(made, usage)
  await bill(made)
  const questions = await questionsAbout(organization)
  const before = await ask(organization, questions)
  const port = Number(new URL(world.server.url).port)
  await world.server.end()

  const [backup, restored] = [join(elsewhere.path, 'backup'), join(elsewhere.path, 'restored')]
  await admin(world.dataDir, 'backup', '--to', backup)
  // The machine is gone.
  await rename(join(world.dataDir, 'postgres'), join(world.dataDir, 'lost'))
  await admin(restored, 'restore', '--from', backup)
  const server = await startServerProcess({ dataDir: restored, port })
  const after = await ask(organization, questions)
  const sentBefore = 2_000
  await organization.must.post('/measurements', {
    measurements: [
      {
        uid: `use-${sentBefore + 1}`,
        meter: made.meter.code,
        account: made.account.code,
        ts: usage[sentBefore]?.[0],
        measure: usage[sentBefore]?.[1],
      },
    ],
  })
  await runBills(organization, { lastDateInBillingPeriod: '2024-02-29' })
  const { data: bills } = await organization.must.get('/bills?includeBillTotal=true')
  await server.end()

  expect(before.length).toBeGreaterThan(40)
  expect(after).toEqual(before)
  const told = before.find(({ path }) => path === '/bills')?.answer.data
  expect(bills.map(({ id, version }: { id: string; version: number }) => [id, version])).toEqual(
    told.map(({ id, version }: { id: string; version: number }) => [id, version]),
  )
}, 180_000)
