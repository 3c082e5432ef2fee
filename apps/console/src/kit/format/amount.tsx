/**
 * Amounts and quantities. Never print a number by hand.
 *
 *     <Money amount={bill.billTotal} currency={bill.currency} />   USD 1,240.50, code small and dimmed
 *     <Money amount={price} currency="USD" unitPrice />            all decimals, at least the currency's
 *     <Quantity value={line.quantity} unit="calls" />
 *     <Quantity value={line.quantity} copied />                    a click copies the exact digits
 *
 * Fractions of more than ten decimals end in "…"; the other digits are in the tooltip, are read
 * aloud, and come along when the text is copied.
 */
import { CopyButton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Numeric } from '../api/exact-json.ts'
import { useOrganization } from '../organization.ts'
import { ABSENT, plainDigits, shortened, unitWords } from './digits.ts'
import classes from './format.module.css'

type MoneyProps = {
  amount: Numeric | null | undefined
  currency?: string | null | undefined
  /** Prices per unit may have more decimals than the currency. */
  unitPrice?: boolean
  /** Columns that say the currency in their head leave it out. */
  hideCurrency?: boolean
  strong?: boolean
  /** A click copies the exact digits. Not inside links and buttons. */
  copied?: boolean
}

export function Money({ amount, currency, hideCurrency, strong, copied }: MoneyProps) {
  const { currencyPlaces, currency: own } = useOrganization()
  if (amount === null || amount === undefined || amount === '') return <Absent />
  const code = currency ?? own
  return (
    <span className={classes.money} data-strong={strong || undefined}>
      {!hideCurrency && code && <span className={classes.currency}>{code}</span>}
      <Digits value={amount} places={currencyPlaces[code] ?? 2} copied={copied} />
    </span>
  )
}

type QuantityProps = {
  value: Numeric | null | undefined
  unit?: string | null | undefined
  /** As many decimals as its neighbours in a column have. */
  places?: number
  copied?: boolean
}

export function Quantity({ value, unit, places = 0, copied }: QuantityProps) {
  if (value === null || value === undefined || value === '') return <Absent />
  return (
    <span className={classes.money}>
      <Digits value={value} places={places} copied={copied} />
      {unit && <span className={classes.unit}>{unitWords(unit)}</span>}
    </span>
  )
}

type DigitsProps = { value: Numeric; places: number; copied?: boolean | undefined }

function Digits({ value, places, copied }: DigitsProps) {
  const { shown, rest } = shortened(value, places)
  const exact = plainDigits(value)
  const text = rest ? (
    <span title={copied ? undefined : exact}>
      {shown}
      <span className={classes.rest}>{rest}</span>
    </span>
  ) : (
    shown
  )
  if (!copied) return text
  return (
    <CopyButton value={exact} timeout={1400}>
      {({ copied: isCopied, copy }) => (
        <button
          type="button"
          className={classes.exact}
          data-tip={isCopied ? 'Copied' : `Copy ${exact}`}
          onClick={copy}
        >
          {text}
        </button>
      )}
    </CopyButton>
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
