/** Says while the days are chosen which price already counts then, and offers the ways out (pricing 2.1). */
import type { Pricing } from '@countinghouse/contract/pricing/pricing.ts'
import { Alert, Anchor, Button } from '@mantine/core'
import { dayText, Span } from '../../kit/format/moment.tsx'
import { useHref } from '../../kit/link.tsx'
import { useOrganization } from '../../kit/organization.ts'
import { PriceSummary } from './price-summary.tsx'
import classes from './through-time.module.css'
import { type Dated, meeting } from './through-time.ts'

type MeetingPricesProps = {
  /** Prices of the same plan, metric, segment and type. */
  others: readonly Pricing[]
  span: Dated
  /** The price that will end where this one starts, once this one is saved. */
  ending: Pricing | undefined
  /** Absent where saving ends no other price. */
  setEnding?: ((row: Pricing | undefined) => void) | undefined
  setDay: (field: 'startDate' | 'endDate', instant: string) => void
  currency: string
  unit: string
}

export function MeetingPrices(props: MeetingPricesProps) {
  const { others, span, ending, setEnding } = props
  const { timezone } = useOrganization()
  if (!span.startDate) return null
  const isLater = ending && Date.parse(ending.startDate) < Date.parse(span.startDate)
  const met = meeting(
    span,
    others.map((row) => (isLater && row.id === ending.id ? ended(row, span.startDate) : row)),
  )
  return (
    <div className={classes.meeting} aria-live="polite">
      {met.length > 0 && <Met {...props} met={met} />}
      {met.length === 0 && isLater && (
        <p className={classes.ends}>
          Saving ends the price from {dayText(ending.startDate, timezone)} on{' '}
          {dayText(span.startDate, timezone)}, where this one starts.{' '}
          {setEnding && (
            <Button variant="subtle" size="compact-xs" onClick={() => setEnding(undefined)}>
              Do not end it
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

function ended(row: Pricing, at: string): Pricing {
  return row.endDate && Date.parse(row.endDate) <= Date.parse(at) ? row : { ...row, endDate: at }
}

function Met({ met, span, setEnding, setDay, ...shown }: MeetingPricesProps & { met: Pricing[] }) {
  const { timezone } = useOrganization()
  const href = useHref()
  const day = (instant: string) => dayText(instant, timezone)
  const [first] = met
  const last = met.at(-1)
  const isOlder = first && Date.parse(first.startDate) < Date.parse(span.startDate)
  const free = last?.endDate
  const isFreeWithin = free && (!span.endDate || Date.parse(free) < Date.parse(span.endDate))
  return (
    <Alert
      color="ochre"
      title={met.length === 1 ? 'Another price counts then' : `${met.length} prices count then`}
    >
      <ul className={classes.met}>
        {met.map((row) => (
          <li key={row.id}>
            {/* Beside this page, where what was typed stays. */}
            <Anchor inherit href={href(`/pricing/pricings/${row.id}/edit`)} target="_blank">
              <Span from={row.startDate} until={row.endDate} />
            </Anchor>
            <PriceSummary pricing={row} currency={shown.currency} unit={shown.unit} />
          </li>
        ))}
      </ul>
      Only one price of the same counts at a time: end the other one, or choose other days.
      <div className={classes.waysOut}>
        {setEnding && isOlder && met.length === 1 && (
          <Button variant="default" size="xs" onClick={() => setEnding(first)}>
            End it on {day(span.startDate)}
          </Button>
        )}
        {isFreeWithin && (
          <Button variant="default" size="xs" onClick={() => setDay('startDate', free)}>
            Start on {day(free)}
          </Button>
        )}
        {first && !isOlder && Date.parse(first.startDate) > Date.parse(span.startDate) && (
          <Button variant="default" size="xs" onClick={() => setDay('endDate', first.startDate)}>
            End this one on {day(first.startDate)}
          </Button>
        )}
      </div>
    </Alert>
  )
}
