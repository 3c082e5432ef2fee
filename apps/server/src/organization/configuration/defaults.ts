/** What an organization starts with, and what fields left out of a PUT become (organization 2). */
import type { OrganizationConfigurationBody } from '@countinghouse/contract/organization/configuration.ts'

export const initialConfiguration: OrganizationConfigurationBody = withDefaults({
  timezone: 'UTC',
  yearEpoch: '2022-01-01',
  monthEpoch: '2022-01-01',
  weekEpoch: '2022-01-04',
  dayEpoch: '2022-01-01',
  currency: 'USD',
  daysBeforeBillDue: 1,
})

export function withDefaults(body: OrganizationConfigurationBody): OrganizationConfigurationBody {
  return {
    currencyConversions: [],
    scheduledBillInterval: 0,
    standingChargeBillInAdvance: false,
    commitmentFeeBillInAdvance: false,
    minimumSpendBillInAdvance: false,
    externalInvoiceDate: 'FIRST_DAY_OF_NEXT_PERIOD',
    suppressedEmptyBills: false,
    consolidateBills: false,
    autoGenerateStatementMode: 'NONE',
    creditApplicationOrder: ['PREPAYMENT', 'BALANCE'],
    allowNegativeBalances: false,
    allowOverlappingPlans: false,
    sequenceStartNumber: 0,
    ...body,
  }
}
