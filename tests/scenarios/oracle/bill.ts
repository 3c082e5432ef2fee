/**
 * A bill from the calculation in one page of the specification, in exact fractions. Nothing here is
 * taken from the engine: what both say alike was written twice.
 */

import {
  borderOn,
  daysFrom,
  type Frequency,
  localDay,
  midnight,
  type Rhythm,
  type Span,
  spanEndingAt,
} from './days.ts'
import type { Account, Attached, Plan, Pricing, Settings } from './model.ts'
import {
  larger,
  less,
  minus,
  over,
  plus,
  type Q,
  q,
  round,
  smaller,
  text,
  times,
  total,
  zero,
} from './numbers.ts'
import { price, spanning, unitsOf, usedIn } from './rating.ts'

/** What some bill of the account charges of an account plan, and for which time. */
export type Carried = {
  bill: string
  attached: Attached
  what: string
  pricing: Pricing | null
  start: number
  ahead: boolean
}

export type Line = {
  type: string
  product: string
  quantity: string
  units: string
  subtotal: string
  converted: string
  rate: string
  average: string
  from: number
  to: number
  region: string | null
}

type Draft = Line & {
  exact: Q
  money: Q
  base: Q
  attached: Attached
  pricing: Pricing | null
  rank: number[]
}

/** The lines of the bill that ends on the day, or null when there is none. */
export function billOn(
  settings: Settings,
  account: Account,
  key: { frequency: Frequency; interval: number; end: string },
  carried: Carried[],
) {
  const parts: { attached: Attached; rhythm: Rhythm; span: Span; k: number; isAhead: boolean }[] =
    []
  for (const attached of account.attached) {
    const { plan } = attached
    if (plan.frequency !== key.frequency || plan.interval !== key.interval) continue
    const rhythm = rhythmOf(settings, account, attached)
    const k = borderOn(rhythm, key.end)
    if (k === null) continue
    const activeFrom = localDay(attached.from, settings.zone)
    const span = spanEndingAt(rhythm, k, activeFrom)
    if (span.number < 0) {
      if (span.end === activeFrom && chargesAhead(plan))
        parts.push({ attached, rhythm, span, k, isAhead: true })
      continue
    }
    const active = cut(windowOf(span, settings), attached)
    if (active !== null) parts.push({ attached, rhythm, span, k, isAhead: false })
  }
  if (parts.length === 0) return null
  const self = `${key.frequency} ${key.interval} ${key.end}`
  const billing = account.currency ?? settings.currency
  const lines: Draft[] = []
  const made: Carried[] = []
  const position = (attached: Attached) => account.attached.indexOf(attached)
  const line = (
    type: string,
    of: {
      attached: Attached
      pricing: Pricing | null
      from: number
      to: number
      quantity: Q
      units: Q
      exact: Q
    },
  ): Draft => {
    const { plan } = of.attached
    const rate =
      plan.currency === billing
        ? '1'
        : (settings.rates.get(`${plan.currency} ${billing}`) ?? 'none')
    const money = round(of.exact, ...ruleOf(settings, plan.currency))
    const base = round(times(money, q(rate)), ...ruleOf(settings, billing))
    return {
      type,
      product: plan.product,
      quantity: text(of.quantity),
      units: text(of.units),
      subtotal: text(money),
      converted: text(base),
      rate,
      average: averageOf(of.exact, of.units),
      from: of.from,
      to: of.to,
      region: of.pricing?.region ?? null,
      exact: of.exact,
      money,
      base,
      attached: of.attached,
      pricing: of.pricing,
      rank: [
        TYPES.indexOf(type),
        of.from,
        position(of.attached),
        of.pricing === null ? -1 : plan.pricings.indexOf(of.pricing),
        of.pricing?.region ? of.pricing.aggregation.regions.indexOf(of.pricing.region) : -1,
      ],
    }
  }

  // 3, 4: quantities and usage lines.
  for (const { attached, rhythm, span, k, isAhead } of parts) {
    if (isAhead) continue
    const own = cut(windowOf(span, settings), attached)
    if (own === null) continue
    for (const { pricing, from, to } of effective(attached.plan)) {
      const window = cut(own, { from, to })
      if (window === null) continue
      const quantity = usedIn(account, pricing, window)
      if (quantity === null) continue
      const units = unitsOf(quantity, pricing.aggregation)
      let before: Q | null = null
      if (pricing.spans) {
        before = zero
        for (let j = k - span.number; j <= k; j += 1) {
          const earlier = cut(
            windowOf(spanEndingAt(rhythm, j, localDay(attached.from, settings.zone)), settings),
            attached,
          )
          for (const other of effective(attached.plan)) {
            const past =
              other.pricing.spans &&
              samePrice(other.pricing, pricing) &&
              other.pricing.type === pricing.type &&
              earlier
                ? cut(earlier, other)
                : null
            if (past === null || past.to > window.from) continue
            const counted = usedIn(account, other.pricing, past)
            if (counted !== null) before = plus(before, unitsOf(counted, pricing.aggregation))
          }
        }
        before = larger(before, zero)
      }
      const isNegative = less(units, zero)
      const isCredit = pricing.type !== 'DEBIT'
      const amount = isNegative
        ? isCredit
          ? zero
          : times(units, q(pricing.bands[0]?.[2] ?? '0'))
        : before === null
          ? price(pricing, units)
          : spanning(pricing, before, units)
      lines.push(
        line(isCredit || isNegative ? 'USAGE_CREDIT' : 'USAGE', {
          attached,
          pricing,
          ...window,
          quantity,
          units,
          exact: isCredit ? minus(zero, amount) : amount,
        }),
      )
    }
  }
  const usage = lines.filter(({ type }) => type === 'USAGE')

  // 6, 7: standing charges, of this period or ahead, and never what another bill carries.
  const spansCharged = (
    part: (typeof parts)[number],
    isAhead: boolean,
    what: string,
    pricing: Pricing | null,
  ) => {
    const { rhythm, span, k } = part
    const next = spanEndingAt(rhythm, k + 1, localDay(part.attached.from, settings.zone))
    const own = part.isAhead ? [] : [span]
    const asked = isAhead ? [...own, next] : own
    return asked.filter((each) => {
      const { from, to } = windowOf(each, settings)
      return !carried.some(
        (charge) =>
          charge.bill !== self &&
          charge.attached === part.attached &&
          charge.what === what &&
          charge.pricing === pricing &&
          charge.start >= from &&
          charge.start < to &&
          (each !== span || charge.ahead),
      )
    })
  }
  const carry = (
    part: (typeof parts)[number],
    what: string,
    pricing: Pricing | null,
    start: number,
  ) =>
    made.push({
      bill: self,
      attached: part.attached,
      what,
      pricing,
      start,
      ahead: start >= midnight(key.end, settings.zone),
    })
  for (const part of parts) {
    const { plan } = part.attached
    for (const span of spansCharged(part, plan.standingAhead, 'STANDING_CHARGE', null)) {
      if (span.number < plan.firstBill || (span.number - plan.firstBill) % plan.everyBills !== 0)
        continue
      const window = cut(windowOf(span, settings), part.attached)
      if (window === null) continue
      const exact = times(q(plan.standing), share(span, settings, [part.attached]))
      const charge = line('STANDING_CHARGE', {
        attached: part.attached,
        pricing: null,
        ...window,
        quantity: q(1),
        units: q(1),
        exact,
      })
      if (charge.money[0] === 0n) continue
      lines.push(charge)
      carry(part, 'STANDING_CHARGE', null, window.from)
    }
  }

  // 9: credits, by product and then by bill, each capped at what is left.
  const left = (of: Draft[]) => larger(total(of.map(({ base }) => base)), zero)
  const charges = lines.filter(({ type }) => type === 'USAGE' || type === 'STANDING_CHARGE')
  const credits = lines.filter(({ type }) => type === 'USAGE_CREDIT')
  const order = (a: Draft, b: Draft) => created(account, a) - created(account, b)
  const done: Draft[] = []
  for (const isGlobal of [false, true]) {
    for (const credit of credits
      .filter(({ pricing }) => (pricing?.type === 'GLOBAL_CREDIT') === isGlobal)
      .sort(order)) {
      const room = left(
        [...charges, ...done].filter(({ product }) => isGlobal || product === credit.product),
      )
      if (less(room, minus(zero, credit.base))) {
        const exact = minus(zero, over(room, q(credit.rate)))
        credit.money = round(exact, ...ruleOf(settings, credit.attached.plan.currency))
        credit.base = minus(zero, room)
        credit.subtotal = text(credit.money)
        credit.converted = text(credit.base)
        credit.average = averageOf(exact, q(credit.units))
      }
      done.push(credit)
    }
  }

  // 10: minimums of pricings, then of the plan with what those add.
  for (const part of parts) {
    const { attached } = part
    const own = [...usage, ...credits].filter((each) => each.attached === attached)
    let base = total(own.map(({ money }) => money))
    const lift = (
      scope: { pricing: Pricing | null; minimum: string | null; ahead: boolean; base: Q },
      actives: { from: number; to: number | null }[],
    ) => {
      if (scope.minimum === null || q(scope.minimum)[0] === 0n) return
      const due = (span: Span) => {
        let window: { from: number; to: number } | null = windowOf(span, settings)
        for (const active of actives) window = window && cut(window, active)
        return (
          window && {
            window,
            amount: times(q(scope.minimum ?? '0'), share(span, settings, actives)),
          }
        )
      }
      for (const span of spansCharged(part, scope.ahead, 'MINIMUM_SPEND', scope.pricing)) {
        const found = due(span)
        if (found === null) continue
        const exact = scope.ahead ? found.amount : larger(zero, minus(found.amount, scope.base))
        const charge = line('MINIMUM_SPEND', {
          attached,
          pricing: scope.pricing,
          ...found.window,
          quantity: q(1),
          units: q(1),
          exact,
        })
        if (charge.money[0] === 0n) continue
        lines.push(charge)
        carry(part, 'MINIMUM_SPEND', scope.pricing, found.window.from)
      }
      const closing = scope.ahead && !part.isAhead ? due(part.span) : null
      if (closing === null) return
      const exact = minus(zero, larger(zero, smaller(closing.amount, scope.base)))
      const refund = line('MINIMUM_SPEND_REFUND', {
        attached,
        pricing: scope.pricing,
        ...closing.window,
        quantity: q(1),
        units: q(1),
        exact,
      })
      if (refund.money[0] !== 0n) lines.push(refund)
    }
    for (const pricing of attached.plan.pricings) {
      if (pricing.type !== 'DEBIT' || pricing.minimum === null) continue
      const ofPricing = total(
        own.filter((each) => each.pricing === pricing).map(({ money }) => money),
      )
      lift({ pricing, minimum: pricing.minimum, ahead: pricing.minimumAhead, base: ofPricing }, [
        attached,
        pricing,
      ])
      if (part.isAhead) continue
      let window: { from: number; to: number } | null = windowOf(part.span, settings)
      for (const active of [attached, pricing]) window = window && cut(window, active)
      if (window === null) continue
      const added = minus(
        times(q(pricing.minimum), share(part.span, settings, [attached, pricing])),
        ofPricing,
      )
      base = plus(base, round(larger(zero, added), ...ruleOf(settings, attached.plan.currency)))
    }
    lift(
      { pricing: null, minimum: attached.plan.minimum, ahead: attached.plan.minimumAhead, base },
      [attached],
    )
  }

  // 14: the order on the bill.
  const productRank = (each: Draft) =>
    Math.min(
      ...lines
        .filter(({ product }) => product === each.product)
        .map(({ attached }) => position(attached)),
    )
  lines.sort((a, b) => productRank(a) - productRank(b) || compare(a, b))
  return { lines, total: text(total(lines.map(({ base }) => base))), carried: made }

  function compare(a: Draft, b: Draft): number {
    for (const [at, rank] of a.rank.entries()) {
      const other = b.rank[at] ?? 0
      if (at === 3) {
        const byCreation = created(account, a) - created(account, b)
        if (byCreation !== 0) return byCreation
      } else if (rank !== other) return rank - other
    }
    return 0
  }
}

