/** The organization area: who may enter, what they may do, and settings of a whole organization. */
import { billGroupingKey } from '@countinghouse/contract/organization/bill-grouping-key.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import {
  creditReason,
  debitReason,
  transactionType,
} from '@countinghouse/contract/organization/reason.ts'
import { type Area, bind } from '../kit/area.ts'

export const organizationArea: Area = {
  name: 'organization',
  resources: [
    bind(currency),
    bind(creditReason),
    bind(debitReason),
    bind(transactionType),
    bind(billGroupingKey),
  ],
  routes: [],
  jobs: [],
}
