/** Picklists that say why: credit reasons, debit reasons, transaction types. */
import { picklist } from './picklist.ts'

export const creditReason = picklist(
  {
    name: 'credit-reason',
    path: '/picklists/creditreasons',
    title: { one: 'Credit reason', many: 'Credit reasons' },
    permission: 'config:creditReason',
    event: 'configuration.creditreason',
    nameTooltip: 'Why an amount is taken off a bill, as people choose and read it.',
  },
  {},
  { name: 'Goodwill', code: 'goodwill' },
)

export const debitReason = picklist(
  {
    name: 'debit-reason',
    path: '/picklists/debitreasons',
    title: { one: 'Debit reason', many: 'Debit reasons' },
    permission: 'config:debitReason',
    event: null,
    nameTooltip: 'Why an amount is added to a bill, as people choose and read it.',
  },
  {},
  { name: 'Late fee', code: 'late_fee' },
)

export const transactionType = picklist(
  {
    name: 'transaction-type',
    path: '/picklists/transactiontypes',
    title: { one: 'Transaction type', many: 'Transaction types' },
    permission: 'config:transactionType',
    event: 'configuration.transactiontype',
    nameTooltip: 'What kind of movement this is on a balance.',
  },
  {},
  { name: 'Top-up', code: 'top_up' },
)
