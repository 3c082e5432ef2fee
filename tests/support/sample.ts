/** Valid bodies of declared resources, made from their samples. */
import type { Resource } from '@countinghouse/contract/kit/resource.ts'
import { resources } from '@countinghouse/contract/operations.ts'
import type { TestOrganization } from './server.ts'

export type Item = Record<string, unknown> & { id: string; version: number }

/** Whatever can make things in an organization. */
export type Maker = { must: Pick<TestOrganization['must'], 'post'> }

let serial = 0

/** A body of its own code, with fresh samples of whatever it refers to, one of each kind. */
export async function sampleBody(
  resource: Resource,
  organization: Maker,
  made = new Map<string, string>(),
): Promise<Record<string, unknown>> {
  const fill = async (value: unknown): Promise<unknown> => {
    if (typeof value === 'string' && value.startsWith('ref:')) {
      return referred(value.slice('ref:'.length), organization, made)
    }
    if (Array.isArray(value)) {
      const items: unknown[] = []
      for (const item of value) items.push(await fill(item))
      return items
    }
    if (typeof value !== 'object' || value === null) return value
    const filled: Record<string, unknown> = {}
    for (const [key, item] of Object.entries(value)) filled[key] = await fill(item)
    return filled
  }
  const body = (await fill(resource.sample)) as Record<string, unknown>
  serial += 1
  return typeof body.code === 'string' ? { ...body, code: `${body.code}_${serial}` } : body
}

export async function createSample(
  resource: Resource,
  organization: Maker,
  made = new Map<string, string>(),
): Promise<Item> {
  return organization.must.post(resource.path, await sampleBody(resource, organization, made))
}

async function referred(name: string, organization: Maker, made: Map<string, string>) {
  const before = made.get(name)
  if (before !== undefined) return before
  const resource = resources.find((candidate) => candidate.name === name)
  if (resource === undefined) throw new Error(`A sample refers to ${name}, which is not declared`)
  const { id } = await createSample(resource, organization, made)
  made.set(name, id)
  return id
}
