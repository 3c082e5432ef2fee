/** The lines of a bill product by product, and what they come to. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import { decimal, digits } from '@countinghouse/engine/money/decimal.ts'

type Line = NonNullable<Bill['lineItems']>[number]

export function linesByProduct({ lineItems = [] }: Pick<Bill, 'lineItems'>): [string, Line[]][] {
  return [...Map.groupBy(lineItems, (line) => line.productName ?? 'Whole bill')]
}

export function sumOf(lines: readonly Line[]): string {
  return digits(lines.reduce((sum, line) => sum.plus(String(line.convertedSubtotal)), decimal(0)))
}
