/** Accounts: the customers who use something and are billed for it (pricing 4). */
import Type, { type Static } from 'typebox'
import { operation } from '../kit/operation.ts'
import { type AnswerOf, type BodyOf, resource, responseOf } from '../kit/resource.ts'
import {
  code,
  customFields,
  day,
  flag,
  id,
  instant,
  name,
  oneOf,
  optional,
  page,
  text,
  wholeNumber,
} from '../kit/schema.ts'

const line = (maximum: number, title: string) =>
  optional(text(0, maximum, { title, description: `At most ${maximum} characters.` }))

export const address = Type.Object(
  {
    addressLine1: line(50, 'Address line 1'),
    addressLine2: line(50, 'Address line 2'),
    addressLine3: line(200, 'Address line 3'),
    addressLine4: line(200, 'Address line 4'),
    locality: line(100, 'Town'),
    region: line(50, 'Region'),
    postCode: line(20, 'Post code'),
    country: line(100, 'Country'),
  },
  { title: 'Address', description: 'May hold personal data, like name and e-mail address.' },
)

export const creditKinds = ['PREPAYMENT', 'BALANCE'] as const
export const statementModes = ['NONE', 'JSON', 'JSON_AND_CSV'] as const

export const account = resource({
  name: 'account',
  area: 'accounts',
  path: '/accounts',
  table: 'account',
  title: { one: 'Account', many: 'Accounts' },
  permission: 'config:account',
  event: 'configuration.account',
  maxPageSize: 100,
  body: Type.Object({
    name: name({
      description:
        'What people see in lists and on bills. Only name, address and e-mail may hold personal data.',
    }),
    code: code({
      description:
        'The key under which measurements arrive. When you change it, usage stays with the account and new measurements use the new code.',
    }),
    emailAddress: Type.String({
      format: 'email',
      minLength: 3,
      maxLength: 320,
      title: 'E-mail address',
      description: 'Where the customer can be reached.',
    }),
    address: optional(address),
    currency: optional(
      text(1, 80, {
        title: 'Billing currency',
        description:
          'Code of the currency of its bills. Left empty: that of the organization. Prices in another currency are converted.',
      }),
    ),
    billEpoch: optional(
      day({
        title: 'First bill date',
        description:
          'The first day a bill is due; later bills follow from it. Left empty: the dates of the organization.',
      }),
    ),
    purchaseOrderNumber: optional(
      text(0, 100, { title: 'Purchase order number', description: 'Shown on its bills.' }),
    ),
    daysBeforeBillDue: optional(
      wholeNumber(1, 2_147_483_647, {
        title: 'Days before bill due',
        description: 'Days to pay after the bill date. Left empty: as the organization says.',
      }),
    ),
    creditApplicationOrder: optional(
      Type.Array(oneOf([...creditKinds]), {
        title: 'Credit application order',
        description: 'Which credit is used first. Left empty: as the organization says.',
      }),
    ),
    autoGenerateStatementMode: optional(
      oneOf([...statementModes], {
        title: 'Statements',
        description: 'Only NONE: statements are not available in this version.',
      }),
    ),
    statementDefinitionId: optional(
      Type.String({
        title: 'Statement definition',
        description: 'Leave it empty: statements are not available in this version.',
      }),
    ),
    parentAccountId: optional(
      id({
        title: 'Parent account',
        description: 'Leave it empty: child accounts are not available in this version.',
      }),
    ),
    configData: optional(
      Type.Record(Type.String(), Type.Unknown(), {
        title: 'Configuration data',
        description: 'Kept and given back as it is; has no effect.',
      }),
    ),
    customFields: customFields(),
  }),
  computed: Type.Object({}),
  references: [
    { field: 'parentAccountId', resource: 'account' },
    { field: 'currency', resource: 'currency', by: 'code' },
  ],
  filters: [
    { query: 'codes', field: 'code', kind: 'many', title: 'Only accounts with these codes.' },
  ],
  uniqueCode: true,
  sample: {
    name: 'Nimbus Robotics',
    code: 'nimbus',
    emailAddress: 'billing@nimbus.example',
    address: { addressLine1: '1 Harbour Street', locality: 'Hamburg', country: 'Germany' },
    currency: 'USD',
    billEpoch: '2024-01-01',
    purchaseOrderNumber: 'PO-1001',
    daysBeforeBillDue: 14,
  },
})

const accountParams = Type.Object({ id: Type.String({ description: 'Id of the account.' }) })