const TYPES = ['STANDING_CHARGE', 'USAGE', 'USAGE_CREDIT', 'MINIMUM_SPEND', 'MINIMUM_SPEND_REFUND']

/** Pricings are created account plan by account plan, in their order. */
function created(account: Account, { attached, pricing }: Draft): number {
  return pricing === null
    ? -1
    : account.attached.indexOf(attached) * 1000 + attached.plan.pricings.indexOf(pricing)
}

export function rhythmOf(settings: Settings, account: Account, { plan, epoch }: Attached): Rhythm {
  return {
    frequency: plan.frequency,
    interval: plan.interval,
    epoch: epoch ?? account.epoch ?? settings.epochs[plan.frequency],
  }
}

function chargesAhead(plan: Plan): boolean {
  return (
    plan.standingAhead ||
    (plan.minimumAhead && plan.minimum !== null) ||
    plan.pricings.some(({ minimum, minimumAhead }) => minimumAhead && minimum !== null)
  )
}

function windowOf(span: Span, { zone }: Settings) {
  return { from: midnight(span.start, zone), to: midnight(span.end, zone) }
}

function cut(window: { from: number; to: number }, active: { from: number; to: number | null }) {
  const from = Math.max(window.from, active.from)
  const to = Math.min(window.to, active.to ?? window.to)
  return from < to ? { from, to } : null
}

