/**
 * Amounts and quantities. Never print a number by hand.
 *
 *     <Money amount={bill.billTotal} currency={bill.currency} />   USD 1,240.50, code small and dimmed
 *     <Money amount={price} currency="USD" unitPrice />            all decimals, at least the currency's
 *     <Quantity value={line.quantity} unit="calls" />
 */
import type { ReactNode } from 'react'
import type { Numeric } from '../api/exact-json.ts'
import { useOrganization } from '../organization.ts'
import { ABSENT, grouped, unitWords } from './digits.ts'
import classes from './format.module.css'

type MoneyProps = {
  amount: Numeric | null | undefined
  currency?: string | null | undefined
  /** Prices per unit may have more decimals than the currency. */
  unitPrice?: boolean
  /** Columns that say the currency in their head leave it out. */
  hideCurrency?: boolean
  strong?: boolean
}

export function Money({ amount, currency, hideCurrency, strong }: MoneyProps) {
  const { currencyPlaces, currency: own } = useOrganization()
  if (amount === null || amount === undefined || amount === '') return <Absent />
  const code = currency ?? own
  return (
    <span className={classes.money} data-strong={strong || undefined}>
      {!hideCurrency && code && <span className={classes.currency}>{code}</span>}
      {grouped(amount, currencyPlaces[code] ?? 2)}
    </span>
  )
}

type QuantityProps = { value: Numeric | null | undefined; unit?: string | null | undefined }

export function Quantity({ value, unit }: QuantityProps) {
  if (value === null || value === undefined || value === '') return <Absent />
  return (
    <span className={classes.money}>
      {grouped(value)}
      {unit && <span className={classes.unit}>{unitWords(unit)}</span>}
    </span>
  )
}

/** Nothing there, read aloud as such; or in words what holds instead. */
export function Absent({ children }: { children?: ReactNode }) {
  if (children !== undefined) return <span className={classes.absent}>{children}</span>
  return (
    <span className={classes.absent} role="img" aria-label="none">
      {ABSENT}
    </span>
  )
}
