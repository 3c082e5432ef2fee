/** What every picklist item has: a name, a code for programs, and whether it may still be chosen. */
import Type, { type TProperties } from 'typebox'
import { type Filter, resource } from '../kit/resource.ts'
import { fieldCode, flag, name } from '../kit/schema.ts'

export type PicklistNaming = {
  name: string
  path: string
  title: { one: string; many: string }
  permission: string
  event: string | null
  nameTooltip: string
}

/** A picklist with the fields of every picklist and its own. */
export function picklist<Own extends TProperties>(
  naming: PicklistNaming,
  own: Own,
  ownSample: Record<string, unknown>,
) {
  const { nameTooltip, ...named } = naming
  return resource({
    ...named,
    area: 'organization',
    table: naming.name.replaceAll('-', '_'),
    maxPageSize: 100,
    body: Type.Object({
      name: name({ description: nameTooltip }),
      code: Type.Optional(
        fieldCode({
          description:
            'A short key for programs: letters, digits, _ and $, not starting with a digit. No two items of this list share one.',
        }),
      ),
      archived: Type.Optional(
        flag({
          title: 'Archived',
          description: 'Stays valid where it is used, but cannot be chosen anew.',
        }),
      ),
      ...own,
    }),
    computed: Type.Object({}),
    references: [],
    filters,
    uniqueCode: true,
    sample: { name: `Sample ${naming.title.one.toLowerCase()}`, code: 'sample', ...ownSample },
  })
}

const filters: Filter[] = [
  { query: 'codes', field: 'code', kind: 'many', title: 'Only these codes, separated by commas.' },
  {
    query: 'archived',
    field: 'archived',
    kind: 'one',
    title: 'true for archived items only, false for those that may be chosen.',
  },
]
