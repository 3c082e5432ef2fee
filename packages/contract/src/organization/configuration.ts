/** Settings of a whole organization, one object (organization 2). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { auditFields, day, decimal, flag, id, oneOf, text, wholeNumber } from '../kit/schema.ts'

export const creditTypes = ['PREPAYMENT', 'BALANCE'] as const
export const scheduledIntervals = [0, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24]

/** Which field holds the epoch of bills of a frequency. */
export const epochFields = {
  DAILY: 'dayEpoch',
  WEEKLY: 'weekEpoch',
  MONTHLY: 'monthEpoch',
  ANNUALLY: 'yearEpoch',
} as const

/** The epochs by their fields, each a day. */
export type Epochs = Record<(typeof epochFields)[keyof typeof epochFields], string>

const currencyCode = (title: string, description: string) =>
  Type.String({ minLength: 1, maxLength: 80, title, description })

const epoch = (title: string, what: string) =>
  day({
    title,
    description: `${what} billing starts from this day and keeps its rhythm, unless an account or its plan has a day of its own.`,
  })

export const currencyConversion = Type.Object({
  from: currencyCode('From', 'The currency that prices are written in.'),
  to: currencyCode('To', 'The currency that bills are written in.'),
  multiplier: Type.Optional(
    decimal({
      exclusiveMinimum: 0,
      title: 'Multiplier',
      description: 'An amount in the first currency times this is the amount in the second.',
    }),
  ),
})

export const organizationConfigurationBody = Type.Object({
  timezone: text(1, 100, {
    title: 'Time zone',
    description:
      'Days and billing periods begin at midnight here: a name such as Europe/Berlin, or an offset such as UTC+1:00. A change never moves bills that exist.',
  }),
  yearEpoch: epoch('Year epoch', 'Yearly'),
  monthEpoch: epoch('Month epoch', 'Monthly'),
  weekEpoch: epoch('Week epoch', 'Weekly'),
  dayEpoch: epoch('Day epoch', 'Daily'),
  currency: currencyCode(
    'Currency',
    'Bills are written in this currency, unless an account has its own. It must be in the list of currencies.',
  ),
  currencyConversions: Type.Optional(
    Type.Array(currencyConversion, {
      maxItems: 200,
      title: 'Currency conversions',
      description:
        'Needed where a plan is priced in another currency than the bill: without a rate the account cannot be billed.',
    }),
  ),
  daysBeforeBillDue: wholeNumber(1, 1000, {
    title: 'Days before bill due',
    description: 'A bill is due this many days after its date, unless the account says otherwise.',
  }),
  scheduledBillInterval: Type.Optional(
    Type.Enum(scheduledIntervals, {
      title: 'Scheduled billing interval',
      description: 'Hours between automatic bill runs; 0 switches them off.',
    }),
  ),
  scheduledBillOffset: Type.Optional(
    wholeNumber(0, 23, {
      title: 'Scheduled billing hour',
      description: 'The hour of the daily run in the time zone above; only with an interval of 24.',
    }),
  ),
  standingChargeBillInAdvance: Type.Optional(
    flag({
      title: 'Bill standing charges in advance',
      description:
        'At the start of a period instead of its end. A plan or its template may differ.',
    }),
  ),
  commitmentFeeBillInAdvance: Type.Optional(
    flag({
      title: 'Bill commitment fees in advance',
      description: 'At the start of a period instead of its end.',
    }),
  ),
  minimumSpendBillInAdvance: Type.Optional(
    flag({
      title: 'Bill minimum spend in advance',
      description:
        'The minimum is charged at the start of a period and given back as it is used up. A plan or a pricing may differ.',
    }),
  ),
  autoApproveBillsGracePeriod: Type.Optional(
    wholeNumber(1, 100_000, {
      title: 'Approve bills after',
      description:
        'Bills are approved by themselves this long after their date. Leave it empty to approve by hand.',
    }),
  ),
  autoApproveBillsGracePeriodUnit: Type.Optional(
    oneOf(['MINUTES', 'HOURS', 'DAYS'], {
      title: 'Unit',
      description: 'The unit of the time until approval. Set both or neither.',
    }),
  ),
  externalInvoiceDate: Type.Optional(
    oneOf(['LAST_DAY_OF_ARREARS', 'FIRST_DAY_OF_NEXT_PERIOD'], {
      title: 'External invoice date',
      description: 'Which day other systems get as the date of the invoice.',
    }),
  ),
  suppressedEmptyBills: Type.Optional(
    flag({ title: 'Suppress empty bills', description: 'A bill without lines is not made.' }),
  ),
  consolidateBills: Type.Optional(
    flag({
      title: 'Consolidate bills',
      description: 'Daily, weekly, monthly and yearly charges of an account share one bill.',
    }),
  ),
  defaultStatementDefinitionId: Type.Optional(
    id({
      title: 'Default statement definition',
      description: 'Used for accounts that name none. Statements are not part of this version yet.',
    }),
  ),
  autoGenerateStatementMode: Type.Optional(
    oneOf(['NONE', 'JSON', 'JSON_AND_CSV'], {
      title: 'Statements',
      description:
        'Which statement files are made when a bill is approved. Statements are not part of this version yet.',
    }),
  ),
  creditApplicationOrder: Type.Optional(
    Type.Array(oneOf([...creditTypes]), {
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
      title: 'Credit application order',
      description:
        'Which credit is used up first. Prepayments and balances are not part of this version yet.',
    }),
  ),
  allowNegativeBalances: Type.Optional(
    flag({
      title: 'Allow negative balances',
      description: 'Balances may go below zero. Balances are not part of this version yet.',
    }),
  ),
  allowOverlappingPlans: Type.Optional(
    flag({
      title: 'Allow overlapping plans',
      description: 'An account may have several plans of one product at the same time.',
    }),
  ),
  billPrefix: Type.Optional(
    text(1, 50, {
      title: 'Bill prefix',
      description: 'With it, bills get consecutive numbers that begin with these characters.',
    }),
  ),
  sequenceStartNumber: Type.Optional(
    wholeNumber(0, 2_000_000_000, {
      title: 'Sequence start number',
      description: 'The first bill gets the number after this one.',
    }),
  ),
})

export type OrganizationConfigurationBody = Static<typeof organizationConfigurationBody>

const response = Type.Evaluate(
  Type.Intersect([Type.Object(auditFields), organizationConfigurationBody]),
)

export type OrganizationConfiguration = Static<typeof response>

const shared = {
  scope: 'organization',
  area: 'organization',
  tag: 'Organization configuration',
  path: '/organizationconfig',
} as const

export const readOrganizationConfiguration = operation({
  ...shared,
  id: 'readOrganizationConfig',
  method: 'GET',
  summary: 'Read the settings of the organization',
  permission: { action: 'config:retrieve', resource: 'config:organizationConfig' },
  response,
})

export const updateOrganizationConfiguration = operation({
  ...shared,
  id: 'updateOrganizationConfig',
  method: 'PUT',
  summary: 'Replace the settings of the organization; fields left out get their defaults',
  permission: { action: 'config:update', resource: 'config:organizationConfig' },
  body: Type.Evaluate(
    Type.Intersect([organizationConfigurationBody, Type.Object({ version: auditFields.version })]),
  ),
  response,
})
