/** The reckoning of a line in plain words and exact digits, to be pasted into an answer to a customer. */
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import { calculationWithValues } from '@countinghouse/engine/metering/explained-calculation.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { grouped, plainDigits, unitWords } from '../../kit/format/digits.ts'

/** Decimal places by currency code, as the organization has them. */
type Places = Readonly<Record<string, number>>

export function explanationText(why: LineExplanationAnswer, places: Places): string {
  const { amount } = why
  return [
    `${why.description} (${why.productName}, ${why.accountName})`,
    ...usageLines(why, places),
    ...fixedLines(why, places),
    `Exact amount: ${amount.currency} ${grouped(amount.exact, amount.places)}`,
    `Rounded to ${amount.places} decimals: ${amount.currency} ${grouped(amount.rounded, amount.places)}`,
    ...(amount.currency === amount.billingCurrency
      ? []
      : [
          `${conversionWords(why)}: ${moneyWords(amount.converted, amount.billingCurrency, places)}`,
        ]),
  ].join('\n')
}

/** What the bands come to; a credit may have been cut after them. */
export function sumOfBands({ amount, cap }: LineExplanationAnswer): Numeric {
  return cap?.uncapped ?? amount.exact
}

export function capWords({ amount, cap }: LineExplanationAnswer, places: Places): string {
  if (cap === undefined) return ''
  const of = cap.scope === 'BILL' ? 'bill' : 'product'
  return `Credit limited to what the charges of the ${of} leave: without the limit ${moneyWords(cap.uncapped, amount.currency, places)}`
}

/** A credit that was cut is on the bill just what was left there, not what its rounded amount converts to. */
export function conversionWords({ amount, cap }: LineExplanationAnswer): string {
  const rate = `${grouped(amount.rate)} ${amount.billingCurrency} for 1 ${amount.currency}`
  return cap === undefined
    ? `Converted at ${rate}, rounded`
    : `At ${rate}, and on the bill just what is left there`
}

/** The calculation of a compound aggregation with its values put in: `(12 + 180) / 60 = 3.2`. */
export function calculationWords({ calculation, quantity }: LineExplanationAnswer): string {
  if (calculation === undefined) return ''
  const read = calculation.read.map((each) => ({
    ...each,
    value: each.value === null ? null : plainDigits(each.value),
  }))
  return `${calculationWithValues({ ...calculation, read })} = ${plainDigits(quantity ?? '')}`
}

function calculationLines(why: LineExplanationAnswer): string[] {
  if (why.calculation === undefined) return []
  return [`  calculated as ${why.calculation.text}`, `  ${calculationWords(why)}`]
}

function usageLines(why: LineExplanationAnswer, places: Places): string[] {
  if (why.kind !== 'USAGE') return []
  const bands = (why.bands ?? []).map((band) => {
    const upper = band.upperLimit === null ? '' : ` up to ${grouped(band.upperLimit)}`
    const fixed = String(band.fixedSubtotal) === '0' ? '' : ` + ${grouped(band.fixedSubtotal)}`
    return `  above ${grouped(band.lowerLimit)}${upper}: ${grouped(band.bandUnits)} × ${grouped(band.unitPrice)}${fixed} = ${grouped(band.bandSubtotal)}`
  })
  return [
    `Measured: ${numberOr(why.quantity)}${why.aggregationName ? ` (${why.aggregationName})` : ''}`,
    ...calculationLines(why),
    `Units: ${numberOr(why.units)} ${unitWords(why.unit)}, ${grouped(why.quantityPerUnit ?? 1)} to a unit, rounding ${(why.rounding ?? 'NONE').toLowerCase()}`,
    ...(why.rating?.unitsBefore === undefined
      ? []
      : [`Going on from ${grouped(why.rating.unitsBefore)} units of earlier periods`]),
    ...bands,
    ...(bands.length > 1 ? [`  together: ${grouped(sumOfBands(why))}`] : []),
    ...(why.cap === undefined
      ? []
      : [
          `${capWords(why, places)}, with it ${moneyWords(`-${why.cap.available}`, why.amount.billingCurrency, places)}`,
        ]),
  ]
}

function fixedLines(why: LineExplanationAnswer, places: Places): string[] {
  const { factor, amount } = why
  const share = factor && `  share of the period: ${factor.numerator}/${factor.denominator}`
  const whole = why.kind === 'STANDING_CHARGE' ? why.charge : why.minimum
  if (why.kind === 'USAGE' || whole === undefined) return []
  return [
    `${why.kind === 'STANDING_CHARGE' ? 'Standing charge' : 'Minimum'} of a whole period: ${moneyWords(whole, amount.currency, places)}`,
    ...(share ? [share] : []),
    // A minimum ahead of its period is charged whatever will be used in it.
    ...(why.baseTotal === undefined || (why.inAdvance && why.lineItemType === 'MINIMUM_SPEND')
      ? []
      : [`What was used: ${moneyWords(why.baseTotal, amount.currency, places)}`]),
  ]
}

function moneyWords(amount: Numeric, currency: string, places: Places): string {
  return `${currency} ${grouped(amount, places[currency] ?? 2)}`
}

function numberOr(value: Numeric | undefined): string {
  return value === undefined ? 'none' : grouped(value)
}
