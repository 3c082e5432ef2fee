/** What a compound aggregation may read: every aggregation with a code, and custom fields. */
import { type Aggregation, aggregation } from '@countinghouse/contract/metering/aggregation.ts'
import type { Scope } from '@countinghouse/engine/calculation/scope.ts'
import { compoundScope } from '@countinghouse/engine/metering/compound.ts'
import type { CustomFieldDefaults } from '@countinghouse/engine/metering/custom-field.ts'
import { useEvery } from '../../kit/query/every.ts'
import { useAnswer } from '../../kit/query/resource.ts'

export function useCompoundScope(): Scope {
  const aggregations = useEvery<Aggregation>(aggregation)
  const customFields = useAnswer<CustomFieldDefaults>('/customfields')
  return compoundScope({
    aggregations: aggregations.rows.flatMap(({ code, name }) => (code ? [{ code, name }] : [])),
    customFields: customFields.data ?? {},
    tables: [],
  })
}
