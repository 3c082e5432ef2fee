/** A job that waited long is announced again, so two runners may begin it at the same moment. */
import { arrange, runJob } from '@countinghouse/tests/support/billing-world.ts'
import { type Json, startTestServer, type TestServer } from '@countinghouse/tests/support/server.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runBillJobs } from './run.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer({ now: '2024-07-15T12:00:00Z', config: { logLevel: 'silent' } })
})
afterAll(() => server.close())

/** How many statements of the database wait for another; with a text, of those that hold it. */
async function waiting(text = ''): Promise<number> {
  const { rows } = await server.context.database.pool.query(
    `select count(*)::integer as count from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and strpos(query, $1) > 0`,
    [text],
  )
  return rows[0].count
}

test('two runners that begin one job cut it once, and it completes', async () => {
  const made = await arrange(await server.organization(), { template: { standingCharge: 10 } })
  const { id: organizationId, must } = made.organization
  const { pool } = server.context.database
  const holder = await pool.connect()
  await holder.query('begin')
  // The first runner needs it in the middle of cutting the job, and waits.
  await holder.query(
    `insert into bill_configuration (organization_id, id, version, created_at, created_by,
       modified_at, modified_by, body)
     values ($1::uuid, gen_random_uuid(), 1, now(), 'test', now(), 'test', '{}')`,
    [organizationId],
  )
  const job = await must.post('/billjobs', { lastDateInBillingPeriod: '2024-06-30' })
  await expect.poll(() => waiting()).toBe(1)

  const payload = { organizationId, billJobId: job.id }
  const second = runBillJobs.run(server.context, payload, new AbortController().signal)
  await expect.poll(() => waiting()).toBe(2)
  await holder.query('commit')
  holder.release()
  await second
  await server.context.jobs.waitUntilIdle()

  const ended = await must.get(`/billjobs/${job.id}`)
  expect(ended).toMatchObject({ status: 'COMPLETE', total: 1, pending: 0 })
  expect((await must.get('/bills')).data).toHaveLength(1)
  await runJob(server, made.organization, { lastDateInBillingPeriod: '2024-06-30' })
})

test('two runners that meet an account whose bill is never taken tell of it once', async () => {
  const made = await arrange(await server.organization(), { template: { standingCharge: 10 } })
  const { id: organizationId, must } = made.organization
  const { pool } = server.context.database
  const [gate, holder] = [await pool.connect(), await pool.connect()]
  await gate.query(`
    create function refuse_bill() returns trigger language plpgsql as
      $$ begin
        perform pg_advisory_xact_lock_shared(4711);
        raise exception 'does not fit' using errcode = '22003';
      end $$;
    create trigger refuse_bill before insert on bill for each row execute function refuse_bill()`)
  await gate.query('select pg_advisory_lock(4711)')
  const job = await must.post('/billjobs', { lastDateInBillingPeriod: '2024-06-30' })
  await expect.poll(() => waiting()).toBe(1)

  // The first is refused, and waits before it can say so.
  await holder.query('begin')
  await holder.query('select from bill_job where id = $1 for update', [job.id])
  await gate.query('select pg_advisory_unlock(4711)')
  const waitingForTheJob = () => waiting('select status from bill_job')
  await expect.poll(waitingForTheJob).toBe(1)
  const payload = { organizationId, billJobId: job.id }
  const second = runBillJobs.run(server.context, payload, new AbortController().signal)
  // Each of its lanes may take the pack up, be refused and wait as well.
  await expect.poll(waitingForTheJob).toBeGreaterThanOrEqual(2)
  await holder.query('commit')
  await second
  await server.context.jobs.waitUntilIdle()

  await gate.query('drop function refuse_bill cascade')
  for (const client of [gate, holder]) client.release()
  const { data } = await must.get('/alerts')
  const failures = data.filter(({ severity }: Json) => severity === 'ERROR')
  expect(failures.map(({ count }: Json) => count)).toEqual([1])
  expect(await must.get(`/billjobs/${job.id}`)).toMatchObject({ status: 'COMPLETE', pending: 0 })
})
