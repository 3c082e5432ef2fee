import type { OrganizationDetails } from '@countinghouse/contract/organization/organization.ts'
import { EditButton } from '../../kit/detail/detail-page.tsx'
import { Absent } from '../../kit/format/amount.tsx'
import { Copyable, State, words } from '../../kit/format/state.tsx'
import { Facts, Panel } from '../../kit/page/page.tsx'
import { Failure, Lines } from '../../kit/page/states.tsx'
import { useAnswer } from '../../kit/query/resource.ts'
import classes from './tenant.module.css'

export function OrganizationDetailsPanel() {
  const organization = useAnswer<OrganizationDetails>('/organization')
  return (
    <Panel
      title="Details"
      flush
      actions={
        <EditButton
          to="/settings/organization/details/edit"
          permission="config:organizationConfig"
        />
      }
    >
      {organization.isPending && <Lines count={5} />}
      {organization.error && (
        <Failure error={organization.error} retry={() => void organization.refetch()} />
      )}
      {organization.data && (
        <div className={classes.columns}>
          <Facts facts={identityOf(organization.data)} />
          <Facts facts={billingOf(organization.data)} />
        </div>
      )}
    </Panel>
  )
}

function identityOf(row: OrganizationDetails) {
  return [
    { label: 'Organization name', value: row.organizationName },
    { label: 'Organization ID', value: <Copyable text={row.orgId} label="Copy organization ID" /> },
    { label: 'Short name', value: row.shortName ?? <Absent /> },
    { label: 'Type', value: words(row.type) },
    {
      label: 'Status',
      value: <State tone={row.status === 'ACTIVE' ? 'good' : 'quiet'}>{words(row.status)}</State>,
    },
  ]
}

function billingOf(row: OrganizationDetails) {
  const address = [
    row.addressLine1,
    row.addressLine2,
    row.addressLine3,
    row.addressLine4,
    row.locality,
    row.region,
    row.postCode,
    row.country,
  ].filter(Boolean)
  return [
    { label: 'Address', value: address.length > 0 ? address.join(', ') : <Absent /> },
    { label: 'Tax ID', value: row.taxId ?? <Absent /> },
    { label: 'Purchase order number', value: row.purchaseOrderNumber ?? <Absent /> },
    { label: 'Invoice reference', value: row.invoiceGeneralReference ?? <Absent /> },
  ]
}
