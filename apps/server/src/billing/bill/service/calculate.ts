/** Gathers what bills are made of and calculates them; nothing is written here, so previews do the same. */

import { account as accountResource } from '@countinghouse/contract/accounts/account.ts'
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import type { BillJobBody } from '@countinghouse/contract/billing/bill-job.ts'
import { product } from '@countinghouse/contract/metering/product.ts'
import type { OrganizationConfiguration } from '@countinghouse/contract/organization/configuration.ts'
import { currency } from '@countinghouse/contract/organization/currency.ts'
import { carriedAfter } from '@countinghouse/engine/billing/ahead.ts'
import type { BillDraft } from '@countinghouse/engine/billing/bill-draft.ts'
import type {
  BilledAccount,
  BillIdentity,
  BillInput,
  CarriedCharge,
} from '@countinghouse/engine/billing/bill-input.ts'
import { billAgain, billsDue } from '@countinghouse/engine/billing/bills-due.ts'
import { draftBill } from '@countinghouse/engine/billing/draft-bill.ts'
import { type BillPlan, planBill } from '@countinghouse/engine/billing/plan-bill.ts'
import { BillRefusal } from '@countinghouse/engine/billing/refusal.ts'
import type { CustomFields } from '@countinghouse/engine/metering/custom-field.ts'
import { earlierDay } from '@countinghouse/engine/time/calendar.ts'
import { dayOf } from '@countinghouse/engine/time/zone.ts'
import {
  type BillableAccount,
  type BillableAccountPlan,
  readAccountPlans,
  readAccounts,
} from '../../../accounts/service.ts'
import type { Context } from '../../../context.ts'
import type { Reader } from '../../../kit/postgres/database.ts'
import type { OrganizationRef } from '../../../kit/principal.ts'
import { readAll, readMany } from '../../../kit/resource/read.ts'
import { meterDirectory } from '../../../metering/meter/service/directory.ts'
import { readConfiguration } from '../../../organization/configuration/service.ts'
import { readCustomFieldDefaults } from '../../../organization/custom-field/service.ts'
import { toRequest, toRules } from '../../bill-job/mapping.ts'
import { readCarried } from '../../bill-line-item/store.ts'
import { breather } from './breather.ts'
import { readStoredBills, withCharged } from './charged-time.ts'
import type { BillToRecalculate } from './identities.ts'
import { addPlans, emptyPlanBook, type PlanBook } from './plan-book.ts'
import { answerQuestions, type BillAnswers, type CustomFieldSource } from './usage-answers.ts'

/** What stays the same through a run; plans are read once, when the first account has them. */
export type Calculation = {
  context: Context
  organization: OrganizationRef
  configuration: OrganizationConfiguration
  currencies: Parameters<typeof toRules>[1]
  book: PlanBook
  unforeseen: Unforeseen
}

/** What is done about an error nobody foresaw; answers what the user is told of it. */
export type Unforeseen = (error: unknown, of: { accountId: string } | { planId: string }) => string

/** What is asked for: the bills that a job makes for these accounts, or given bills again. */
export type Wanted =
  | { kind: 'due'; accountIds: string[]; job: BillJobBody & { onlyLive?: boolean } }
  | { kind: 'again'; bills: BillToRecalculate[] }

export type CalculatedAccount = {
  account: BillableAccount
  /** In the order in which they were calculated. */
  bills: CalculatedBill[]
  /** Why not even its bills can be told. */
  refusal: string | null
}

export type CalculatedBill = { identity: BillIdentity } & (
  | { draft: BillDraft; settings: BillJobBody; refusal: null }
  | { draft: null; refusal: string }
)

export type Calculated = {
  /** Whether bills that are not stored are to be made. */
  mayCreate: boolean
  /** Which bills these are; that is known before they are calculated. */
  identities: BillIdentity[]
  /** To be walked once: each is calculated when its turn comes, so that few are held at a time. */
  accounts: Iterable<CalculatedAccount>
  failures: string[]
}

export async function openCalculation(
  context: Context,
  reader: Reader,
  organization: OrganizationRef,
  unforeseen: Unforeseen,
): Promise<Calculation> {
  const [configuration, currencies] = await Promise.all([
    readConfiguration(reader, organization.id),
    readAll(reader, currency, organization.id),
  ])
  const book = emptyPlanBook()
  return { context, organization, configuration, currencies, book, unforeseen }
}

