/** What a configuration must satisfy beyond its schema; all problems at once. */
import type { OrganizationConfigurationBody } from '@countinghouse/contract/organization/configuration.ts'
import { normalizeZone } from '@countinghouse/engine/time/zone.ts'
import type { Problem } from '../../kit/errors.ts'

export function configurationProblems(
  body: OrganizationConfigurationBody,
  currencies: { code: string; archived: boolean }[],
  before: OrganizationConfigurationBody,
): Problem[] {
  return [
    ...zoneProblems(body),
    ...currencyProblems(body, currencies, before),
    ...conversionProblems(body, currencies),
    ...scheduleProblems(body),
    ...graceProblems(body),
    ...laterProblems(body),
  ]
}

function zoneProblems({ timezone }: OrganizationConfigurationBody): Problem[] {
  try {
    normalizeZone(timezone)
    return []
  } catch {
    const message = `"${timezone}" is no time zone. Use a name such as Europe/Berlin or an offset such as UTC+1:00.`
    return [{ field: 'timezone', message }]
  }
}

function currencyProblems(
  body: OrganizationConfigurationBody,
  currencies: { code: string; archived: boolean }[],
  before: OrganizationConfigurationBody,
): Problem[] {
  const found = currencies.find(({ code }) => code === body.currency)
  if (found === undefined) return [{ field: 'currency', message: unknownCurrency(body.currency) }]
  if (!found.archived || before.currency === body.currency) return []
  const message = `The currency ${body.currency} is archived and cannot be chosen anew.`
  return [{ field: 'currency', message }]
}

function conversionProblems(
  { currencyConversions = [] }: OrganizationConfigurationBody,
  currencies: { code: string }[],
): Problem[] {
  const known = new Set(currencies.map(({ code }) => code))
  const seen = new Set<string>()
  return currencyConversions.flatMap(({ from, to, multiplier }, index) => {
    const place = `currencyConversions[${index}]`
    const problems: Problem[] = []
    if (!known.has(from)) problems.push({ field: `${place}.from`, message: unknownCurrency(from) })
    if (!known.has(to)) problems.push({ field: `${place}.to`, message: unknownCurrency(to) })
    if (multiplier === undefined) {
      problems.push({ field: `${place}.multiplier`, message: 'is required: a number above 0.' })
    }
    if (from === to) {
      problems.push({ field: `${place}.to`, message: 'must be another currency than from.' })
    }
    const pair = `${from}\n${to}`
    if (seen.has(pair)) {
      problems.push({ field: place, message: `From ${from} to ${to} stands here twice.` })
    }
    seen.add(pair)
    return problems
  })
}

function unknownCurrency(code: string): string {
  return `There is no currency with the code ${code}. Add it to the currencies first.`
}

function scheduleProblems(body: OrganizationConfigurationBody): Problem[] {
  if (body.scheduledBillOffset === undefined || body.scheduledBillInterval === 24) return []
  const message = 'An hour can be chosen only for daily runs: set scheduledBillInterval to 24.'
  return [{ field: 'scheduledBillOffset', message }]
}

function graceProblems(body: OrganizationConfigurationBody): Problem[] {
  const { autoApproveBillsGracePeriod: period, autoApproveBillsGracePeriodUnit: unit } = body
  if ((period === undefined) === (unit === undefined)) return []
  const missing =
    period === undefined ? 'autoApproveBillsGracePeriod' : 'autoApproveBillsGracePeriodUnit'
  return [{ field: missing, message: 'is required: set the time and its unit, or neither.' }]
}

/** Fields that would need what this version does not have. */
function laterProblems(body: OrganizationConfigurationBody): Problem[] {
  if (body.defaultStatementDefinitionId === undefined) return []
  const message = 'Statement definitions are not part of this version yet. Leave it out.'
  return [{ field: 'defaultStatementDefinitionId', message }]
}
