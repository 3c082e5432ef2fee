/** For calls on many items: leaving out, or refusing, those that the caller's statements hide. */
import type { Permission } from '@countinghouse/contract/kit/operation.ts'
import { type RawBuilder, sql } from 'kysely'
import { ForbiddenError } from '../errors.ts'
import { isUuid } from '../resource/page.ts'
import type { Visibility } from './evaluate.ts'

/** For a list: only what the caller may see. `column` holds the ids of the items. */
export function visibleConditions(
  { only, except }: Visibility,
  column = 'id',
): RawBuilder<unknown>[] {
  const id = sql.ref(column)
  return [
    ...(only === null ? [] : [sql`${id} = any(${only.filter(isUuid)}::uuid[])`]),
    ...(except.length === 0 ? [] : [sql`not ${id} = any(${except.filter(isUuid)}::uuid[])`]),
  ]
}

export function isVisible({ only, except }: Visibility, id: string): boolean {
  const own = id.toLowerCase()
  return (only === null || only.includes(own)) && !except.includes(own)
}

/** 403 when one of the items that a call names is hidden from the caller. */
export function refuseHidden(visible: Visibility, permission: Permission, ids: string[]): void {
  if (!ids.every((id) => isVisible(visible, id))) throw missingRight(permission)
}

/** 403 for a caller who may see single items only, where a call is about no stored item. */
export function refuseNarrowed(visible: Visibility, permission: Permission): void {
  if (visible.only !== null) throw missingRight(permission)
}

export function missingRight({ action, resource }: Permission): ForbiddenError {
  return new ForbiddenError(
    `You lack the right ${action} on ${resource}. An administrator can give it to you by a permission policy.`,
    'MISSING_RIGHT',
  )
}
