import { roundTo } from '../money/currency.ts'
import { type Decimal, digits, zero } from '../money/decimal.ts'
import { divide, fraction, negate } from '../money/fraction.ts'
import type { BillInput } from './bill-input.ts'
import { ruleOf } from './conversion.ts'
import { exactText } from './exact-text.ts'
import { averageUnitPrice, type BillLine, refusingToRound } from './line.ts'

/**
 * Cuts credits to the charges they can be set against, so that no bill falls below zero because of
 * them: first those of a product (negative units too), then those of the whole bill, each group by
 * the creation of the pricing (pricing 2.8).
 * Worked example: usage 30.00, product credit 50.00: the credit is cut to 30.00.
 */
export function capCredits(
  input: BillInput,
  credits: readonly BillLine[],
  charges: readonly BillLine[],
): BillLine[] {
  const byCreation = [...credits].sort((a, b) => sequenceOf(a) - sequenceOf(b))
  const capped: BillLine[] = []
  for (const credit of byCreation.filter((line) => !isGlobal(line))) {
    const ofProduct = (line: BillLine) => line.product.id === credit.product.id
    const available = leftOf([...charges, ...capped].filter(ofProduct))
    capped.push(cap(input, credit, available, 'PRODUCT'))
  }
  for (const credit of byCreation.filter(isGlobal)) {
    capped.push(cap(input, credit, leftOf([...charges, ...capped]), 'BILL'))
  }
  return capped
}

function cap(
  input: BillInput,
  line: BillLine,
  available: Decimal,
  scope: 'PRODUCT' | 'BILL',
): BillLine {
  const credit = line.convertedSubtotal.negated()
  if (credit.lessThanOrEqualTo(available) || line.explanation.kind !== 'USAGE') return line
  const amount = negate(divide(fraction(available), fraction(line.conversionRate)))
  const subtotal = refusingToRound({ amount, description: line.description }, () =>
    roundTo(ruleOf(line.currency, input.rules), amount),
  )
  const convertedSubtotal = available.isZero() ? zero : available.negated()
  return {
    ...line,
    subtotal,
    convertedSubtotal,
    averageUnitPrice: averageUnitPrice(amount, line.units),
    explanation: {
      ...line.explanation,
      cap: { scope, uncapped: line.explanation.amount.exact, available: digits(available) },
      amount: { ...line.explanation.amount, exact: exactText(amount) },
    },
  }
}

function leftOf(lines: readonly BillLine[]): Decimal {
  const total = lines.reduce((left, line) => left.plus(line.convertedSubtotal), zero)
  return total.isNegative() ? zero : total
}

function isGlobal(line: BillLine): boolean {
  return line.pricing?.type === 'GLOBAL_CREDIT'
}

function sequenceOf({ pricing, description }: BillLine): number {
  if (pricing === null) throw new RangeError(`The credit "${description}" has no pricing.`)
  return pricing.sequence
}
