/** Accounts: their rules, search and children; `more` is what the caller may see. */
import {
  type Account,
  account,
  type searchAccounts,
} from '@countinghouse/contract/accounts/account.ts'
import type { RawBuilder } from 'kysely'
import type { Context } from '../../context.ts'
import { bind } from '../../kit/area.ts'
import type { CallOf } from '../../kit/call.ts'
import { InvalidInputError } from '../../kit/errors.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import { whileNothingIsHeld } from '../../kit/postgres/hold.ts'
import type { OrganizationRef } from '../../kit/principal.ts'
import type { Scope } from '../../kit/resource/hooks.ts'
import type { Page } from '../../kit/resource/page.ts'
import { list, read } from '../../kit/resource/read.ts'
import { remove } from '../../kit/resource/write.ts'
import { offsetOf, searchCondition, searchOrder } from '../../kit/search.ts'
import { hasMeasurements } from '../../metering/measurement/service.ts'
import { accountProblems } from './rules.ts'
import { childOf, search, searchFields, selectAccounts } from './store.ts'

export const accountBinding = bind(account, {
  async beforeWrite({ body, problems }) {
    problems.push(...accountProblems(body))
    return undefined
  },
})

/** Usage hangs on the account: without it nobody could read, bill or correct what was measured. */
export async function removeAccount(
  { database, events }: Context,
  organization: OrganizationRef,
  scope: Scope,
  id: string,
): Promise<object> {
  const binding = bind(account, {
    ...accountBinding.hooks,
    async beforeDelete({ writer, stored }) {
      const [row] = await selectAccounts(writer, organization.id, 'id', [stored.id])
      if (row === undefined) return
      if (!(await hasMeasurements(events, organization.number, row.number))) return
      throw new InvalidInputError(
        `The account ${row.code} cannot be deleted, because it has measurements, which could not be reached without it. Keep it; to have it billed no more, end its plans.`,
        undefined,
        'STILL_REFERENCED',
      )
    },
  })
  // A measurement on its way into the other store is either seen by the check, or makes an account anew.
  return whileNothingIsHeld(database.pool, () =>
    database.transaction((writer) => remove(writer, binding, scope, id)),
  )
}

const DEFAULT_SEARCH_PAGE = 10

export async function searchForAccounts(
  reader: Reader,
  organizationId: string,
  query: CallOf<typeof searchAccounts>['query'],
  more: RawBuilder<unknown>[],
): Promise<Page<Account>> {
  const limit = query.pageSize ?? DEFAULT_SEARCH_PAGE
  const offset = offsetOf(query.fromDocument)
  const fields = searchFields(organizationId)
  const asked = searchCondition(query.searchQuery, query.operator, fields)
  const order = searchOrder(query.sortBy, query.sortOrder, fields)
  // One more than is shown only says that there is another page.
  const found = await search(
    reader,
    organizationId,
    { conditions: [asked, ...more], order },
    { offset, limit: limit + 1 },
  )
  const data = found.slice(0, limit)
  return found.length > limit ? { data, nextToken: String(offset + limit) } : { data }
}

export async function listChildren(
  reader: Reader,
  organizationId: string,
  accountId: string,
  query: { pageSize?: number; nextToken?: string },
  more: RawBuilder<unknown>[],
): Promise<Page<Account>> {
  const { id } = await read(reader, accountBinding, organizationId, accountId)
  return list(reader, accountBinding, organizationId, query, [childOf(id), ...more])
}
