import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'
import { exactNumber } from '../../../kit/exact.ts'
import type { MeterShape } from '../../measurement/service/meter-schema.ts'

/** What a stored measurement holds, as `<category>.<code>`; fields without a value are left out. */
export function fieldValues(
  schema: MeterShape,
  { texts, numbers }: { texts: (string | null)[]; numbers: (string | null)[] },
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { category, code, kind, slot } of [...schema.dataFields, ...schema.derivedFields]) {
    const value = (kind === 'text' ? texts : numbers)[slot - 1]
    if (value === null || value === undefined) continue
    const key = `${category.toLowerCase()}.${code}`
    values[key] = kind === 'text' ? value : exactNumber(digits(decimal(value)))
  }
  return values
}
