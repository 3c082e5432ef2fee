/** What a derived field of the meter in the form may read. */
import type { Meter, MeterBody } from '@countinghouse/contract/metering/meter.ts'
import type { Scope } from '@countinghouse/engine/calculation/scope.ts'
import type { CustomFieldDefaults } from '@countinghouse/engine/metering/custom-field.ts'
import { derivedFieldScope } from '@countinghouse/engine/metering/derived-field.ts'
import { useAnswer } from '../../kit/query/resource.ts'

export function useDerivedFieldScope(values: Partial<MeterBody | Meter>, category?: string): Scope {
  const customFields = useAnswer<CustomFieldDefaults>('/customfields')
  const dataFields = (values.dataFields ?? []).filter((field) => field.code)
  const known = dataFields.find((field) => field.category === category)?.category
  return derivedFieldScope({
    dataFields,
    derivedFieldCodes: (values.derivedFields ?? []).map((field) => field.code),
    customFields: customFields.data ?? {},
    isGlobal: !values.productId,
    tables: [],
    ...(known ? { category: known } : {}),
  })
}
