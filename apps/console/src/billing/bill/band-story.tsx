/** Units on the price bands: which slice fell where and what it cost. */
import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { mostDecimals } from '../../kit/format/align.ts'
import { Money, Quantity } from '../../kit/format/amount.tsx'
import { grouped } from '../../kit/format/digits.ts'
import reckoning from '../../kit/format/reckoning.module.css'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import classes from './bill.module.css'
import { sumOfBands } from './explanation-text.ts'
import { Step } from './step.tsx'

const methods = {
  GRADUATED: 'Each slice at the price of its band',
  WHOLE: 'All units at the price of the band reached',
  FIRST_BAND: 'Negative units, given back at the first band’s price',
} as const

export function BandStory({ why }: { why: LineExplanationAnswer }) {
  const { rating, bands = [] } = why
  const { currencyPlaces } = useOrganization()
  if (!rating) return null
  const places = currencyPlaces[why.amount.currency] ?? 2
  const decimals = {
    units: mostDecimals(bands.map((band) => band.bandUnits)),
    price: mostDecimals(
      bands.map((band) => band.unitPrice),
      places,
    ),
    fixed: mostDecimals(
      bands.map((band) => band.fixedSubtotal),
      places,
    ),
    amount: mostDecimals([...bands.map((band) => band.bandSubtotal), sumOfBands(why)], places),
  }
  const isSpanning = rating.unitsBefore !== undefined
  return (
    <Step
      title={
        <>
          {methods[rating.method]}
          {why.pricingId && (
            <>
              {' '}
              (<AppLink to={`/pricing/plans/${why.planId}`}>{why.planName ?? 'plan'}</AppLink>)
            </>
          )}
          {why.lineItemType === 'USAGE_CREDIT' && ', given back as a credit'}
          {isSpanning && (
            <>
              , going on from <Quantity value={rating.unitsBefore} copied /> units of earlier
              periods
            </>
          )}
        </>
      }
    >
      <table className={`${reckoning.table} ${classes.bands}`} aria-label="Charge by band">
        <thead>
          <tr>
            <th scope="col">Band</th>
            <th scope="col">Units</th>
            <th scope="col">Price</th>
            <th scope="col">Fixed</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {bands.map((band) => (
            <tr key={String(band.lowerLimit)}>
              <td>{bandWords(band)}</td>
              <td>
                <Quantity value={band.bandUnits} alignedTo={decimals.units} copied />
              </td>
              <td>
                <Money
                  amount={band.unitPrice}
                  currency={why.amount.currency}
                  unitPrice
                  hideCurrency
                  alignedTo={decimals.price}
                  copied
                />
              </td>
              <td>
                <Money
                  amount={band.fixedSubtotal}
                  currency={why.amount.currency}
                  hideCurrency
                  alignedTo={decimals.fixed}
                  copied
                />
              </td>
              <td>
                <Money
                  amount={band.bandSubtotal}
                  currency={why.amount.currency}
                  hideCurrency
                  alignedTo={decimals.amount}
                  copied
                />
              </td>
            </tr>
          ))}
          {bands.length === 0 && (
            <tr>
              <td colSpan={5}>No band is reached, so nothing is charged.</td>
            </tr>
          )}
        </tbody>
        {bands.length > 1 && (
          <tfoot>
            <tr>
              <td colSpan={4}>Together</td>
              <td>
                <Money
                  amount={sumOfBands(why)}
                  currency={why.amount.currency}
                  hideCurrency
                  alignedTo={decimals.amount}
                  copied
                />
              </td>
            </tr>
          </tfoot>
        )}
      </table>
    </Step>
  )
}

export function bandWords(band: { lowerLimit: Numeric; upperLimit: Numeric | null }): string {
  const from = `above ${grouped(band.lowerLimit)}`
  return band.upperLimit === null ? from : `${from} up to ${grouped(band.upperLimit)}`
}
