/** What the Console asks about the signed-in person (console 8). */
import {
  listAdministrators,
  listConsoleOrganizations,
  listOwnStatements,
  listPrincipals,
  listRecentAccounts,
  markAccountVisited,
  markOrganizationOpened,
  readChecklist,
  readConsoleMe,
  updateChecklist,
  updateConsoleMe,
} from '@countinghouse/contract/organization/console.ts'
import { type Route, route } from '../../kit/area.ts'
import { ForbiddenError, NotFoundError } from '../../kit/errors.ts'
import { isVisible } from '../../kit/permission/visible.ts'
import type { Reader } from '../../kit/postgres/database.ts'
import { SYSTEM_PRINCIPAL } from '../../kit/principal.ts'
import { isUuid, manyOf } from '../../kit/resource/page.ts'
import { effectiveStatements } from '../permission-policy/service.ts'
import { toMe } from '../user/mapping.ts'
import { findPerson, organizationsOf, type PersonRow, updatePerson } from '../user/store.ts'
import {
  administratorNames,
  isChecklistDismissed,
  markOpened,
  principalNames,
  RECENT_ACCOUNTS,
  recentVisits,
  recordVisit,
  setChecklistDismissed,
} from './store.ts'

/** Names of accounts by id, supplied by the area that has accounts. */
export type FindAccounts = (
  reader: Reader,
  organizationId: string,
  ids: string[],
) => Promise<{ id: string; name: string; code: string }[]>

export function consoleRoutes(findAccounts: FindAccounts): Route[] {
  return [...personRoutes, ...organizationRoutes, ...recentAccountRoutes(findAccounts)]
}

const done = { success: true }

const personRoutes: Route[] = [
  route(readConsoleMe, async ({ context, principal }) =>
    toMe(await signedInPerson(context.database.reader, principal.id)),
  ),

  route(updateConsoleMe, async ({ context, principal, body }) => {
    const { database, clock } = context
    await database.transaction(async (writer) => {
      const person = await signedInPerson(writer, principal.id)
      const change = {
        firstName: body.firstName ?? person.first_name,
        lastName: body.lastName ?? person.last_name,
        contactNumber: body.contactNumber ?? person.contact_number,
        preferences: { ...person.preferences, ...body.preferences },
      }
      await updatePerson(writer, person, change, clock.now())
    })
    return toMe(await signedInPerson(database.reader, principal.id))
  }),

  route(listConsoleOrganizations, async ({ context, principal }) => {
    const { database, clock } = context
    const rows = await organizationsOf(database.reader, principal.id, clock.now())
    const last = Math.max(...rows.map((row) => row.last_opened_at?.getTime() ?? 0))
    return {
      data: rows.map((row) => ({
        id: row.id,
        name: row.name,
        ...(row.short_name === null ? {} : { shortName: row.short_name }),
        type: row.type,
        status: row.status,
        lastAccessed: row.last_opened_at !== null && row.last_opened_at.getTime() === last,
        ...(row.last_opened_at === null
          ? {}
          : { dtLastAccessed: row.last_opened_at.toISOString() }),
      })),
    }
  }),
]

const organizationRoutes: Route[] = [
  route(markOrganizationOpened, async ({ context, organization, principal }) => {
    const { database, clock } = context
    await markOpened(database.reader, organization.id, principal.id, clock.now())
    return done
  }),

  route(listOwnStatements, async ({ context, organization, principal }) => ({
    data: await effectiveStatements(context.database.reader, organization.id, {
      principalType: principal.kind === 'user' ? 'USER' : 'SERVICEUSER',
      principalId: principal.id,
    }),
  })),

  route(listPrincipals, async ({ context, organization, query }) => {
    const ids = manyOf(query.ids) ?? []
    const system = { id: SYSTEM_PRINCIPAL.id, name: 'System', kind: 'SYSTEM' } as const
    return {
      data: [
        ...(ids.includes(system.id) ? [system] : []),
        ...(await principalNames(context.database.reader, organization.id, ids.filter(isUuid))),
      ],
    }
  }),

  route(listAdministrators, async ({ context, organization }) => {
    const { database, clock } = context
    return { data: await administratorNames(database.reader, organization.id, clock.now()) }
  }),

  route(readChecklist, async ({ context, organization, principal }) => ({
    isDismissed: await isChecklistDismissed(context.database.reader, organization.id, principal.id),
  })),

  route(updateChecklist, async ({ context, organization, principal, body }) => {
    const { reader } = context.database
    await setChecklistDismissed(reader, organization.id, principal.id, body.isDismissed)
    return body
  }),
]

function recentAccountRoutes(findAccounts: FindAccounts): Route[] {
  return [
    route(listRecentAccounts, async ({ context, organization, principal, visible }) => {
      const { reader } = context.database
      const visits = await recentVisits(reader, organization.id, principal.id)
      const ids = visits.map((visit) => visit.account_id).filter((id) => isVisible(visible, id))
      const found = await findAccounts(reader, organization.id, ids)
      const accounts = new Map(found.map((account) => [account.id, account]))
      const shown = visits.flatMap((visit) => {
        const account = accounts.get(visit.account_id)
        return account ? [{ ...account, dtVisited: visit.visited_at.toISOString() }] : []
      })
      return { data: shown.slice(0, RECENT_ACCOUNTS) }
    }),

    route(markAccountVisited, async ({ context, organization, principal, params }) => {
      const { database, clock } = context
      const [account] = isUuid(params.id)
        ? await findAccounts(database.reader, organization.id, [params.id])
        : []
      if (account === undefined) {
        throw new NotFoundError(`There is no account with the id ${params.id}.`)
      }
      await database.transaction((writer) =>
        recordVisit(writer, organization.id, principal.id, account.id, clock.now()),
      )
      return done
    }),
  ]
}

async function signedInPerson(reader: Reader, id: string): Promise<PersonRow> {
  const person = await findPerson(reader, id)
  if (person === null) {
    throw new ForbiddenError('Only people who signed in have a profile.', 'NOT_A_PERSON')
  }
  return person
}
