/** The reckoning of a line in plain words and exact digits, to be pasted into an answer to a customer. */
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/bill-line-item.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { grouped, unitWords } from '../../kit/format/digits.ts'

export function explanationText(why: LineExplanationAnswer): string {
  const { amount } = why
  const isConverted = amount.currency !== amount.billingCurrency
  return [
    `${why.description} (${why.productName}, ${why.accountName})`,
    ...usageLines(why),
    ...fixedLines(why),
    `Exact amount: ${amount.currency} ${grouped(amount.exact, amount.places)}`,
    `Rounded to ${amount.places} decimals: ${amount.currency} ${grouped(amount.rounded, amount.places)}`,
    ...(isConverted
      ? [
          `Converted at ${grouped(amount.rate)} ${amount.billingCurrency} for 1 ${amount.currency}: ${amount.billingCurrency} ${grouped(amount.converted, amount.places)}`,
        ]
      : []),
  ].join('\n')
}

function usageLines(why: LineExplanationAnswer): string[] {
  if (why.kind !== 'USAGE') return []
  const bands = (why.bands ?? []).map((band) => {
    const upper = band.upperLimit === null ? '' : ` up to ${grouped(band.upperLimit)}`
    const fixed = String(band.fixedSubtotal) === '0' ? '' : ` + ${grouped(band.fixedSubtotal)}`
    return `  above ${grouped(band.lowerLimit)}${upper}: ${grouped(band.bandUnits)} × ${grouped(band.unitPrice)}${fixed} = ${grouped(band.bandSubtotal)}`
  })
  return [
    `Measured: ${numberOr(why.quantity)}${why.aggregationName ? ` (${why.aggregationName})` : ''}`,
    `Units: ${numberOr(why.units)} ${unitWords(why.unit)}, ${grouped(why.quantityPerUnit ?? 1)} to a unit, rounding ${(why.rounding ?? 'NONE').toLowerCase()}`,
    ...bands,
  ]
}

function fixedLines(why: LineExplanationAnswer): string[] {
  const { factor } = why
  const share = factor && `  share of the period: ${factor.numerator}/${factor.denominator}`
  const whole = why.kind === 'STANDING_CHARGE' ? why.charge : why.minimum
  if (why.kind === 'USAGE' || whole === undefined) return []
  return [
    `${why.kind === 'STANDING_CHARGE' ? 'Standing charge' : 'Minimum'} of a whole period: ${grouped(whole)}`,
    ...(share ? [share] : []),
    ...(why.baseTotal === undefined ? [] : [`What was used: ${grouped(why.baseTotal)}`]),
  ]
}

function numberOr(value: Numeric | undefined): string {
  return value === undefined ? 'none' : grouped(value)
}
