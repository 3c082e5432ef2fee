/** A price that takes the place of an older one from its start on. */
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import type { Api } from '../../kit/api/client.ts'

/** Ends the older price and starts the new one; a refusal of the new one gives the older its end back. */
export async function replace(
  api: Api,
  older: Pricing,
  body: Record<string, unknown>,
): Promise<Pricing> {
  const put = (version: number, endDate: string | undefined) =>
    api.put<Pricing>(`/pricings/${older.id}`, {
      body: { ...bodyOf(older), endDate, version },
      schema: pricing.body,
    })
  const ended = await put(older.version, String(body['startDate']))
  try {
    return await api.post<Pricing>('/pricings', { body, schema: pricing.body })
  } catch (cause) {
    await put(ended.version, older.endDate)
    throw cause
  }
}

function bodyOf(row: Pricing): Record<string, unknown> {
  const known = new Set(Object.keys((pricing.body as { properties: object }).properties))
  return Object.fromEntries(Object.entries(row).filter(([key]) => known.has(key)))
}
