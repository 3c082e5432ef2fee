/** Whether statements allow something: a matching deny wins, else a matching allow is needed (7.1). */
import type { Permission } from '@countinghouse/contract/kit/operation.ts'
import type { Statement } from './statement.ts'

/** Which items of a type may be seen: all, or only those named; never those excepted. */
export type Visibility = { only: string[] | null; except: string[] }

export const everythingVisible: Visibility = { only: null, except: [] }

/**
 * Whether a call may be made. Without an item (create, and calls on a collection) only statements
 * on the whole type count as allowing, and a deny of single items does not refuse the call.
 */
export function allows(statements: Statement[], permission: Permission, itemId?: string): boolean {
  const matches = (effect: Statement['effect']) =>
    statements.some(
      (statement) =>
        statement.effect === effect &&
        coversAction(statement, permission.action) &&
        statement.resource.some((resource) => coversItem(resource, permission.resource, itemId)),
    )
  return !matches('deny') && matches('allow')
}

/**
 * What a list may show: null when no statement lets the caller see anything of the type, so that
 * the call is refused; an empty `only` never occurs.
 */
export function visibility(statements: Statement[], permission: Permission): Visibility | null {
  const relevant = statements.filter((statement) => coversAction(statement, permission.action))
  const named = (effect: Statement['effect']) =>
    relevant
      .filter((statement) => statement.effect === effect)
      .flatMap((statement) => statement.resource.flatMap((it) => itemOf(it, permission.resource)))
  if (allows(statements, permission)) return { only: null, except: named('deny') }
  const isDenied = relevant.some(
    ({ effect, resource }) =>
      effect === 'deny' && resource.some((it) => coversItem(it, permission.resource, undefined)),
  )
  const denied = new Set(named('deny'))
  const only = named('allow')
  if (isDenied || only.length === 0) return null
  return { only: only.filter((id) => !denied.has(id)), except: [] }
}

function coversAction(statement: Statement, action: string): boolean {
  return statement.action.some((allowed) => allowed === '*' || allowed === action)
}

function coversItem(pattern: string, type: string, itemId: string | undefined): boolean {
  if (pattern === '*') return true
  const [patternType = '', kind, id] = pattern.split('/')
  const service = type.split(':')[0]
  if (patternType === `${service}:*`) return true
  if (patternType.toLowerCase() !== type.toLowerCase()) return false
  if (kind === '*' || (kind === 'item' && id === '*')) return true
  return kind === 'item' && itemId !== undefined && id?.toLowerCase() === itemId.toLowerCase()
}

function itemOf(pattern: string, type: string): string[] {
  const [patternType = '', kind, id] = pattern.split('/')
  const isSameType = patternType.toLowerCase() === type.toLowerCase()
  return isSameType && kind === 'item' && id !== undefined && id !== '*' ? [id.toLowerCase()] : []
}
