/** What an account is: the facts of its page, and its postal address. */
import type { Account } from '@countinghouse/contract/accounts/account.ts'
import { Absent } from '../../kit/format/amount.tsx'
import { DayText } from '../../kit/format/moment.tsx'
import type { Fact } from '../../kit/page/page.tsx'

export function accountFacts(row: Account, organizationCurrency: string): Fact[] {
  return [
    { label: 'E-mail', value: row.emailAddress },
    { label: 'Billing currency', value: row.currency ?? `${organizationCurrency} (organization)` },
    {
      label: 'First bill date',
      value: <DayText day={row.billEpoch} fallback="as the organization" />,
    },
    { label: 'Days to pay', value: row.daysBeforeBillDue ?? <Absent>as the organization</Absent> },
    row.purchaseOrderNumber ? { label: 'PO number', value: row.purchaseOrderNumber } : null,
    row.address ? { label: 'Address', value: <Address address={row.address} /> } : null,
  ]
}

function Address({ address }: { address: NonNullable<Account['address']> }) {
  const {
    addressLine1,
    addressLine2,
    addressLine3,
    addressLine4,
    postCode,
    locality,
    region,
    country,
  } = address
  const lines = [
    addressLine1,
    addressLine2,
    addressLine3,
    addressLine4,
    [postCode, locality].filter(Boolean).join(' '),
    region,
    country,
  ]
  return (
    <address style={{ fontStyle: 'normal' }}>
      {lines.filter(Boolean).map((line) => (
        <div key={line}>{line}</div>
      ))}
    </address>
  )
}
