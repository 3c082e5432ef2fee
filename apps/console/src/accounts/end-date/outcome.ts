/** What ending accounts brings, or has brought, in numbers and in words. */
import type { EndDatedAccount } from '@countinghouse/contract/accounts/account.ts'
import { counted } from '../../kit/format/digits.ts'
import { dayText } from '../../kit/format/moment.tsx'

type Outcome = { plans: number; prices: number; accounts: number }

const countOf = (ids: string[] | undefined) => ids?.length ?? 0

export function outcomeOf(ended: readonly EndDatedAccount[]): Outcome {
  const sum = (of: (each: EndDatedAccount) => number) =>
    ended.reduce((total, each) => total + of(each), 0)
  return {
    plans: sum(({ updatedEntities }) => countOf(updatedEntities.ACCOUNTPLAN)),
    prices: sum(({ updatedEntities }) => countOf(updatedEntities.PRICINGS)),
    accounts: ended.filter(hasEnds).length,
  }
}

function hasEnds({ updatedEntities }: EndDatedAccount): boolean {
  return countOf(updatedEntities.ACCOUNTPLAN) + countOf(updatedEntities.PRICINGS) > 0
}

function laterOf({ failedEntities }: EndDatedAccount): number {
  return countOf(failedEntities.ACCOUNTPLAN) + countOf(failedEntities.PRICINGS)
}

/** Whether it takes a person to go on with this account. */
export function isOpen(account: EndDatedAccount): boolean {
  return account.refusal !== undefined || laterOf(account) > 0
}

/** `3 plans and 1 price`; empty for nothing. */
export function endsWords({ plans, prices }: Pick<Outcome, 'plans' | 'prices'>): string {
  return [
    ...(plans > 0 ? [counted(plans, 'plan')] : []),
    ...(prices > 0 ? [counted(prices, 'price')] : []),
  ].join(' and ')
}

export function sentence(ended: readonly EndDatedAccount[], day: string): string {
  const outcome = outcomeOf(ended)
  const ends = endsWords(outcome)
  if (ends === '') return `Nothing ends on ${dayText(day)}.`
  const verb = outcome.plans + outcome.prices === 1 ? 'ends' : 'end'
  return `${ends} of ${counted(outcome.accounts, 'account')} ${verb} on ${dayText(day)}.`
}

/** First those that somebody must look after, then those that end, then those with nothing to end. */
export function byUrgency(ended: readonly EndDatedAccount[]): EndDatedAccount[] {
  const rank = (each: EndDatedAccount) =>
    each.refusal !== undefined ? 0 : laterOf(each) > 0 ? 1 : hasEnds(each) ? 2 : 3
  return ended.toSorted((one, other) => rank(one) - rank(other))
}
