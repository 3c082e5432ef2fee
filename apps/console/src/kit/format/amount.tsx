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
import { padding } from './align.ts'
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
  /** The decimals of the longest figure in its column: points then stand under points. */
  alignedTo?: number
  /** A click copies the exact digits. Not inside links and buttons. */
  copied?: boolean
}

export function Money(props: MoneyProps) {
  const { amount, currency, hideCurrency, strong, alignedTo, copied } = props
  const { currencyPlaces, currency: own } = useOrganization()
  if (amount === null || amount === undefined || amount === '') return <Absent />
  const code = currency ?? own
  const places = currencyPlaces[code] ?? 2
  return (
    <span className={classes.money} data-strong={strong || undefined}>
      {!hideCurrency && code && <span className={classes.currency}>{code}</span>}
      <Digits value={amount} places={places} copied={copied} />
      <Padding value={amount} places={places} alignedTo={alignedTo} />
    </span>
  )
}

type QuantityProps = {
  value: Numeric | null | undefined
  unit?: string | null | undefined
  /** As many decimals as its neighbours in a column have. */
  places?: number
  alignedTo?: number
  copied?: boolean
}

export function Quantity({ value, unit, places = 0, alignedTo, copied }: QuantityProps) {
  if (value === null || value === undefined || value === '') return <Absent />
  return (
    <span className={classes.money}>
      <Digits value={value} places={places} copied={copied} />
      <Padding value={value} places={places} alignedTo={alignedTo} />
      {unit && <span className={classes.unit}>{unitWords(unit)}</span>}
    </span>
  )
}

type PaddingProps = { value: Numeric; places: number; alignedTo: number | undefined }

/** Neither read aloud nor copied: it is only room. */
function Padding({ value, places, alignedTo = 0 }: PaddingProps) {
  const room = padding(value, places, alignedTo)
  return room && <span className={classes.padding} data-room={room} aria-hidden />
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
