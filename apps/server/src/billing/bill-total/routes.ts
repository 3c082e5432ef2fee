import { readBillTotals } from '@countinghouse/contract/billing/bill-total.ts'
import { type Route, route } from '../../kit/area.ts'
import { visibleConditions } from '../../kit/permission/visible.ts'
import { countPending, latestTotals, monthlyTotals, type TotalRow } from './store.ts'

export const billTotalRoutes: Route[] = [
  route(readBillTotals, async ({ context, organization, visible }) => {
    const { reader } = context.database
    const of = {
      organizationId: organization.id,
      now: context.clock.now(),
      visible: visibleConditions(visible),
    }
    const [pending, latest, months] = await Promise.all([
      countPending(reader, of),
      latestTotals(reader, of),
      monthlyTotals(reader, of),
    ])
    const [first] = latest
    return {
      pending,
      ...(first && { latest: { billDate: first.bill_date, totals: latest.map(toFigure) } }),
      months: months.map((row) => ({ month: row.month, ...toFigure(row) })),
    }
  }),
]

function toFigure({ currency, bills, total, is_open: isOpen }: TotalRow) {
  return { currency, bills: Number(bills), total, isOpen }
}
