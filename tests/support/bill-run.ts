import { vi } from 'vitest'
import type { Json, TestOrganization } from './server.ts'

/** Starts a bill run and answers with its job once that is complete. */
export async function runBills(organization: TestOrganization, body: object): Promise<Json> {
  const { id } = await organization.must.post('/billjobs', body)
  return vi.waitUntil(
    async () => {
      const job = await organization.must.get(`/billjobs/${id}`)
      return job.status === 'COMPLETE' || job.status === 'CANCELLED' ? job : null
    },
    { timeout: 30_000, interval: 50 },
  )
}
