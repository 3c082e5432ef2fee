/**
 * May this person do that? The server decides (organization 7); the Console only asks itself first,
 * so that a closed door is seen before one walks into it. Deny wins.
 */
import type { PermissionStatement } from '@countinghouse/contract/organization/permission-policy.ts'

type May = (action: string, resource: string) => boolean

export function mayWith(statements: PermissionStatement[]): May {
  return (action, resource) => {
    const fits = statements.filter(
      (statement) =>
        statement.action.some((each) => covers(each, action)) &&
        statement.resource.some((each) => coversType(each, resource)),
    )
    return (
      fits.some((each) => each.effect === 'allow') &&
      !fits.some((each) => each.effect === 'deny' && deniesWhole(each, resource))
    )
  }
}

/** In an archived organization nothing changes, whatever one may do (organization 1). */
export function readingOnly(may: May): May {
  return (action, resource) => action.endsWith(':retrieve') && may(action, resource)
}

function covers(pattern: string, action: string): boolean {
  return (
    pattern === '*' ||
    pattern === action ||
    (pattern.endsWith(':*') && action.startsWith(pattern.slice(0, -1)))
  )
}

/** `config:meter/item/<id>` gives a part of a type: the door is open, the server looks closer. */
function coversType(pattern: string, resource: string): boolean {
  const type = pattern.split('/')[0] ?? ''
  return pattern === '*' || type === resource || covers(type, resource)
}

function deniesWhole(statement: PermissionStatement, resource: string): boolean {
  return statement.resource.some(
    (each) => each === '*' || each === resource || each === `${resource}/*` || each === 'config:*',
  )
}