export const searchAccounts = operation({
  id: 'searchAccounts',
  method: 'GET',
  path: '/accounts/search',
  scope: 'organization',
  area: 'accounts',
  tag: 'Accounts',
  summary: 'Search accounts',
  description:
    'The query is made of terms joined by $, such as name~Nimbus$currency:USD. Operators: : (equal), ~ (starts with), >, >=, <, <=. words~rob finds accounts of which a word of the name or of the code starts so; billingCurrency counts the currency of the organization where an account has none of its own.',
  permission: { action: 'config:retrieve', resource: 'config:account' },
  query: Type.Object({
    searchQuery: optional(Type.String({ description: 'Terms joined by $. Empty: all accounts.' })),
    operator: optional(
      oneOf(['AND', 'OR'], { description: 'Whether all terms must hold, or one. Default AND.' }),
    ),
    sortBy: optional(
      Type.String({ description: 'A field that can be searched. Default dtCreated.' }),
    ),
    sortOrder: optional(oneOf(['ASC', 'DESC'], { description: 'Default DESC.' })),
    pageSize: optional(Type.Integer({ minimum: 1, maximum: 100, description: 'Default 10.' })),
    fromDocument: optional(
      Type.Integer({ minimum: 0, description: 'How many found accounts to leave out first.' }),
    ),
  }),
  response: page(responseOf(account)),
})

export const listChildAccounts = operation({
  id: 'listChildAccounts',
  method: 'GET',
  path: '/accounts/{id}/children',
  scope: 'organization',
  area: 'accounts',
  tag: 'Accounts',
  summary: 'List the child accounts of an account, newest first',
  item: null,
  permission: { action: 'config:retrieve', resource: 'config:account' },
  params: accountParams,
  query: Type.Object({
    pageSize: optional(Type.Integer({ minimum: 1, maximum: 200 })),
    nextToken: optional(Type.String()),
  }),
  response: page(responseOf(account)),
})

export const billingEntityKinds = [
  'CONTRACT',
  'ACCOUNTPLAN',
  'PREPAYMENT',
  'PRICINGS',
  'COUNTER_PRICINGS',
] as const

export type BillingEntityKind = (typeof billingEntityKinds)[number]

const ids = optional(Type.Array(Type.String()))

const entityIds = Type.Object({
  CONTRACT: ids,
  ACCOUNTPLAN: ids,
  PREPAYMENT: ids,
  PRICINGS: ids,
  COUNTER_PRICINGS: ids,
})

const ending = {
  endDate: instant({ title: 'End', description: 'From this instant nothing is charged.' }),
  billingEntities: Type.Array(oneOf([...billingEntityKinds]), {
    minItems: 1,
    title: 'What to end',
    description:
      'ACCOUNTPLAN: its plans. PRICINGS: prices of its custom plans. The other kinds do not exist in this version, so none is found.',
  }),
  applyToChildren: optional(
    flag({ title: 'Child accounts too', description: 'Does the same for child accounts.' }),
  ),
}

export const endDateBillingEntities = operation({
  id: 'endDateBillingEntities',
  method: 'PUT',
  path: '/accounts/{id}/enddatebillingentities',
  scope: 'organization',
  area: 'accounts',
  tag: 'Accounts',
  summary: 'End what an account is billed for at one instant',
  description:
    'Ends account plans, and the prices of the custom plans of the account. What ended before is left alone; what starts later is reported as failed.',
  permission: { action: 'config:update', resource: 'config:account' },
  params: accountParams,
  body: Type.Object(ending),
  response: Type.Object({
    statusMessage: Type.String(),
    updatedEntities: entityIds,
    failedEntities: entityIds,
  }),
})

/** Accounts that one call may end; more go into the next one. */
export const ENDED_ACCOUNTS_MAX = 100

export const endDateAccounts = operation({
  id: 'endDateAccounts',
  method: 'PUT',
  path: '/accounts/enddatebillingentities',
  scope: 'organization',
  area: 'accounts',
  tag: 'Accounts',
  summary: 'End what many accounts are billed for at one instant',
  description:
    'Does for each account what the call for one account does, and says for each what came of it. One that is refused keeps no other from being ended.',
  permission: { action: 'config:update', resource: 'config:account' },
  body: Type.Object({
    accountIds: Type.Array(Type.String(), {
      minItems: 1,
      maxItems: ENDED_ACCOUNTS_MAX,
      title: 'Accounts',
      description: 'Ids of the accounts.',
    }),
    ...ending,
    preview: optional(
      flag({
        title: 'Preview',
        description: 'True says what would come of it, and changes nothing.',
      }),
    ),
  }),
  response: Type.Object({
    accounts: Type.Array(
      Type.Object({
        accountId: Type.String(),
        updatedEntities: entityIds,
        failedEntities: entityIds,
        refusal: optional(
          Type.String({
            description: 'Why nothing of this account was ended, and what to do about it.',
          }),
        ),
      }),
    ),
  }),
})

export type AccountBody = BodyOf<typeof account>
export type Account = AnswerOf<typeof account>
export type EndDatedEntities = Static<typeof endDateBillingEntities.response>
export type EndDatedAccount = Static<typeof endDateAccounts.response>['accounts'][number]
