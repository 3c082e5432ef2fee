/** How a method becomes SQL. No value is ever divided or rounded in the store. */
import type { MeterField } from '../../measurement/service/meter-schema.ts'
import type { UsageMethod } from './usage-question.ts'

/** Columns of the answer from which the value is made, by their alias. */
export type ValueColumns = Record<string, string>

/**
 * A sum needs 256 bits: sums of `Decimal(38, …)` overflow without an error. The mean is divided
 * afterwards from sum and count, because SQL would cut its digits or use doubles. Counts and sums
 * pass over what has no value by themselves; a condition costs a tenth, so it comes only if needed.
 */
export function valueColumns(
  method: UsageMethod,
  { kind, slot }: Pick<MeterField, 'kind' | 'slot'>,
  alias: string,
  condition = '',
): ValueColumns {
  const value = `${kind === 'text' ? 'texts' : 'numbers'}[${wholeNumber(slot)}]`
  const has = condition === '' ? `isNotNull(${value})` : `isNotNull(${value}) and ${condition}`
  const counted = { [`${alias}_n`]: condition === '' ? `count(${value})` : `countIf(${has})` }
  switch (method) {
    case 'COUNT':
      return counted
    case 'SUM':
    case 'MEAN':
      return {
        ...counted,
        [alias]:
          condition === ''
            ? `sum(toDecimal256(${value}, 18))`
            : `sumIf(toDecimal256(${value}, 18), ${condition})`,
      }
    case 'MIN':
      return { ...counted, [alias]: `minIf(${value}, ${has})` }
    case 'MAX':
      return { ...counted, [alias]: `maxIf(${value}, ${has})` }
    case 'LATEST':
      return { ...counted, [alias]: `argMaxIf(${value}, (ts, received_at, arrival), ${has})` }
    case 'UNIQUE':
      return { ...counted, [alias]: `uniqExactIf(${value}, ${has})` }
    default:
      return unknownMethod(method)
  }
}

/** Only digits reach the text of a statement; everything else is a parameter. */
export function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`No whole number: ${value}`)
  return String(value)
}

function unknownMethod(method: never): never {
  throw new Error(`Unknown method ${String(method)}`)
}
