/** Account plans: their rules, their list, and replacing one by another. */
import {
  type AccountPlan,
  type AccountPlanBody,
  accountPlan,
} from '@countinghouse/contract/accounts/account-plan.ts'
import { formatInstant, parseInstant } from '@countinghouse/engine/time/instant.ts'
import type { RawBuilder } from 'kysely'
import { activeAt, activeOn, rangeProblems, withPlainDates } from '../../kit/active-range.ts'
import { bind } from '../../kit/area.ts'
import { type Problem, refuseProblems } from '../../kit/errors.ts'
import type { Reader, Writer } from '../../kit/postgres/database.ts'
import type { Scope, StoredOf } from '../../kit/resource/hooks.ts'
import type { Page } from '../../kit/resource/page.ts'
import { list, present } from '../../kit/resource/read.ts'
import { create, lock, update } from '../../kit/resource/write.ts'
import { readConfiguration } from '../../organization/configuration/service.ts'
import { planWithTemplate } from '../../pricing/service.ts'
import {
  choiceProblems,
  overlapProblems,
  planProblems,
  replacementProblems,
  takesNoMore,
} from './rules.ts'
import { lockPlansOf, overlapping } from './store.ts'

export const accountPlanBinding = bind(accountPlan, {
  async beforeWrite({ writer, scope, id, body, stored, problems }) {
    const own = [...choiceProblems(body), ...rangeProblems(body)]
    problems.push(...own)
    if (own.length > 0 || body.planId === undefined) return undefined
    const found = await planWithTemplate(writer, scope.organizationId, body.planId)
    if (found === null) return undefined
    const { plan, template } = found
    const { productId, billFrequency } = template
    problems.push(
      ...planProblems(body, {
        name: plan.name,
        productId,
        accountId: plan.accountId ?? null,
        billFrequency,
        isGivenBefore: stored?.planId === plan.id,
      }),
    )
    const normalized = withPlainDates({
      ...body,
      childBillingMode: body.childBillingMode ?? 'PARENT_BREAKDOWN',
      productId,
    })
    // Of what met others before, some may be taken away without taking all.
    if (stored === null || !takesNoMore(stored, normalized)) {
      problems.push(...(await overlaps(writer, scope, { id, productId, body: normalized })))
    }
    return normalized
  },
})

/**
 * Alone, `account` or `plan` gives the active ones; `includeall` adds the others, `date` asks for
 * those of a day or instant instead (pricing 0.5).
 */
export async function listAccountPlans(
  reader: Reader,
  scope: { organizationId: string; now: number },
  query: Record<string, unknown>,
  visible: RawBuilder<unknown>[],
): Promise<Page<AccountPlan>> {
  const { account, plan, product, contract, date, includeall } = query
  const problems: Problem[] = []
  if (filled(contract)) {
    const message = 'Contracts are not available in this version. Leave this filter out.'
    problems.push({ field: 'contract', message })
  }
  if (filled(product) && !filled(account)) {
    problems.push({
      field: 'product',
      message: 'Send account too: product only narrows its plans.',
    })
  }
  if (includeall === 'true' && !filled(account) && !filled(plan)) {
    const message = 'Send account or plan too. Without them inactive ones are listed anyway.'
    problems.push({ field: 'includeall', message })
  }
  refuseProblems(problems)
  const { organizationId } = scope
  if (filled(date)) {
    const { timezone } = await readConfiguration(reader, organizationId)
    return list(reader, accountPlanBinding, organizationId, query, [
      activeOn(date, timezone),
      ...visible,
    ])
  }
  const onlyActive = (filled(account) || filled(plan)) && includeall !== 'true'
  const more = onlyActive ? [activeAt(scope.now), ...visible] : visible
  return list(reader, accountPlanBinding, organizationId, query, more)
}

/** Ends one account plan where the next one starts. */
export async function replaceAccountPlan(
  writer: Writer,
  scope: Scope,
  id: string,
  sent: AccountPlanBody,
): Promise<{ originalAccountPlan: AccountPlan; newAccountPlan: AccountPlan }> {
  const original = (await lock(writer, accountPlan, scope, id)) as StoredOf<typeof accountPlan>
  refuseProblems(rangeProblems(sent))
  refuseProblems(replacementProblems(original, sent))
  const originalAccountPlan = await endAccountPlan(
    writer,
    scope,
    original,
    parseInstant(sent.startDate),
  )
  const newAccountPlan = await create(writer, accountPlanBinding, scope, sent)
  return { originalAccountPlan, newAccountPlan }
}

/** Ends it at the instant, unless it ends by then anyway. */
export async function endAccountPlan(
  writer: Writer,
  scope: Scope,
  stored: StoredOf<typeof accountPlan>,
  at: number,
): Promise<AccountPlan> {
  if (stored.endDate !== undefined && parseInstant(stored.endDate) <= at) {
    const [unchanged] = await present(writer, accountPlanBinding, scope.organizationId, [stored])
    return unchanged as AccountPlan
  }
  return update(writer, accountPlanBinding, scope, stored.id, {
    ...stored,
    endDate: formatInstant(at),
  })
}

async function overlaps(
  writer: Writer,
  { organizationId }: Scope,
  given: { id: string; productId: string; body: AccountPlanBody },
): Promise<Problem[]> {
  const { allowOverlappingPlans } = await readConfiguration(writer, organizationId)
  if (allowOverlappingPlans === true) return []
  await lockPlansOf(writer, given.body.accountId)
  return overlapProblems(await overlapping(writer, organizationId, given))
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
