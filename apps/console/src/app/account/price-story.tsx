/** What happened to the prices of a plan that was made for one account. */
import { type Pricing, pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { AppLink } from '../../kit/link.tsx'
import { PriceSummary } from '../../pricing/pricing/price-summary.tsx'
import { ChangeList } from './change-list.tsx'
import { changesOf } from './changes.ts'
import type { Happening, Story } from './happening.ts'

/** Of the plan that the price belongs to, as far as it is still there. */
export type PricedPlan = { name: string; currency: string }

type Price = Pick<Pricing, 'pricingBands' | 'cumulative' | 'description'>

const verbs: Record<string, string> = { created: 'added', updated: 'changed', deleted: 'deleted' }

export function priceStory(
  happening: Happening,
  plan: PricedPlan | undefined,
  isGone: boolean,
): Story {
  const { verb, about, now } = happening
  const word = verbs[verb] ?? verb
  return {
    text: (
      <>
        {isGone ? 'Price' : <AppLink to={`/pricing/pricings/${about}/edit`}>Price</AppLink>} of{' '}
        {plan ? (
          <>
            custom plan <AppLink to={`/pricing/plans/${now['planId']}`}>{plan.name}</AppLink>
          </>
        ) : (
          'a custom plan'
        )}{' '}
        {word}
      </>
    ),
    detail: <Detail happening={happening} currency={plan?.currency ?? ''} />,
  }
}

/** Bands are a price only together, so they are told in its words; every other field for itself. */
function Detail({ happening, currency }: { happening: Happening; currency: string }) {
  const { before } = happening
  const now = happening.now as Price
  const { pricingBands: _bands, cumulative: _kind, ...others } = pricing.body.properties
  const changes = before ? changesOf({ properties: others }, before, happening.now) : []
  const isOther = before !== undefined && bandsOf(before as Price) !== bandsOf(now)
  return (
    <>
      {isOther && (
        <>
          <s>
            <PriceSummary pricing={before as Price} currency={currency} unit="" />
          </s>{' '}
          →{' '}
        </>
      )}
      {(isOther || !before) && <PriceSummary pricing={now} currency={currency} unit="" />}
      {before && (changes.length > 0 || !isOther) && <ChangeList changes={changes} />}
    </>
  )
}

function bandsOf({ pricingBands, cumulative = false }: Price): string {
  const bands = pricingBands.map(({ lowerLimit, fixedPrice, unitPrice }) =>
    [lowerLimit, fixedPrice, unitPrice].map(String),
  )
  return JSON.stringify([cumulative, bands])
}
