/** Sums over all bills for the Dashboard, which should not add up pages of them (console 4.2, 8). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { day, decimal, optional } from '../kit/schema.ts'

const figure = {
  currency: Type.String({ title: 'Currency' }),
  bills: Type.Integer({ title: 'Bills' }),
  total: decimal({ title: 'Total' }),
  isOpen: Type.Boolean({
    title: 'Open',
    description: 'A period among them has not ended: the total may still grow.',
  }),
}

export const billTotals = Type.Object({
  pending: Type.Integer({ title: 'Pending', description: 'Bills that wait for approval.' }),
  latest: optional(
    Type.Object(
      {
        billDate: day({ title: 'Bill date' }),
        totals: Type.Array(Type.Object(figure)),
      },
      { title: 'Latest', description: 'Bills of the latest date there is, by currency.' },
    ),
  ),
  months: Type.Array(Type.Object({ month: day({ title: 'First day' }), ...figure }), {
    title: 'Months',
    description: 'Bills whose period began in a month, by currency: this month and twelve before.',
  }),
})
export type BillTotals = Static<typeof billTotals>

export const readBillTotals = operation({
  scope: 'organization',
  area: 'billing',
  tag: 'Bills',
  id: 'readBillTotals',
  method: 'GET',
  path: '/console/billtotals',
  summary: 'Read what was billed by month and on the latest bill date, and how much is pending',
  permission: { action: 'config:retrieve', resource: 'config:bill' },
  response: billTotals,
})

export const billTotalOperations = [readBillTotals]
