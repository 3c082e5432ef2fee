/** Why a line is what it is, as a short reckoning from the measurements to the amount. */

import type { LineExplanationAnswer } from '@countinghouse/contract/billing/line-explanation.ts'
import { decimal } from '@countinghouse/engine/money/decimal.ts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Money, Quantity } from '../../kit/format/amount.tsx'
import { grouped } from '../../kit/format/digits.ts'
import { Moment } from '../../kit/format/moment.tsx'
import reckoning from '../../kit/format/reckoning.module.css'
import { words } from '../../kit/format/state.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { Await, Lines } from '../../kit/page/states.tsx'
import { BandStory } from './band-story.tsx'
import classes from './bill.module.css'
import { CompoundCalculation } from './compound-calculation.tsx'
import { capWords, conversionWords } from './explanation-text.ts'
import { LineMeasurements } from './line-measurements.tsx'
import { useExplanation } from './queries.ts'
import { ShareOfPeriod } from './share-of-period.tsx'
import { Step } from './step.tsx'
import { TakeAway } from './take-away.tsx'

export function LineExplanation({ billId, lineId }: { billId: string; lineId: string }) {
  const explanation = useExplanation(billId, lineId)
  return (
    <Await query={explanation} skeleton={<Lines count={4} />}>
      {(why) => (
        <>
          {why.kind === 'USAGE' && <UsageStory why={why} />}
          {why.kind === 'STANDING_CHARGE' && <StandingChargeStory why={why} />}
          {why.kind === 'MINIMUM_SPEND' && <MinimumSpendStory why={why} />}
          <Rounding why={why} />
          <Windows why={why} />
          <TakeAway why={why} />
        </>
      )}
    </Await>
  )
}

type Story = { why: LineExplanationAnswer }

