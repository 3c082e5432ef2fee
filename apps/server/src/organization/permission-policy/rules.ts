/** What a policy must satisfy, and which policies stay as they are. */
import { permissionPolicy } from '@countinghouse/contract/organization/permission-policy.ts'
import { bind } from '../../kit/area.ts'
import { InvalidInputError } from '../../kit/errors.ts'
import { normalizeStatement, statementProblems } from '../../kit/permission/statement.ts'
import { holdersOf, managedKeys } from './store.ts'

const SHOWN_HOLDERS = 5

export const permissionPolicyBinding = bind(permissionPolicy, {
  async beforeWrite({ writer, scope, body, stored, problems }) {
    if (stored !== null) {
      const managed = await managedKeys(writer, scope.organizationId, [stored.id])
      if (managed.size > 0) throw isManaged('changed')
    }
    problems.push(...statementProblems(body.permissionPolicy, 'permissionPolicy'))
    return { ...body, permissionPolicy: body.permissionPolicy.map(normalizeStatement) }
  },

  async beforeDelete({ writer, scope, stored }) {
    const managed = await managedKeys(writer, scope.organizationId, [stored.id])
    if (managed.size > 0) throw isManaged('deleted')
    const holders = await holdersOf(writer, scope.organizationId, stored.id)
    if (holders.length === 0) return
    const names = holders.slice(0, SHOWN_HOLDERS).map(({ name }) => name)
    const more = holders.length > SHOWN_HOLDERS ? ' and others' : ''
    throw new InvalidInputError(
      `This policy is held by ${names.join(', ')}${more}. Take it from them first.`,
      undefined,
      'STILL_REFERENCED',
    )
  },

  async present(reader, { organizationId }, items) {
    const managed = await managedKeys(
      reader,
      organizationId,
      items.map(({ id }) => id),
    )
    return items.map(({ id }) => ({ managedPolicy: managed.has(id) }))
  },
})

function isManaged(verb: string): InvalidInputError {
  return new InvalidInputError(
    `This policy is managed: every organization has it, and it cannot be ${verb}. Make a policy of your own instead.`,
    undefined,
    'MANAGED_POLICY',
  )
}
