import { accountsResources } from '@countinghouse/contract/accounts/index.ts'
import { meteringResources } from '@countinghouse/contract/metering/index.ts'
import { submitMeasurements } from '@countinghouse/contract/metering/measurement.ts'
import { organizationResources } from '@countinghouse/contract/organization/index.ts'
import { pricingResources } from '@countinghouse/contract/pricing/index.ts'
import { check } from '@countinghouse/server/kit/http/validation.ts'
import { expect, it } from 'vitest'
import { resolveReferences } from './step.ts'
import { DEMO_DEFAULTS, worldOf } from './world.ts'

const ID = '7f6d9f6e-7d0b-4b7c-9b1e-2f6f0c1d2e3f'
const world = worldOf({ ...DEMO_DEFAULTS, now: Date.parse('2026-11-22T17:05:00Z') })
const resources = [
  ...organizationResources,
  ...meteringResources,
  ...pricingResources,
  ...accountsResources,
]

it.each([...new Set(world.steps.map(({ collection }) => collection))])(
  'creates in %s what the contract takes',
  (collection) => {
    const resource = resources.find(({ path }) => path === collection)
    if (!resource) throw new Error(`no resource has the path ${collection}`)

    for (const { code, body } of world.steps.filter((step) => step.collection === collection)) {
      expect([
        code,
        check(
          resource.body,
          resolveReferences(body, () => ID),
        ),
      ]).toEqual([code, []])
    }
  },
)

it('sends measurements that the contract takes', () => {
  const schema = submitMeasurements.body
  if (!schema) throw new Error('the call has no body')
  const [measurements] = world.packs()

  expect(check(schema, { measurements })).toEqual([])
})
