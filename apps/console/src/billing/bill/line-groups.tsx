/** The lines of a bill by product, each a door; at the end the total, which is their plain sum. */
import type { Bill } from '@countinghouse/contract/billing/bill.ts'
import type { BillLineItem } from '@countinghouse/contract/billing/bill-line-item.ts'
import { IconChevronRight } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Money, Quantity } from '../../kit/format/amount.tsx'
import { words } from '../../kit/format/state.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { shortAverage } from './average.ts'
import classes from './bill.module.css'
import { LineExplanation } from './line-explanation.tsx'
import { linesByProduct, sumOf } from './products.ts'
import { serviceWords } from './words.tsx'

export function LineGroups({ bill }: { bill: Bill }) {
  const search = useSearch({ strict: false }) as { line?: string }
  const navigate = useNavigate()
  const lines = bill.lineItems ?? []
  const groups = linesByProduct(bill)
  // The open line stands in the address: a link shows the same, and back closes it.
  const toggle = (id: string) =>
    void navigate({
      to: '.',
      search: (search.line === id ? {} : { line: id }) as never,
      resetScroll: false,
    })
  if (lines.length === 0) {
    return (
      <p className={classes.none}>
        Nothing was charged in this period: no fixed charge fell on it and no priced usage arrived.
      </p>
    )
  }
  return (
    <div className={classes.lines}>
      {groups.map(([product, members]) => (
        <section key={product} className={classes.group} aria-label={product}>
          <div className={classes.product}>
            <h3>{product}</h3>
            {groups.length > 1 && <Money amount={sumOf(members)} currency={bill.currency} />}
          </div>
          {members.map((line) => (
            <Line
              key={line.id}
              bill={bill}
              line={line}
              isOpen={search.line === line.id}
              toggle={() => toggle(line.id)}
            />
          ))}
        </section>
      ))}
      <div className={classes.total}>
        <span>Total</span>
        <Money amount={bill.billTotal} currency={bill.currency} strong copied />
      </div>
    </div>
  )
}

function Average({ line }: { line: BillLineItem }) {
  const { text, isCut } = shortAverage(line.averageUnitPrice)
  return (
    <span data-tip={isCut ? String(line.averageUnitPrice) : undefined}>
      {isCut && '≈ '}
      <Money amount={text} currency={line.currency} unitPrice /> on average
    </span>
  )
}

type LineProps = { bill: Bill; line: BillLineItem; isOpen: boolean; toggle: () => void }

function Line({ bill, line, isOpen, toggle }: LineProps) {
  const { timezone } = useOrganization()
  const isForeign = line.currency !== bill.currency
  return (
    <div className={classes.line} data-open={isOpen || undefined}>
      <button type="button" className={classes.door} aria-expanded={isOpen} onClick={toggle}>
        <IconChevronRight size={14} className={classes.chevron} aria-hidden />
        <span className={classes.what}>
          {line.description}
          <small>
            {words(line.lineItemType)} · {serviceWords(line, timezone)}
          </small>
        </span>
        <span className={classes.units}>
          {line.unit !== '' && (
            <>
              <Quantity value={line.units} unit={line.unit} />
              <small>
                <Average line={line} />
              </small>
            </>
          )}
        </span>
        <span className={classes.amount}>
          <Money amount={line.convertedSubtotal} currency={bill.currency} />
          {isForeign && (
            <small>
              <Money amount={line.subtotal} currency={line.currency} />
            </small>
          )}
        </span>
      </button>
      {isOpen && (
        <div className={classes.inside}>
          <LineExplanation billId={bill.id} lineId={line.id} />
        </div>
      )}
    </div>
  )
}
