import { one } from '../money/decimal.ts'
import { isZero, multiply } from '../money/fraction.ts'
import { periodsCharged } from './ahead.ts'
import type { BilledSchedule, BillInput } from './bill-input.ts'
import { dayFactor } from './day-factor.ts'
import { exactText } from './exact-text.ts'
import { type BillLine, makeLine } from './line.ts'
import { activeDays, activeIn, explainUncharged, explainWindow, windowOf } from './window.ts'

/**
 * The standing charge of an account plan, by the days on which it is active (billing 6.3).
 * Worked example: 62.00 a month, from 15 January: 62 × 17/31 = 34.00.
 */
export function standingChargeLines(input: BillInput, billed: BilledSchedule): BillLine[] {
  const { attached, schedule } = billed
  const charge = attached.plan.standingCharge
  if (charge === null || isZero(charge.amount)) return []
  const { everyBills, firstBill, inAdvance } = charge
  const zone = input.rules.timezone
  const charged = periodsCharged(input, billed, inAdvance, {
    type: 'STANDING_CHARGE',
    pricing: null,
  })
  return charged.flatMap(({ period, window }) => {
    const isDue = period.index >= firstBill && (period.index - firstBill) % everyBills === 0
    const periodWindow = windowOf(period, zone)
    if (!isDue) return []
    const factor = dayFactor(schedule, period, activeDays([activeIn(window)], zone))
    const line = makeLine(input, {
      type: 'STANDING_CHARGE',
      billed,
      pricing: null,
      description: charge.description ?? 'Standing Charge',
      accountingProduct: charge.accountingProduct ?? attached.plan.product,
      window,
      quantity: one,
      units: one,
      unit: '',
      amount: multiply(charge.amount, factor.value),
      bands: [],
      explain: (amount) => ({
        kind: 'STANDING_CHARGE',
        windows: {
          billingPeriod: explainWindow(periodWindow),
          accountPlan: explainWindow(attached),
          ...explainUncharged(periodWindow, attached, window),
        },
        charge: exactText(charge.amount),
        inAdvance,
        billNumber: period.index,
        everyBills,
        firstBill,
        factor: factor.explained,
        amount,
      }),
    })
    return line.subtotal.isZero() ? [] : [line]
  })
}
