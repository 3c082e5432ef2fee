/** Questions about usage kept under a name (metering 12.2). */
import Type from 'typebox'
import { type BodyOf, resource } from '../kit/resource.ts'
import { movingUsageQuery } from './usage-query.ts'

export const savedQuery = resource({
  name: 'saved-query',
  area: 'metering',
  path: '/usage/savedqueries',
  table: 'saved_query',
  title: { one: 'Saved query', many: 'Saved queries' },
  permission: 'config:usageSavedQuery',
  event: null,
  maxPageSize: 100,
  body: Type.Object({
    name: Type.String({
      minLength: 1,
      title: 'Name',
      description: 'What the query is found by in the data explorer.',
    }),
    usageQuery: Type.Evaluate(movingUsageQuery),
  }),
  computed: Type.Object({}),
  references: [],
  filters: [],
  uniqueCode: false,
  sample: { name: 'Last month', usageQuery: { timePeriod: 'PREVIOUS_MONTH' } },
})

export type SavedQueryBody = BodyOf<typeof savedQuery>
