/** The one call behind ending accounts: asked beforehand what it would do, then done (pricing 4.4). */
import {
  type Account,
  type BillingEntityKind,
  ENDED_ACCOUNTS_MAX,
  type EndDatedAccount,
} from '@countinghouse/contract/accounts/account.ts'
import { formatInstant } from '@countinghouse/engine/time/instant.ts'
import { normalizeZone, startOfDay } from '@countinghouse/engine/time/zone.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Api } from '../../kit/api/client.ts'
import { toFailure } from '../../kit/api/request-failure.ts'
import { useOrganization, useOrganizationApi } from '../../kit/organization.ts'
import { savedToast } from '../../kit/toast.tsx'
import { isOpen, sentence } from './outcome.ts'

export type Named = Pick<Account, 'id' | 'name'>

export function usePreview(
  accounts: readonly Named[],
  day: string | null,
  chosen: BillingEntityKind[],
) {
  const api = useOrganizationApi()
  const { id, timezone } = useOrganization()
  const accountIds = accounts.map((each) => each.id)
  return useQuery({
    queryKey: ['organization', id, 'end-date', accountIds, day, chosen],
    enabled: day !== null && chosen.length > 0,
    gcTime: 0,
    queryFn: () =>
      endInSlices(api, accountIds, {
        endDate: startOf(day ?? '', timezone),
        billingEntities: chosen,
        preview: true,
      }),
  })
}

/** What came of it stays on the screen where it takes a person to go on. */
export function useAct(
  accounts: readonly Named[],
  close: () => void,
  closed: (hasEnded: boolean) => void,
) {
  const api = useOrganizationApi()
  const client = useQueryClient()
  const { id, timezone } = useOrganization()
  const [isRunning, setRunning] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [done, setDone] = useState<{ result: EndDatedAccount[]; day: string } | null>(null)
  const hasEnded = useRef(false)
  const tell = useRef(closed)
  // Outside system: the stack of pop-ups, which closes by Escape and by links too.
  useEffect(() => () => tell.current(hasEnded.current), [])

  async function run(day: string, billingEntities: BillingEntityKind[]) {
    setRunning(true)
    setProblem(null)
    try {
      const accountIds = accounts.map((each) => each.id)
      const endDate = startOf(day, timezone)
      const result = await endInSlices(api, accountIds, { endDate, billingEntities })
      hasEnded.current = true
      if (result.some(isOpen)) setDone({ result, day })
      else {
        savedToast(sentence(result, day))
        close()
      }
    } catch (cause) {
      setProblem(toFailure(cause).message)
    } finally {
      setRunning(false)
      await client.invalidateQueries({ queryKey: ['organization', id] })
    }
  }

  return { isRunning, problem, done, run }
}

type Ending = { endDate: string; billingEntities: BillingEntityKind[]; preview?: boolean }

async function endInSlices(api: Api, accountIds: string[], how: Ending) {
  const ended: EndDatedAccount[] = []
  for (let start = 0; start < accountIds.length; start += ENDED_ACCOUNTS_MAX) {
    const { accounts } = await api.put<{ accounts: EndDatedAccount[] }>(
      '/accounts/enddatebillingentities',
      { body: { ...how, accountIds: accountIds.slice(start, start + ENDED_ACCOUNTS_MAX) } },
    )
    ended.push(...accounts)
  }
  return ended
}

/** Days are those of the organization. */
function startOf(day: string, timezone: string): string {
  return formatInstant(startOfDay(day, normalizeZone(timezone)))
}
