/**
 * The prices of one metric through time: a line with gaps where nothing is charged, and what one
 * quantity costs under each of them (console 4.6).
 */
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { digits } from '@countinghouse/engine/money/decimal.ts'
import { fraction, subtract, toDecimal } from '@countinghouse/engine/money/fraction.ts'
import { charge } from '@countinghouse/engine/rating/bands.ts'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { Absent, Money } from '../../kit/format/amount.tsx'
import { Span } from '../../kit/format/moment.tsx'
import reckoning from '../../kit/format/reckoning.module.css'
import classes from './price.module.css'
import { fromWire, isCumulative, isNumber, ratedBands } from './price-draft.ts'
import { suggestedQuantity } from './price-preview.tsx'
import { PriceSummary } from './price-summary.tsx'
import { stateOf } from './queries.ts'
import throughTime from './through-time.module.css'
import { gapsOf, inTime as ordered } from './through-time.ts'

type PriceVersionsProps = { rows: readonly Pricing[]; currency: string; unit: string }

export function PriceVersions({ rows, currency, unit }: PriceVersionsProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const inTime = ordered(rows)
  const newest = inTime.at(-1)
  const quantity = typed ?? (newest ? quantityFor(newest) : '100')
  const totals = inTime.map((row) => (isNumber(quantity) ? totalOf(row, quantity) : null))
  return (
    <div className={classes.versions}>
      <Timeline rows={inTime} />
      <TextInput
        className={classes.versionsQuantity ?? ''}
        label={`What does each version charge for this many ${unit || 'units'}?`}
        value={quantity}
        inputMode="decimal"
        error={!isNumber(quantity) && 'Write a number.'}
        onChange={(event) => setTyped(event.currentTarget.value.replaceAll(',', ''))}
      />
      <table
        className={`${reckoning.table} ${classes.versionTable}`}
        aria-label="Versions of this price"
      >
        <thead>
          <tr>
            <th scope="col">Counts</th>
            <th scope="col">Price</th>
            <th scope="col">Charge</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {inTime.map((row, at) => {
            const total = totals[at] ?? null
            const before = at > 0 ? (totals[at - 1] ?? null) : null
            return (
              <tr key={row.id} data-past={stateOf(row, Date.now()) === 'past' || undefined}>
                <td>
                  <Span from={row.startDate} until={row.endDate} />
                </td>
                <td>
                  <PriceSummary pricing={row} currency={currency} unit={unit} />
                </td>
                <td>{total ? <Money amount={text(total)} currency={currency} /> : <Absent />}</td>
                <td>
                  {total && before ? (
                    <Money
                      amount={text(subtract(total, before))}
                      currency={currency}
                      hideCurrency
                    />
                  ) : (
                    <Absent />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** From the first start to the last end, or half a year beyond the present where it stays open. */
function Timeline({ rows }: { rows: readonly Pricing[] }) {
  const now = Date.now()
  const start = Math.min(...rows.map((row) => Date.parse(row.startDate)))
  const ends = rows.map((row) => (row.endDate ? Date.parse(row.endDate) : now + OPEN_END_MS))
  const end = Math.max(...ends, now + OPEN_END_MS / 6)
  const at = (instant: number) => ((instant - start) / (end - start)) * 100
  return (
    <div className={classes.timeline} aria-hidden>
      {rows.map((row, index) => {
        const from = at(Date.parse(row.startDate))
        const until = at(ends[index] ?? end)
        return (
          <span
            key={row.id}
            className={classes.span}
            data-past={stateOf(row, now) === 'past' || undefined}
            style={{ left: `${from}%`, width: `${Math.max(until - from, 0.6)}%` }}
          />
        )
      })}
      {gapsOf(rows).map((gap) => (
        <span
          key={gap.from}
          className={throughTime.without}
          style={{
            left: `${at(Date.parse(gap.from))}%`,
            width: `${at(gap.until ? Date.parse(gap.until) : end) - at(Date.parse(gap.from))}%`,
          }}
        />
      ))}
      {now >= start && <span className={classes.now} style={{ left: `${at(now)}%` }} />}
    </div>
  )
}

const OPEN_END_MS = 180 * 86_400_000

function draftOf(row: Pricing) {
  return fromWire(row.pricingBands, row.cumulative ?? false)
}

function quantityFor(row: Pricing): string {
  return suggestedQuantity(ratedBands(draftOf(row)) ?? [])
}

function totalOf(row: Pricing, quantity: string) {
  const draft = draftOf(row)
  const bands = ratedBands(draft)
  return bands && charge(bands, isCumulative(draft.kind), fraction(quantity)).total
}

function text(value: Parameters<typeof toDecimal>[0]): string {
  return digits(toDecimal(value, 60, 'HALF_EVEN'))
}
