/** The living preview of a price: type a quantity, see the charge band by band, and the curve. */

import { digits } from '@countinghouse/engine/money/decimal.ts'
import { type Fraction, fraction, isZero, toDecimal } from '@countinghouse/engine/money/fraction.ts'
import { charge } from '@countinghouse/engine/rating/bands.ts'
import type { PriceBand } from '@countinghouse/engine/rating/price-band.ts'
import type { BandCharge } from '@countinghouse/engine/rating/rating.ts'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Money, Quantity } from '../../kit/format/amount.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { perUnit } from '../../kit/format/per-unit.ts'
import classes from './price.module.css'
import { PriceCurve } from './price-curve.tsx'
import { isCumulative, isNumber, type PriceDraft, ratedBands } from './price-draft.ts'

type PricePreviewProps = { draft: PriceDraft; currency: string; unit: string }

export function PricePreview({ draft, currency, unit }: PricePreviewProps) {
  const bands = ratedBands(draft)
  const [typed, setTyped] = useState<string | null>(null)
  if (!bands) {
    return (
      <p className={classes.hint}>
        As soon as every band has its numbers, you can type a quantity here and see what it costs,
        band by band.
      </p>
    )
  }
  const quantity = typed ?? suggestedQuantity(bands)
  const rating = isNumber(quantity)
    ? charge(bands, isCumulative(draft.kind), fraction(quantity))
    : null
  return (
    <div className={classes.preview}>
      <TextInput
        label={`What would so many ${unit === '' ? 'units' : unit} cost?`}
        value={quantity}
        inputMode="decimal"
        error={rating === null && 'Write a number.'}
        onChange={(event) => setTyped(event.currentTarget.value.replaceAll(',', ''))}
      />
      {rating && (
        <table className={classes.charges} aria-label="Charge band by band">
          <tbody>
            {rating.bands.map((line) => (
              <ChargeRow
                key={text(line.band.lowerLimit)}
                line={line}
                currency={currency}
                unit={unit}
              />
            ))}
            {rating.bands.length === 0 && (
              <tr>
                <td>No band is reached.</td>
                <td />
              </tr>
            )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Charge</th>
              <td>
                <Money amount={text(rating.total)} currency={currency} strong />
              </td>
            </tr>
            {isNumber(quantity) && !isZero(fraction(quantity)) && (
              <tr className={classes.average}>
                <th scope="row">On average per {perUnit(unit)}</th>
                <td>
                  <Money
                    amount={text(fraction(rating.total, fraction(quantity)), 8)}
                    currency={currency}
                    unitPrice
                  />
                </td>
              </tr>
            )}
          </tfoot>
        </table>
      )}
      <PriceCurve
        bands={bands}
        cumulative={isCumulative(draft.kind)}
        quantity={isNumber(quantity) ? quantity : null}
        currency={currency}
        unit={unit}
      />
    </div>
  )
}

function ChargeRow({ line, currency, unit }: { line: BandCharge; currency: string; unit: string }) {
  return (
    <tr>
      <td>
        {!isZero(line.unitSubtotal) || isZero(line.fixedPrice) ? (
          <>
            <Quantity value={text(line.units)} unit={unit} /> ×{' '}
            <Money amount={text(line.band.unitPrice)} currency={currency} hideCurrency unitPrice />
          </>
        ) : (
          'Fixed price'
        )}
        {!isZero(line.fixedPrice) && !isZero(line.unitSubtotal) && (
          <>
            {' '}
            + <Money amount={text(line.fixedPrice)} currency={currency} hideCurrency /> fixed
          </>
        )}
        <span className={classes.range}>
          above {grouped(text(line.band.lowerLimit))}
          {line.upperLimit ? ` up to ${grouped(text(line.upperLimit))}` : ''}
        </span>
      </td>
      <td>
        <Money amount={text(line.subtotal)} currency={currency} hideCurrency />
      </td>
    </tr>
  )
}

/** A quantity that reaches into the last band, so that the first look says something. */
export function suggestedQuantity(bands: readonly PriceBand[]): string {
  const last = bands.at(-1)?.lowerLimit
  if (!last || isZero(last)) return '100'
  return text(fraction({ numerator: last.numerator * 5n, denominator: last.denominator * 4n }))
}

function text(value: Fraction, significant = 60): string {
  return digits(toDecimal(value, significant, 'HALF_EVEN'))
}
