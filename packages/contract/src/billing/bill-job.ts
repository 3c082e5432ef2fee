/** Bill jobs: which accounts and periods are to be billed, and how far that has come (billing 2). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { auditFields, day, id, oneOf, optional, page } from '../kit/schema.ts'
import { currencyConversion } from '../organization/configuration.ts'

export const billJobFrequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'ANNUALLY', 'AD_HOC'] as const
export const billJobStatuses = [
  'PENDING',
  'INITIALIZING',
  'RUNNING',
  'COMPLETE',
  'CANCELLED',
] as const
export type BillJobStatus = (typeof billJobStatuses)[number]

/** Jobs of an organization that may be unfinished at once; one more is refused with 429. */
export const UNFINISHED_JOBS_MAX = 10

const epoch = (name: string) =>
  optional(
    day({
      title: `${name} epoch`,
      description: `First bill date of ${name.toLowerCase()}ly periods in this run, instead of that of the organization.`,
    }),
  )

export const billJobBody = Type.Object({
  accountIds: optional(
    Type.Array(Type.String(), {
      minItems: 1,
      maxItems: 100,
      title: 'Accounts',
      description: 'Bills only these. Left empty: all accounts.',
    }),
  ),
  billingFrequency: optional(
    oneOf([...billJobFrequencies], {
      title: 'Billing frequency',
      description: 'Bills only plans of this frequency. Left empty: all.',
    }),
  ),
  billFrequencyInterval: optional(
    Type.Integer({
      minimum: 1,
      maximum: 365,
      title: 'Interval',
      description: 'Bills only plans with this interval: 3 with MONTHLY means quarters.',
    }),
  ),
  billDate: optional(
    day({
      title: 'Bill date',
      description:
        'Bills the periods that end where this day begins. Together with the last day it only sets the date on the bill.',
    }),
  ),
  lastDateInBillingPeriod: optional(
    day({
      title: 'Last day of the period',
      description:
        'Bills the periods of which this is the last day. Left empty, with no bill date: the periods in which today lies.',
    }),
  ),
  dueDate: optional(
    day({
      title: 'Due date',
      description: 'For every bill of this run, instead of the computed one.',
    }),
  ),
  externalInvoiceDate: optional(
    day({
      title: 'External invoice date',
      description: 'For every bill of this run, instead of the computed one.',
    }),
  ),
  targetCurrency: optional(
    Type.String({
      minLength: 3,
      maxLength: 3,
      title: 'Currency',
      description: 'Bills of this run are in this currency, whatever the accounts say.',
    }),
  ),
  currencyConversions: optional(
    Type.Array(currencyConversion, {
      maxItems: 250,
      title: 'Currency conversions',
      description: 'Rates that win over those of the organization in this run.',
    }),
  ),
  timezone: optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      title: 'Time zone',
      description: 'Days of this run begin at midnight here. Left empty: that of the organization.',
    }),
  ),
  yearEpoch: epoch('Year'),
  monthEpoch: epoch('Month'),
  weekEpoch: epoch('Week'),
  dayEpoch: optional(
    day({
      title: 'Day epoch',
      description:
        'First bill date of daily periods in this run, instead of that of the organization.',
    }),
  ),
  version: optional(Type.Integer({ description: 'Ignored when a job is created.' })),
})
export type BillJobBody = Static<typeof billJobBody>

export const billJob = Type.Object({
  ...auditFields,
  ...Type.Omit(billJobBody, ['version']).properties,
  type: oneOf(['CREATE', 'RECALCULATE'], { title: 'Type' }),
  status: oneOf([...billJobStatuses], { title: 'Status' }),
  total: Type.Integer({ title: 'Total', description: 'Accounts or bills to work through.' }),
  pending: Type.Integer({ title: 'Pending', description: 'How many of them are still to come.' }),
  billIds: optional(
    Type.Array(id(), {
      title: 'Bills',
      description: 'Bills it calculated, the first 1,000, once it has ended.',
    }),
  ),
})
export type BillJob = Static<typeof billJob>

const shared = { scope: 'organization', area: 'billing', tag: 'Bill jobs' } as const
const allow = (verb: string) => ({ action: `config:${verb}`, resource: 'config:billJob' })
const params = Type.Object({ id: Type.String({ description: 'Id of the bill job.' }) })

export const createBillJob = operation({
  ...shared,
  id: 'createBillJob',
  method: 'POST',
  path: '/billjobs',
  summary: 'Start a bill run',
  description: `At most ${UNFINISHED_JOBS_MAX} jobs may be unfinished at once.`,
  permission: allow('create'),
  body: billJobBody,
  response: billJob,
})

export const recalculateBills = operation({
  ...shared,
  id: 'recalculateBills',
  method: 'POST',
  path: '/billjobs/recalculate',
  summary: 'Calculate bills again; locked ones are left alone',
  permission: allow('create'),
  body: Type.Object({
    billIds: Type.Array(Type.String(), {
      minItems: 1,
      maxItems: 100,
      title: 'Bills',
      description: 'Bills to calculate again from what is configured and measured now.',
    }),
    version: optional(Type.Integer({ description: 'Ignored.' })),
  }),
  response: billJob,
})

export const listBillJobs = operation({
  ...shared,
  id: 'listBillJobs',
  method: 'GET',
  path: '/billjobs',
  summary: 'List bill jobs, newest first',
  permission: allow('retrieve'),
  query: Type.Object({
    pageSize: optional(Type.Integer({ minimum: 1, maximum: 100 })),
    nextToken: optional(Type.String()),
    active: optional(
      oneOf(['true', 'false'], {
        description: 'true: only jobs that are neither complete nor cancelled.',
      }),
    ),
    status: optional(oneOf([...billJobStatuses], { description: 'Only jobs with this status.' })),
  }),
  response: page(billJob),
})

export const readBillJob = operation({
  ...shared,
  id: 'readBillJob',
  method: 'GET',
  path: '/billjobs/{id}',
  summary: 'Read a bill job with its progress',
  permission: allow('retrieve'),
  params,
  response: billJob,
})

export const cancelBillJob = operation({
  ...shared,
  id: 'cancelBillJob',
  method: 'POST',
  path: '/billjobs/{id}/cancel',
  summary: 'Stop a bill job; bills it has calculated stay',
  permission: allow('update'),
  params,
  response: billJob,
})

export const billJobOperations = [
  createBillJob,
  recalculateBills,
  listBillJobs,
  readBillJob,
  cancelBillJob,
]
