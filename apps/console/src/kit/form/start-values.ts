/** What a form begins with: an entity's fields, or the defaults, or a draft that waited. */
import { useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import type { TSchema } from 'typebox'
import { mapExact } from '../api/exact-json.ts'
import { setAt, takeDraft } from './draft.ts'

export type FormValues = Record<string, unknown>

/** `initial` is what "unchanged" means, `start` what is shown first; they differ after a detour. */
export function useStart(
  schema: TSchema,
  entity: object | undefined,
  defaults: FormValues | undefined,
): { initial: FormValues; start: FormValues } {
  const here = useRouterState({ select: (state) => state.location.pathname })
  const search = useRouterState({
    select: (state) => state.location.search as Record<string, string>,
  })
  const [initial] = useState(() => startValues(schema, entity, defaults))
  const [start] = useState(() => {
    const values = takeDraft(here) ?? initial
    const { field, created } = search
    return field && created ? setAt(values, field, created) : values
  })
  return { initial, start }
}

/** The body's fields of an entity, exact decimals as text, over the defaults. */
export function startValues(
  schema: TSchema,
  entity: object | undefined,
  defaults: FormValues = {},
): FormValues {
  if (!entity) return defaults
  const properties = Object.keys((schema as { properties?: object }).properties ?? {})
  const known = Object.fromEntries(
    Object.entries(entity).filter(([key]) => properties.includes(key)),
  )
  return { ...defaults, ...(mapExact(known, schema, String) as FormValues) }
}