/** Own pricings, and the template's for the time in which no own one prices the same. */
function effective({ pricings }: Plan): { pricing: Pricing; from: number; to: number | null }[] {
  const own = pricings.filter(({ onTemplate }) => !onTemplate)
  return pricings.flatMap((pricing) => {
    let pieces = [{ pricing, from: pricing.from, to: pricing.to ?? Number.MAX_SAFE_INTEGER }]
    if (!pricing.onTemplate) return pieces.map((piece) => ({ ...piece, to: pricing.to }))
    for (const other of own.filter((each) => samePrice(each, pricing))) {
      const end = other.to ?? Number.MAX_SAFE_INTEGER
      pieces = pieces.flatMap((piece) =>
        [
          { ...piece, to: Math.min(piece.to, other.from) },
          { ...piece, from: Math.max(piece.from, end) },
        ].filter(({ from, to }) => from < to),
      )
    }
    return pieces
  })
}

function samePrice(a: Pricing, b: Pricing): boolean {
  return a.aggregation === b.aggregation && a.region === b.region
}

/** Whole local days of everything active, over the days of the period (billing 3.4). */
function share(span: Span, { zone }: Settings, actives: { from: number; to: number | null }[]): Q {
  const starts = actives.map(({ from }) => localDay(from, zone))
  const ends = actives.flatMap(({ to }) => (to === null ? [] : [localDay(to, zone)]))
  return total(
    span.parts.map(([start, end]) => {
      const first = [start, span.start, ...starts].sort().at(-1) ?? start
      const last = [end, span.end, ...ends].sort()[0] ?? end
      return first < last ? q(BigInt(daysFrom(first, last)), BigInt(daysFrom(start, end))) : zero
    }),
  )
}

function ruleOf({ currencies }: Settings, code: string): [places: number, mode: string] {
  const rule = currencies.get(code)
  return [rule?.places ?? 2, rule?.mode ?? 'HALF_UP']
}

function averageOf(exact: Q, units: Q): string {
  return units[0] === 0n ? '0' : text(round(over(exact, units), 10, 'HALF_UP'))
}
