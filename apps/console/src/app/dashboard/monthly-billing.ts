import { apiAt } from '../../kit/api/client.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'
import type { Page } from '../../kit/query/resource.ts'

type Bill = {
  startDate: string
  endDate: string
  currency: string
  billTotal?: Numeric
}

export type Month = {
  /** First day. */
  at: string
  label: string
  /** Exact sums by currency. */
  totals: Record<string, string>
  isOpen: boolean
}

type MonthlyBilling = { months: Month[]; currencies: string[] }

const PAGES_MOST = 5

/** Null where there are more bills than a browser should add up. */
export async function readMonthlyBilling(organizationId: string): Promise<MonthlyBilling | null> {
  const bills: Bill[] = []
  let nextToken: string | undefined
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const answer = await apiAt(`/organizations/${organizationId}`).get<Page<Bill>>('/bills', {
      query: {
        pageSize: 100,
        excludeLineItems: true,
        includeBillTotal: true,
        billDateStart: yearAgo(),
        nextToken,
      },
    })
    bills.push(...answer.data)
    nextToken = answer.nextToken
    if (!nextToken) return { months: await monthsOf(bills), currencies: currenciesOf(bills) }
  }
  return null
}

/** A bill counts in the month its period begins in. */
async function monthsOf(bills: Bill[]): Promise<Month[]> {
  const { decimal, digits, zero } = await import('@countinghouse/engine/money/decimal.ts')
  const today = new Date().toISOString().slice(0, 10)
  const starts = [...new Set(bills.map(monthOf))].sort()
  return starts.map((at) => {
    const own = bills.filter((bill) => monthOf(bill) === at)
    const totals = currenciesOf(own).map((currency) => {
      const amounts = own.filter((bill) => bill.currency === currency)
      const sum = amounts.reduce(
        (total, bill) => total.plus(decimal(String(bill.billTotal ?? 0))),
        zero,
      )
      return [currency, digits(sum)]
    })
    return {
      at,
      label: new Intl.DateTimeFormat('en-GB', {
        month: 'short',
        year: '2-digit',
        timeZone: 'UTC',
      })
        .format(new Date(at))
        .replace('Sept', 'Sep'),
      totals: Object.fromEntries(totals),
      isOpen: own.some((bill) => bill.endDate > today),
    }
  })
}

function monthOf(bill: Bill): string {
  return `${bill.startDate.slice(0, 7)}-01`
}

/** The most used first. */
function currenciesOf(bills: Bill[]): string[] {
  const counts = Map.groupBy(bills, (bill) => bill.currency)
  return [...counts.keys()].sort(
    (left, right) => (counts.get(right)?.length ?? 0) - (counts.get(left)?.length ?? 0),
  )
}

function yearAgo(): string {
  const day = new Date()
  day.setUTCFullYear(day.getUTCFullYear() - 1, day.getUTCMonth(), 1)
  return day.toISOString().slice(0, 10)
}
