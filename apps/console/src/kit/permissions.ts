/**
 * May this person do that? The server decides (organization 7); the Console only asks itself first,
 * so that a closed door is seen before one walks into it. Deny wins.
 */
import type { PermissionStatement } from '@countinghouse/contract/organization/permission-policy.ts'

type May = (action: string, resource: string) => boolean

export function mayWith(statements: PermissionStatement[]): May {
  return (action, resource) => {
    const { allows, denies } = fitting(statements, action, resource)
    return allows.length > 0 && !denies.some((each) => isOfWhole(each, resource))
  }
}

/** The statements that have a say in whether somebody may do this to things of this type. */
export function fitting<Statement extends PermissionStatement>(
  statements: Statement[],
  action: string,
  resource: string,
): { allows: Statement[]; denies: Statement[] } {
  const fits = statements.filter(
    (statement) =>
      statement.action.some((each) => covers(each, action)) &&
      statement.resource.some((each) => coversType(each, resource)),
  )
  return {
    allows: fits.filter((each) => each.effect === 'allow'),
    denies: fits.filter((each) => each.effect === 'deny'),
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

/** Every thing of the type is meant, not single items or groups. */
export function isOfWhole(statement: PermissionStatement, resource: string): boolean {
  const service = `${resource.split(':')[0]}:*`
  const wholes = ['*', resource, `${resource}/*`, `${resource}/item/*`, service]
  return statement.resource.some((each) => wholes.includes(each))
}