function UsageStory({ why }: Story) {
  const { currencyPlaces } = useOrganization()
  const [isOpen, setOpen] = useState(false)
  const isDivided =
    String(why.quantityPerUnit ?? '1') !== '1' || (why.rounding ?? 'NONE') !== 'NONE'
  const path =
    why.question?.aggregationKind === 'COMPOUND' ? 'compound-aggregations' : 'aggregations'
  return (
    <>
      <Step
        title={
          <>
            Measured as{' '}
            <AppLink to={`/metering/${path}/${why.question?.aggregationId ?? ''}`}>
              {why.aggregationName ?? 'an aggregation since deleted'}
            </AppLink>
            {why.meterName && <> on {why.meterName}</>}
            {segmentWords(why)}
          </>
        }
        value={<Quantity value={why.quantity} copied />}
      >
        {why.question?.aggregationKind === 'COMPOUND' && <CompoundCalculation why={why} />}
        <Button
          variant="subtle"
          size="xs"
          px={6}
          ml={-6}
          onClick={() => setOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          {isOpen ? 'Hide the measurements' : 'Show the measurements behind it'}
        </Button>
        {isOpen && <LineMeasurements why={why} />}
      </Step>
      {isDivided && (
        <Step
          title={`Divided by ${grouped(why.quantityPerUnit ?? 1)} per unit${why.rounding && why.rounding !== 'NONE' ? `, rounded ${roundingWords[why.rounding] ?? words(why.rounding)}` : ''}`}
          value={<Quantity value={why.units} unit={why.unit} copied />}
        />
      )}
      <BandStory why={why} />
      {why.cap && (
        <Step
          title={capWords(why, currencyPlaces)}
          value={<Money amount={why.cap.available} currency={why.amount.billingCurrency} copied />}
        />
      )}
    </>
  )
}

function segmentWords({ question }: LineExplanationAnswer): string {
  const parts = Object.entries(question?.segment ?? {}).map(([field, value]) =>
    value === '*' ? `${field} is none of the other segments’` : `${field} is ${value}`,
  )
  return parts.length === 0 ? '' : `, where ${parts.join(' and ')}`
}

const roundingWords: Record<string, string> = {
  UP: 'up',
  DOWN: 'down',
  NEAREST: 'to the nearest whole',
}

function StandingChargeStory({ why }: Story) {
  return (
    <>
      <Step
        title={
          <>
            Standing charge of{' '}
            <AppLink to={`/pricing/plans/${why.planId}`}>
              {why.planName ?? 'a plan since deleted'}
            </AppLink>
            {why.inAdvance ? ', in advance' : ', in arrears'}
            {(why.everyBills ?? 1) > 1 &&
              `, on every ${why.everyBills} bills from bill ${(why.firstBill ?? 0) + 1}; this is bill ${(why.billNumber ?? 0) + 1}`}
          </>
        }
        value={<Money amount={why.charge} currency={why.amount.currency} copied />}
      />
      <ShareOfPeriod why={why} />
    </>
  )
}

function MinimumSpendStory({ why }: Story) {
  return (
    <>
      <Step
        title={`Minimum spend of the ${why.scope === 'PRICING' ? 'price' : 'plan'}${why.inAdvance ? ', in advance' : ''}`}
        value={<Money amount={why.minimum} currency={why.amount.currency} copied />}
      />
      <ShareOfPeriod why={why} due={why.due} />
      {(why.base?.length ?? 0) > 0 && (
        <Step
          title="What was used counts toward it"
          value={<Money amount={why.baseTotal} currency={why.amount.currency} copied />}
        >
          <table className={reckoning.table}>
            <tbody>
              {why.base?.map((each, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of a finished reckoning never move
                <tr key={at}>
                  <td>{each.description}</td>
                  <td>{words(each.type)}</td>
                  <td>
                    <Money
                      amount={each.subtotal}
                      currency={why.amount.currency}
                      hideCurrency
                      copied
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Step>
      )}
      {!(why.inAdvance && why.lineItemType === 'MINIMUM_SPEND') && (
        <Step
          title={
            why.lineItemType === 'MINIMUM_SPEND_REFUND'
              ? 'Paid in advance and covered by what was used: the smaller of the two is given back'
              : 'Missing to the minimum'
          }
          value={<Money amount={why.amount.exact} currency={why.amount.currency} copied />}
        />
      )}
    </>
  )
}

function Rounding({ why }: Story) {
  const { amount } = why
  const isConverted = amount.currency !== amount.billingCurrency
  const isRounded = !decimal(String(amount.exact)).equals(decimal(String(amount.rounded)))
  return (
    <>
      {isRounded && (
        <Step
          title={
            <>
              <Quantity value={amount.exact} copied /> rounded once to {amount.places}{' '}
              {amount.places === 1 ? 'decimal' : 'decimals'} of {amount.currency} (
              {words(amount.mode).toLowerCase()})
            </>
          }
          value={<Money amount={amount.rounded} currency={amount.currency} copied />}
        />
      )}
      {isConverted && (
        <Step
          title={conversionWords(why)}
          value={<Money amount={amount.converted} currency={amount.billingCurrency} copied />}
        />
      )}
      <div className={classes.result}>
        <span>Amount of this line</span>
        <Money amount={amount.converted} currency={amount.billingCurrency} strong copied />
      </div>
    </>
  )
}

const windowWords: Record<string, string> = {
  BILLING_PERIOD: 'Billing period',
  ACCOUNT_PLAN: 'Plan on the account',
  UNCHARGED: 'Not on earlier bills',
  PRICING: 'Price',
  SERVICE_PERIOD: 'Charged for',
}

function Windows({ why }: Story) {
  return (
    <dl className={classes.windows}>
      {why.windows.map((window) => (
        <div key={window.of}>
          <dt>{windowWords[window.of]}</dt>
          <dd>
            <Moment at={window.from} alwaysExact /> to{' '}
            {window.to ? <Moment at={window.to} alwaysExact /> : 'open'}
          </dd>
        </div>
      ))}
    </dl>
  )
}