/** `reader` is the transaction that will save, so that what other bills carry cannot change meanwhile. */
export async function calculateBills(
  calculation: Calculation,
  reader: Reader,
  wanted: Wanted,
): Promise<Calculated> {
  const { organization, book, configuration, context } = calculation
  const accountIds =
    wanted.kind === 'due'
      ? wanted.accountIds
      : [...new Set(wanted.bills.map(({ identity }) => identity.accountId))]
  const accounts = await readAccounts(reader, organization.id, accountIds)
  const unreadable = new Map<string, unknown>()
  const plansByAccount = await readAccountPlans(reader, organization.id, accountIds, unreadable)
  const accountPlans = [...plansByAccount.values()].flat()
  const planIds = accountPlans.map(({ planId }) => planId)
  await addPlans(reader, organization.id, book, {
    planIds,
    configuration,
    unforeseen: (error, planId) => calculation.unforeseen(error, { planId }),
  })
  const carried = await readCarried(reader, organization.id, {
    accountIds,
    accountPlanIds: accountPlans.map(({ id }) => id),
    after: earliestDayOf(wanted, context.clock.now()),
  })
  const inputsOf = inputReader(calculation, wanted)
  const pause = breather()
  const due: Due[] = []
  for (const account of accounts) {
    const attached = plansByAccount.get(account.id) ?? []
    due.push(
      dueOf(calculation, account, () => {
        const cause = unreadable.get(account.id)
        if (cause !== undefined) throw new Error('A plan of the account is unreadable', { cause })
        return inputsOf(toBilledAccount(account, attached, book), carried.get(account.id) ?? [])
      }),
    )
    await pause()
  }
  const asked = due.flatMap(({ inputs }) => inputs.map(({ input }) => input))
  const stored = await readStoredBills(reader, organization.id, asked)
  const planned: Planned[] = []
  for (const each of due) {
    planned.push(planAccount(calculation, each, stored.get(each.account.id)))
    await pause()
  }
  const asking = planned.flatMap(({ account, bills }) =>
    bills.map(({ plan }) => ({ account, plan })),
  )
  const { answers, failures } = await answerQuestions(
    { events: context.events, organization, meters: meterDirectory(reader) },
    book,
    asking,
    await customFieldsOf(calculation, reader, accountIds, accountPlans),
  )
  return {
    mayCreate: wanted.kind === 'due',
    identities: due.flatMap(({ inputs }) => inputs.map(({ input }) => input.identity)),
    accounts: draftAccounts(calculation, planned, answers),
    failures,
  }
}

const MS_OF_TWO_DAYS = 172_800_000

/** No bill that is wanted is due before this day, in any time zone. */
function earliestDayOf(wanted: Wanted, now: number): string {
  if (wanted.kind === 'again') {
    // None are left where all were deleted before their turn.
    const days = wanted.bills.map(({ identity }) => identity.naturalBillDate)
    return days.reduce(earlierDay, '9999-12-31')
  }
  const { lastDateInBillingPeriod, billDate } = wanted.job
  return lastDateInBillingPeriod ?? billDate ?? dayOf(now - MS_OF_TWO_DAYS, 'UTC')
}

type Planned = {
  account: BillableAccount
  bills: { plan: BillPlan; settings: BillJobBody }[]
  /** All of them, where they cannot be planned. */
  refused: CalculatedBill[]
  refusal: string | null
}

type Due = { account: BillableAccount; inputs: Inputs; refusal: string | null }

type Inputs = { input: BillInput; settings: BillJobBody }[]

function inputReader(calculation: Calculation, wanted: Wanted) {
  const { configuration, currencies, context } = calculation
  const now = context.clock.now()
  if (wanted.kind === 'due') {
    const rules = toRules(configuration, currencies, wanted.job)
    const request = toRequest(wanted.job, now)
    return (account: BilledAccount, carried: CarriedCharge[]): Inputs =>
      request === null
        ? []
        : billsDue(account, rules, request, carried).map((input) => ({
            input,
            settings: wanted.job,
          }))
  }
  const byAccount = Map.groupBy(wanted.bills, ({ identity }) => identity.accountId)
  return (account: BilledAccount, carried: CarriedCharge[]): Inputs =>
    (byAccount.get(account.id) ?? []).flatMap((stored) => {
      const { settings } = stored
      const rules = toRules(configuration, currencies, settings)
      const request = toRequest(settings, now)
      if (request === null) return []
      return [{ input: billAgain(account, rules, request, carried, stored), settings }]
    })
}

function dueOf(calculation: Calculation, account: BillableAccount, inputs: () => Inputs): Due {
  return refusing<Due>(
    { calculation, account },
    () => ({ account, inputs: inputs(), refusal: null }),
    (refusal) => ({ account, inputs: [], refusal }),
  )
}

