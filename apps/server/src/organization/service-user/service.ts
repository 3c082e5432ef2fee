/** Programs that call the API: making them and their keys (organization 5.4). */
import {
  type AccessKey,
  MAX_ACCESS_KEYS,
  type ServiceUser,
  serviceUser,
} from '@countinghouse/contract/organization/service-user.ts'
import { bind } from '../../kit/area.ts'
import { hashRandomSecret, randomSecret } from '../../kit/authenticate/secret.ts'
import { InvalidInputError, NotFoundError } from '../../kit/errors.ts'
import type { Writer } from '../../kit/postgres/database.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import { create, lock } from '../../kit/resource/write.ts'
import { giveManagedPolicy } from '../permission-policy/service.ts'
import { deleteAssignmentsOf } from '../permission-policy/store.ts'
import { activeKeyCounts, deleteKey, insertKey, keysOf, setKeyStatus } from './store.ts'

export const serviceUserBinding = bind(serviceUser, {
  async beforeDelete({ writer, scope, stored }) {
    await deleteAssignmentsOf(writer, scope.organizationId, {
      principalType: 'SERVICEUSER',
      principalId: stored.id,
    })
  },
  async present(reader, { organizationId }, items) {
    const counts = await activeKeyCounts(
      reader,
      organizationId,
      items.map(({ id }) => id),
    )
    return items.map(({ id }) => ({ activeAccessKeys: counts.get(id) ?? 0 }))
  },
})

/** A key and its secret, which exists here and in the answer and nowhere else. */
export type NewKey = { accessKeyId: string; apiSecret: string; secretHash: string }

/** Made outside the transaction: the slow hash must not hold a connection. */
export async function makeKey(): Promise<NewKey> {
  const apiSecret = randomSecret(36)
  return { accessKeyId: randomSecret(18), apiSecret, secretHash: await hashRandomSecret(apiSecret) }
}

/** A service user with one of the managed policies, as set-up commands make them. */
export async function createServiceUser(
  writer: Writer,
  scope: Scope,
  details: { name: string; managedPolicy: string | null },
): Promise<ServiceUser> {
  const made = await create(writer, serviceUserBinding, scope, { name: details.name })
  if (details.managedPolicy !== null) {
    await giveManagedPolicy(writer, scope, details.managedPolicy, {
      principalType: 'SERVICEUSER',
      principalId: made.id,
    })
  }
  return made
}

export async function addKey(
  writer: Writer,
  scope: Scope,
  serviceUserId: string,
  key: NewKey,
  dtExpires?: string,
): Promise<AccessKey> {
  await lock(writer, serviceUser, scope, serviceUserId)
  const keys = await keysOf(writer, scope.organizationId, serviceUserId)
  if (keys.length >= MAX_ACCESS_KEYS) {
    throw new InvalidInputError(
      `This service user has ${keys.length} access keys, which is the most. Delete one that is not used any more.`,
      undefined,
      'TOO_MANY_KEYS',
    )
  }
  if (dtExpires !== undefined && Date.parse(dtExpires) <= scope.now) {
    const message = 'must lie in the future.'
    throw new InvalidInputError(`dtExpires: ${message}`, [{ field: 'dtExpires', message }])
  }
  return insertKey(writer, scope, {
    id: key.accessKeyId,
    serviceUserId,
    secretHash: key.secretHash,
    expiresAt: dtExpires ?? null,
  })
}

export async function changeKey(
  writer: Writer,
  scope: Scope,
  params: { serviceUserId: string; accessKeyId: string },
  status: AccessKey['status'],
): Promise<AccessKey> {
  const { organizationId } = scope
  const { serviceUserId, accessKeyId } = params
  const key = await setKeyStatus(writer, organizationId, serviceUserId, accessKeyId, status)
  if (key === null) throw noKey(accessKeyId)
  return key
}

export async function removeKey(
  writer: Writer,
  scope: Scope,
  params: { serviceUserId: string; accessKeyId: string },
): Promise<AccessKey> {
  const key = await deleteKey(
    writer,
    scope.organizationId,
    params.serviceUserId,
    params.accessKeyId,
  )
  if (key === null) throw noKey(params.accessKeyId)
  return key
}

function noKey(accessKeyId: string): NotFoundError {
  return new NotFoundError(`This service user has no access key ${accessKeyId}.`)
}
