/** Accounts as ingest and usage need them (metering 5.4). */
import { randomBytes } from 'node:crypto'
import type { AccountBody } from '@countinghouse/contract/accounts/account.ts'
import type { Context } from '../../context.ts'
import { raiseAlert } from '../../kit/alert/alert.ts'
import { recordEvents } from '../../kit/outbox/outbox.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import { SYSTEM_PRINCIPAL } from '../../kit/principal.ts'
import type { Stamps } from '../../kit/resource/hooks.ts'
import { isUuid } from '../../kit/resource/page.ts'
import type {
  AccountDirectory,
  AccountEntry,
} from '../../metering/measurement/service/meter-schema.ts'
import { skeletonBody } from './rules.ts'
import {
  type AccountRow,
  insertMissing,
  selectAccounts,
  selectNames,
  similarCodes,
} from './store.ts'

export function accountDirectory({
  database,
  clock,
}: Pick<Context, 'database' | 'clock'>): AccountDirectory {
  const { reader } = database
  return {
    find: (organizationId, codes) => findAccountsByCodes(reader, organizationId, codes),
    near: (organizationId, codes) => nearCodes(reader, organizationId, codes),
    createSkeletons: (organizationId, codes) =>
      database.transaction((writer) =>
        createSkeletonAccounts(writer, { organizationId, now: clock.now() }, codes),
      ),
    byNumbers: (organizationId, numbers) => selectNames(reader, organizationId, 'number', numbers),
    byIds: (organizationId, ids) => selectNames(reader, organizationId, 'id', ids.filter(isUuid)),
  }
}

export async function findAccountsByCodes(
  reader: Reader,
  organizationId: string,
  codes: string[],
): Promise<AccountEntry[]> {
  return (await selectAccounts(reader, organizationId, 'code', codes)).map(toEntry)
}

/**
 * Makes an account for each code that has none and gives back the accounts of all codes. What
 * another request makes at the same moment is taken over, so each code has one account.
 */
export async function createSkeletonAccounts(
  writer: Writer,
  scope: { organizationId: string; now: number },
  codes: string[],
): Promise<AccountEntry[]> {
  const { organizationId, now } = scope
  const bodies = [...new Set(codes)].map((code) =>
    skeletonBody(code, randomBytes(8).toString('hex')),
  )
  const created = await insertMissing(
    writer,
    { organizationId, principalId: SYSTEM_PRINCIPAL.id, now },
    bodies,
  )
  await recordEvents(
    writer,
    created.map((account) => createdEvent(scope, account)),
  )
  if (created.length > 0) await announceSkeletons(writer, scope, created)
  return findAccountsByCodes(writer, organizationId, codes)
}

const NAMED_CODES = 10

async function announceSkeletons(
  writer: Writer,
  { organizationId, now }: { organizationId: string; now: number },
  created: (Stamps & AccountBody)[],
): Promise<void> {
  const codes = created.map(({ code }) => code)
  const more = codes.length > NAMED_CODES ? ` and ${codes.length - NAMED_CODES} more` : ''
  const named = codes.slice(0, NAMED_CODES).join(', ')
  const [first] = created
  await raiseAlert(writer, {
    organizationId,
    type: 'API_INGEST',
    severity: 'INFO',
    description: `Measurements named accounts that did not exist, so they were made: ${named}${more}. Give them a name and an e-mail address, or correct the code where the measurements come from.`,
    at: now,
    payload: { accountCodes: codes.slice(0, 100) },
    ...(first === undefined ? {} : { entity: { type: 'Account', id: first.id } }),
  })
}

function createdEvent(
  { organizationId, now }: { organizationId: string; now: number },
  account: Stamps & AccountBody,
) {
  return {
    organizationId,
    name: 'configuration.account.created',
    at: now,
    principalId: SYSTEM_PRINCIPAL.id,
    resourceId: account.id,
    newDto: { ...account, orgId: organizationId },
  }
}

/** Of these codes, those that differ from an account's only by spaces around them or by case. */
async function nearCodes(
  reader: Reader,
  organizationId: string,
  codes: string[],
): Promise<string[]> {
  const plain = (code: string) => code.trim().toLowerCase()
  const similar = await similarCodes(reader, organizationId, codes.map(plain))
  const found = new Set(similar.map(plain))
  return codes.filter((code) => found.has(plain(code)))
}

function toEntry({ id, number, code, body }: AccountRow): AccountEntry {
  return { id, number, code, name: body.name, customFields: body.customFields ?? {} }
}