function planAccount(
  calculation: Calculation,
  { account, inputs, refusal }: Due,
  stored: Parameters<typeof withCharged>[1],
): Planned {
  return refusing<Planned>(
    { calculation, account },
    () => ({
      account,
      bills: withCharged(inputs, stored).map(({ input, settings }) => ({
        plan: planBill(input),
        settings,
      })),
      refused: [],
      refusal,
    }),
    (reason) => {
      const refused = inputs.map(({ input }) => refusedBill(input.identity, reason))
      return { account, bills: [], refused, refusal }
    },
  )
}

function refusedBill(identity: BillIdentity, refusal: string): CalculatedBill {
  return { identity, draft: null, refusal }
}

/** The answers are those to all bills of all accounts, in their order. */
function* draftAccounts(
  calculation: Calculation,
  planned: Planned[],
  answers: BillAnswers[],
): Generator<CalculatedAccount> {
  let next = 0
  for (const each of planned) {
    const own = answers.slice(next, next + each.bills.length)
    next += each.bills.length
    yield draftAccount(calculation, each, own)
  }
}

function draftAccount(
  calculation: Calculation,
  { account, bills, refused, refusal }: Planned,
  answers: BillAnswers[],
): CalculatedAccount {
  // Each finds what those before it carry now, not what they carried before.
  let carried = bills[0]?.plan.input.carried ?? []
  const drafted = bills.map(({ plan, settings }, position) => {
    const { identity } = plan.input
    return refusing<CalculatedBill>(
      { calculation, account },
      () => {
        const current = position === 0 ? plan : { ...plan, input: { ...plan.input, carried } }
        const answer = answers[position] ?? []
        if ('unforeseen' in answer) throw answer.unforeseen
        const draft = draftBill(current, answer)
        carried = carriedAfter(carried, draft)
        return { identity, draft, settings, refusal: null }
      },
      (reason) => refusedBill(identity, reason),
    )
  })
  return { account, bills: [...refused, ...drafted], refusal }
}

/**
 * What cannot be billed as configured, leaves the range of numbers, or was not foreseen at all fails
 * this account only. The work asks no store: their failures take the whole pack back.
 */
function refusing<Result>(
  { calculation, account }: { calculation: Calculation; account: BillableAccount },
  work: () => Result,
  refused: (reason: string) => Result,
): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof BillRefusal || error instanceof RangeError) return refused(error.message)
    return refused(calculation.unforeseen(error, { accountId: account.id }))
  }
}

function toBilledAccount(
  account: BillableAccount,
  accountPlans: BillableAccountPlan[],
  book: PlanBook,
): BilledAccount {
  const plans = accountPlans.map(({ id, planId, startsAt, endsAt, billEpoch }) => {
    const refusal = book.unbillable.get(planId)
    if (refusal !== undefined) throw new BillRefusal(refusal)
    const plan = book.plans.get(planId)
    if (plan === undefined) throw new Error(`Plan ${planId} does not exist`)
    return { id, startsAt, endsAt, billEpoch, plan }
  })
  const { id, code, name, currency, billEpoch, daysBeforeBillDue, purchaseOrderNumber } = account
  return { id, code, name, currency, billEpoch, daysBeforeBillDue, purchaseOrderNumber, plans }
}

/** Only calculations read custom fields, so without compound aggregations nothing is fetched. */
async function customFieldsOf(
  { organization, book }: Calculation,
  reader: Reader,
  accountIds: string[],
  accountPlans: BillableAccountPlan[],
): Promise<CustomFieldSource> {
  if (book.compounds.size === 0) return { defaults: {}, own: () => undefined }
  const [defaults, accounts, attached, products] = await Promise.all([
    readCustomFieldDefaults(reader, organization.id),
    readMany(reader, accountResource, organization.id, accountIds),
    readMany(
      reader,
      accountPlan,
      organization.id,
      accountPlans.map(({ id }) => id),
    ),
    readMany(reader, product, organization.id, [...book.products.keys()]),
  ])
  return {
    defaults,
    own: (entity, id): CustomFields | undefined => {
      switch (entity) {
        case 'account':
          return accounts.get(id)?.customFields
        case 'accountPlan':
          return attached.get(id)?.customFields
        case 'plan':
          return book.storedPlans.get(id)?.plan.customFields
        case 'planTemplate':
          return book.storedPlans.get(id)?.template.customFields
        case 'product':
          return products.get(id)?.customFields
        default:
          return undefined
      }
    },
  }
}
