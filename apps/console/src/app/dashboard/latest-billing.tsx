/** The newest billed day in figures: what was billed in each currency, and what waits for approval. */
import { useQuery } from '@tanstack/react-query'
import { apiAt } from '../../kit/api/client.ts'
import type { Numeric } from '../../kit/api/exact-json.ts'
import { Money } from '../../kit/format/amount.tsx'
import { counted } from '../../kit/format/digits.ts'
import { browserZone, dayText } from '../../kit/format/moment.tsx'
import { AppLink } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import type { Page } from '../../kit/query/resource.ts'
import classes from './dashboard.module.css'

type Bill = {
  id: string
  billDate: string
  currency: string
  billTotal?: Numeric
  status: 'PENDING' | 'APPROVED'
}
type Figure = { currency: string; bills: number; total: string }
type Billing = { date: string; figures: Figure[]; bills: number; pending: number; isCut: boolean }

const PAGES_MOST = 5

export function LatestBilling() {
  const { id, timezone } = useOrganization()
  const billing = useQuery({
    queryKey: ['organization', id, '/bills', 'latest-billing'],
    queryFn: () => readBilling(id),
  })
  const latest = billing.data
  if (!latest) return null
  const isRunning = latest.date > dayIn(timezone)
  const label = `${isRunning ? 'Running up to' : 'Billed on'} ${dayText(latest.date)}`
  return (
    <section className={classes.figures} aria-label={label}>
      {latest.figures.slice(0, 4).map((figure) => (
        <div key={figure.currency} className={classes.figure}>
          <span className={classes.figureLabel}>{label}</span>
          <span className={classes.figureValue}>
            <Money amount={figure.total} currency={figure.currency} />
          </span>
          <span className={classes.figureFoot}>
            {latest.isCut ? 'more than ' : ''}
            {counted(figure.bills, 'bill')}
            {isRunning ? ' so far' : ''}
          </span>
        </div>
      ))}
      <div className={classes.figure}>
        <span className={classes.figureLabel}>To approve</span>
        <span className={classes.figureValue}>{latest.pending}</span>
        <span className={classes.figureFoot}>
          {latest.pending === 0 ? (
            `all ${counted(latest.bills, 'bill')} approved`
          ) : (
            <AppLink to="/billing/bills?status=PENDING">Review pending bills</AppLink>
          )}
        </span>
      </div>
    </section>
  )
}

/** Bills of a period that is not over are drafts of it. */
function dayIn(timezone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: browserZone(timezone) }).format(new Date())
}

async function readBilling(organizationId: string): Promise<Billing | null> {
  const api = apiAt(`/organizations/${organizationId}`)
  const query = { pageSize: 100, excludeLineItems: true, includeBillTotal: true }
  const [newest] = (await api.get<Page<Bill>>('/bills', { query: { ...query, pageSize: 1 } })).data
  if (!newest) return null
  const bills: Bill[] = []
  let nextToken: string | undefined
  let pages = 0
  do {
    const page: Page<Bill> = await api.get('/bills', {
      query: { ...query, billDate: newest.billDate, nextToken },
    })
    bills.push(...page.data)
    nextToken = page.nextToken
    pages += 1
  } while (nextToken && pages < PAGES_MOST)
  return {
    date: newest.billDate,
    figures: await figuresOf(bills),
    bills: bills.length,
    pending: bills.filter((each) => each.status === 'PENDING').length,
    isCut: nextToken !== undefined,
  }
}

/** The exact arithmetic comes when there is something to add: the first page does not wait for it. */
async function figuresOf(bills: Bill[]): Promise<Figure[]> {
  const { decimal, digits, zero } = await import('@countinghouse/engine/money/decimal.ts')
  const currencies = [...new Set(bills.map((each) => each.currency))]
  return currencies
    .map((currency) => {
      const own = bills.filter((each) => each.currency === currency)
      const total = own.reduce((sum, each) => sum.plus(decimal(String(each.billTotal ?? 0))), zero)
      return { currency, bills: own.length, total: digits(total) }
    })
    .toSorted((left, right) => right.bills - left.bills)
}
