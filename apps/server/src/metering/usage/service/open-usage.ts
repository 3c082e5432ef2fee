/** Usage queries of one process: their memory, and the connection that hears of changes. */
import type { Context } from '../../../context.ts'
import { listen } from '../../../kit/postgres/announcements.ts'
import type { ConfigurationChange } from '../../measurement/service/configuration-cache.ts'
import { directoriesOf } from '../../measurement/service.ts'
import { UsageMemory } from './usage-memory.ts'

type Usage = { memory: UsageMemory; fence(): Promise<void> }

const opened = new WeakMap<Context, Usage>()

/** For a process of the role `api`. */
export async function openUsage(context: Context): Promise<{ close(): Promise<void> }> {
  const { database, log } = context
  const memory = new UsageMemory(directoriesOf(context))
  const { fence, close } = await listen(database.pool, log, 'configuration_changed', {
    hear: (payload) => memory.forget(JSON.parse(payload) as ConfigurationChange),
    missed: () => memory.forgetAll(),
  })
  opened.set(context, { memory, fence })
  return { close }
}

export function usageOf(context: Context): Usage {
  const usage = opened.get(context)
  if (usage === undefined) throw new Error('Usage queries are not open in this process.')
  return usage
}
