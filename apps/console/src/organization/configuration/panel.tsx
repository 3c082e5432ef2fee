import type { OrganizationConfiguration } from '@countinghouse/contract/organization/configuration.ts'
import { organizationConfigurationBody } from '@countinghouse/contract/organization/configuration.ts'
import type { ReactNode } from 'react'
import { Audit } from '../../kit/detail/audit.tsx'
import { EditButton } from '../../kit/detail/detail-page.tsx'
import { mostDecimals } from '../../kit/format/align.ts'
import { Absent, Quantity } from '../../kit/format/amount.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import { type Fact, Facts, Panel } from '../../kit/page/page.tsx'
import { Failure, Lines } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import classes from './configuration.module.css'

type Configuration = OrganizationConfiguration
type Key = keyof typeof organizationConfigurationBody.properties

export function ConfigurationPanel() {
  const answer = useAnswer<Configuration>('/organizationconfig')
  const row = answer.data
  return (
    <>
      <Panel
        title="Configuration"
        flush
        actions={
          <EditButton
            to="/settings/organization/configuration/edit"
            permission="config:organizationConfig"
          />
        }
      >
        {answer.isPending && <Lines count={6} />}
        {answer.error && <Failure error={answer.error} retry={() => void answer.refetch()} />}
        {row && (
          <div className={classes.columns}>
            <Facts facts={calendarOf(row)} />
            <Facts facts={billingOf(row)} />
          </div>
        )}
      </Panel>
      {row && <Conversions row={row} />}
      {row && (
        <div className={classes.audit}>
          <Audit entity={row as never} />
        </div>
      )}
    </>
  )
}

/** Label and tooltip of the contract, so that page and form say the same. */
function fact(key: Key, value: ReactNode): Fact {
  const { title = key, description } = organizationConfigurationBody.properties[key] as {
    title?: string
    description?: string
  }
  return { label: title, help: description, value }
}

function calendarOf(row: Configuration): Fact[] {
  return [
    fact('timezone', row.timezone),
    fact('currency', row.currency),
    fact('dayEpoch', <DayText day={row.dayEpoch} />),
    fact('weekEpoch', <DayText day={row.weekEpoch} />),
    fact('monthEpoch', <DayText day={row.monthEpoch} />),
    fact('yearEpoch', <DayText day={row.yearEpoch} />),
    fact('scheduledBillInterval', intervalWords(row)),
    fact('daysBeforeBillDue', `${row.daysBeforeBillDue}`),
    fact(
      'externalInvoiceDate',
      row.externalInvoiceDate ? words(row.externalInvoiceDate) : <Absent />,
    ),
  ]
}

function billingOf(row: Configuration): Fact[] {
  const { autoApproveBillsGracePeriod: grace, autoApproveBillsGracePeriodUnit: unit } = row
  return [
    fact('standingChargeBillInAdvance', yes(row.standingChargeBillInAdvance)),
    fact('minimumSpendBillInAdvance', yes(row.minimumSpendBillInAdvance)),
    fact('commitmentFeeBillInAdvance', yes(row.commitmentFeeBillInAdvance)),
    fact(
      'autoApproveBillsGracePeriod',
      grace && unit ? `${grace} ${unit.toLowerCase()}` : 'by hand',
    ),
    fact('consolidateBills', yes(row.consolidateBills)),
    fact('suppressedEmptyBills', yes(row.suppressedEmptyBills)),
    fact('allowOverlappingPlans', yes(row.allowOverlappingPlans)),
    fact('billPrefix', row.billPrefix ?? <Absent />),
    fact('sequenceStartNumber', row.sequenceStartNumber ?? <Absent />),
  ]
}

function intervalWords({
  scheduledBillInterval: hours = 0,
  scheduledBillOffset: at,
}: Configuration): string {
  if (hours === 0) return 'off'
  if (hours === 24)
    return at === undefined ? 'once a day' : `once a day, at ${String(at).padStart(2, '0')}:00`
  return hours < 1
    ? `every ${hours * 60} minutes`
    : `every ${hours === 1 ? 'hour' : `${hours} hours`}`
}

function yes(value: boolean | undefined): string {
  return value ? 'Yes' : 'No'
}

function Conversions({ row }: { row: Configuration }) {
  const conversions = row.currencyConversions ?? []
  const decimals = mostDecimals(conversions.map(({ multiplier = 1 }) => multiplier))
  return (
    <Panel
      title="Currency conversions"
      count={conversions.length}
      help="Prices in one currency become bills in another at these rates."
      flush
    >
      {conversions.length === 0 && (
        <p className={classes.none}>
          None. A plan priced in another currency than the bill needs one.
        </p>
      )}
      {conversions.map((each) => (
        <div key={each.from + each.to} className={classes.conversion}>
          <span>
            {each.from} to {each.to}
          </span>
          <Quantity value={each.multiplier ?? 1} alignedTo={decimals} />
        </div>
      ))}
    </Panel>
  )
}
