/** Bills: what an account owes for a period (billing 4, 10). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import {
  auditFields,
  day,
  decimal,
  id,
  instant,
  message,
  oneOf,
  optional,
  page,
} from '../kit/schema.ts'
import { currencyConversion } from '../organization/configuration.ts'
import { billJobBody } from './bill-job.ts'
import { billLineItem } from './bill-line-item.ts'

export const billingFrequencies = [
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'ANNUALLY',
  'AD_HOC',
  'MIXED',
] as const
export const billStatuses = ['PENDING', 'APPROVED'] as const
export type BillStatus = (typeof billStatuses)[number]

export const bill = Type.Object({
  ...auditFields,
  accountId: id({ title: 'Account' }),
  accountCode: Type.String({ title: 'Account code' }),
  startDate: day({ title: 'Start' }),
  endDate: day({ title: 'End', description: 'The first day after the period.' }),
  startDateTimeUTC: instant({ title: 'Start (UTC)' }),
  endDateTimeUTC: instant({ title: 'End (UTC)' }),
  billDate: day({ title: 'Bill date' }),
  dueDate: day({ title: 'Due date' }),
  billingFrequency: oneOf([...billingFrequencies], {
    title: 'Billing frequency',
    description: 'MIXED: a consolidated bill over several frequencies.',
  }),
  billFrequencyInterval: Type.Integer({ title: 'Interval' }),
  timezone: Type.String({ title: 'Time zone' }),
  currency: Type.String({ title: 'Currency' }),
  currencyConversions: Type.Array(currencyConversion, {
    title: 'Currency conversions',
    description: 'The rates that lines of this bill used.',
  }),
  status: oneOf([...billStatuses], { title: 'Status' }),
  locked: Type.Boolean({ title: 'Locked', description: 'A locked bill never changes again.' }),
  lineItems: optional(Type.Array(billLineItem, { title: 'Lines' })),
  billTotal: optional(decimal({ title: 'Total' })),
  purchaseOrderNumber: optional(Type.String({ title: 'Purchase order number' })),
  externalInvoiceReference: optional(Type.String({ title: 'External invoice reference' })),
  externalInvoiceDate: day({ title: 'External invoice date' }),
  sequentialInvoiceNumber: optional(Type.String({ title: 'Invoice number' })),
  billJobId: optional(id({ title: 'Bill job', description: 'The job that calculated it last.' })),
  lastCalculatedDate: instant({ title: 'Last calculated' }),
  createdDate: instant({ title: 'Created' }),
  dtApproved: optional(instant({ title: 'Approved' })),
  approvedBy: optional(Type.String({ title: 'Approved by' })),
  dtLocked: optional(instant({ title: 'Locked' })),
  lockedBy: optional(Type.String({ title: 'Locked by' })),
  jsonStatementGenerated: Type.Boolean({ title: 'JSON statement made' }),
  csvStatementGenerated: Type.Boolean({ title: 'CSV statement made' }),
  statementStale: Type.Boolean({ title: 'Statement out of date' }),
})
export type Bill = Static<typeof bill>

const shared = { scope: 'organization', area: 'billing', tag: 'Bills' } as const
const allow = (verb: string) => ({ action: `config:${verb}`, resource: 'config:bill' })
const params = Type.Object({ id: Type.String({ description: 'Id of the bill.' }) })

const additional = optional(
  Type.String({ description: 'Names of extra fields; unknown names are ignored.' }),
)
const pageQuery = {
  pageSize: optional(Type.Integer({ minimum: 1, maximum: 100 })),
  nextToken: optional(Type.String()),
  additional,
}
const trueOrFalse = (description: string) => optional(oneOf(['true', 'false'], { description }))

export const listBills = operation({
  ...shared,
  id: 'listBills',
  method: 'GET',
  path: '/bills',
  summary: 'List bills, newest first',
  permission: allow('retrieve'),
  query: Type.Object({
    ...pageQuery,
    accountId: optional(Type.String({ description: 'Only bills of this account.' })),
    locked: trueOrFalse('false leaves locked bills out.'),
    status: optional(oneOf([...billStatuses], { description: 'Only bills with this status.' })),
    billDate: optional(day({ description: 'Only bills of this date.' })),
    billDateStart: optional(day({ description: 'Only bills dated on this day or later.' })),
    billDateEnd: optional(day({ description: 'Only bills dated before this day.' })),
    externalInvoiceDateStart: optional(day({ description: 'On this day or later.' })),
    externalInvoiceDateEnd: optional(day({ description: 'Before this day.' })),
    billJobId: optional(Type.String({ description: 'Only bills this job calculated last.' })),
    billingFrequency: optional(
      Type.String({ description: 'Only bills of this frequency, such as MONTHLY.' }),
    ),
    currency: optional(Type.String({ description: 'Only bills in this currency, such as EUR.' })),
    ids: optional(
      Type.String({ description: 'Only these ids, separated by commas; at most 200.' }),
    ),
    excludeLineItems: trueOrFalse('true leaves the lines out.'),
    includeBillTotal: trueOrFalse('true adds the total of each bill.'),
  }),
  response: page(bill),
})

export const readBill = operation({
  ...shared,
  id: 'readBill',
  method: 'GET',
  path: '/bills/{id}',
  summary: 'Read a bill with its lines',
  permission: allow('retrieve'),
  params,
  query: Type.Object({ additional }),
  response: bill,
})

export const deleteBill = operation({
  ...shared,
  id: 'deleteBill',
  method: 'DELETE',
  path: '/bills/{id}',
  summary: 'Delete a bill that is not locked',
  permission: allow('delete'),
  params,
  response: bill,
})

const ofAccount = Type.Object({ accountId: Type.String({ description: 'Id of the account.' }) })

export const listBillsOfAccount = operation({
  ...shared,
  id: 'listBillsOfAccount',
  method: 'GET',
  path: '/bills/accountid/{accountId}',
  summary: 'List the bills of an account, newest first',
  permission: allow('retrieve'),
  params: ofAccount,
  query: Type.Object(pageQuery),
  response: page(bill),
})

export const readLatestBill = operation({
  ...shared,
  id: 'readLatestBill',
  method: 'GET',
  path: '/bills/latest/{accountId}',
  summary: 'Read the bill of an account with the latest date',
  permission: allow('retrieve'),
  params: ofAccount,
  query: Type.Object({ additional }),
  response: bill,
})

const ofPeriod = Type.Object({
  lastDateInBillingPeriod: day({ description: 'Last day of the period.' }),
  billingFrequency: Type.String({ description: 'daily, weekly, monthly or annually.' }),
})

export const listBillsOfPeriod = operation({
  ...shared,
  id: 'listBillsOfPeriod',
  method: 'GET',
  path: '/bills/billingperiod/{lastDateInBillingPeriod}/{billingFrequency}',
  summary: 'List the bills of one period',
  permission: allow('retrieve'),
  params: ofPeriod,
  query: Type.Object(pageQuery),
  response: page(bill),
})

export const approveBillsOfPeriod = operation({
  ...shared,
  id: 'approveBillsOfPeriod',
  method: 'POST',
  path: '/bills/billingperiod/{lastDateInBillingPeriod}/{billingFrequency}/approve',
  summary: 'Approve all pending bills of a frequency up to and with a day',
  permission: allow('update'),
  params: ofPeriod,
  response: message(),
})

export const searchBills = operation({
  ...shared,
  id: 'searchBills',
  method: 'GET',
  path: '/bills/search',
  summary: 'Search bills',
  description:
    'The query is made of terms joined by $, such as startDate>2024-01-01$locked:false. Operators: : (equal), ~ (starts with), >, >=, <, <=. words~nim finds what a person would look for: a word of the reference, the account’s name or its code that starts so.',
  permission: allow('retrieve'),
  query: Type.Object({
    searchQuery: optional(Type.String({ description: 'Terms joined by $. Empty: all bills.' })),
    operator: optional(
      oneOf(['AND', 'OR'], { description: 'Whether all terms must hold, or one. Default AND.' }),
    ),
    sortBy: optional(Type.String({ description: 'A field of the bill. Default dtCreated.' })),
    sortOrder: optional(oneOf(['ASC', 'DESC'], { description: 'Default DESC.' })),
    pageSize: optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Default 10.' })),
    fromDocument: optional(
      Type.Integer({ minimum: 0, description: 'How many found bills to leave out first.' }),
    ),
    excludeLineItems: trueOrFalse('true leaves the lines out.'),
  }),
  response: page(bill),
})

export const approveBills = operation({
  ...shared,
  id: 'approveBills',
  method: 'POST',
  path: '/bills/approve',
  summary: 'Approve bills: those named, or those the query finds',
  description:
    'With billIds in the body the query is ignored. Approved and locked bills are passed over.',
  permission: allow('update'),
  query: Type.Object({
    accountIds: optional(
      Type.String({ description: 'Bills of these accounts, separated by commas.' }),
    ),
    externalInvoiceDateStart: optional(day({ description: 'On this day or later.' })),
    externalInvoiceDateEnd: optional(day({ description: 'Before this day.' })),
  }),
  mayLackBody: true,
  body: Type.Object({
    billIds: optional(
      Type.Array(Type.String(), { minItems: 1, title: 'Bills', description: 'Bills to approve.' }),
    ),
  }),
  response: message(),
})

export const updateBillStatus = operation({
  ...shared,
  id: 'updateBillStatus',
  method: 'PUT',
  path: '/bills/{id}/status',
  summary: 'Approve a bill, or take its approval back',
  permission: allow('update'),
  params,
  body: Type.Object({
    status: oneOf([...billStatuses], {
      title: 'Status',
      description: 'APPROVED, or PENDING to take an approval back.',
    }),
  }),
  response: bill,
})

export const lockBill = operation({
  ...shared,
  id: 'lockBill',
  method: 'PUT',
  path: '/bills/{id}/lock',
  summary: 'Lock an approved bill for ever',
  permission: allow('update'),
  params,
  response: bill,
})

export const previewBill = operation({
  ...shared,
  id: 'previewBill',
  method: 'POST',
  path: '/bills/preview',
  summary: 'Calculate a bill without storing it',
  description:
    'Needs exactly one account, a billing frequency and an interval. Without a date it is the bill in progress; where plans with different first bill dates have several in progress, a date must say which.',
  permission: allow('retrieve'),
  query: Type.Object({ debug: optional(Type.String({ description: 'Accepted; has no effect.' })) }),
  body: billJobBody,
  response: bill,
})

export const billCsvUrl = operation({
  ...shared,
  id: 'createBillCsvUrl',
  method: 'POST',
  path: '/bills/download/csv/url',
  summary: 'Make a CSV file of bills, one row for each line',
  description: 'Give one pair of dates. At most 31 days and 5,000 bills.',
  permission: allow('retrieve'),
  body: Type.Object({
    startDate: optional(
      Type.String({ title: 'From', description: 'Bills that start on this day or later.' }),
    ),
    endDate: optional(
      Type.String({ title: 'To', description: 'Bills that end on this day or earlier.' }),
    ),
    externalInvoiceDateStart: optional(
      Type.String({ title: 'Invoiced from', description: 'On this day or later.' }),
    ),
    externalInvoiceDateEnd: optional(
      Type.String({ title: 'Invoiced before', description: 'Before this day.' }),
    ),
    externalSystem: optional(
      oneOf(['STANDARD', 'XERO'], {
        title: 'Columns',
        description: 'STANDARD: all we know. XERO: what Xero imports as sales invoices.',
      }),
    ),
  }),
  response: Type.Object({
    downloadUrl: Type.String({ title: 'Link', description: 'Works for 15 minutes.' }),
  }),
})

export const billOperations = [
  listBills,
  listBillsOfAccount,
  readLatestBill,
  listBillsOfPeriod,
  approveBillsOfPeriod,
  searchBills,
  approveBills,
  previewBill,
  billCsvUrl,
  readBill,
  deleteBill,
  updateBillStatus,
  lockBill,
]
