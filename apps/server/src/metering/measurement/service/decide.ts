/**
 * Checks 4 to 6 of the enrichment (metering 5.2), in order of arrival: which measurements of a
 * group count. Pure: what the stores know has been asked before.
 */
import { valuesText } from '../mapping.ts'
import type { StoredUid } from '../store.ts'
import type { Batch, Candidate, PreparedBatch } from './batch.ts'
import { type DerivedFailure, deriveValues } from './derive.ts'
import type { AccountEntry } from './meter-schema.ts'
import type { RefusalDraft } from './refusal.ts'
import { REPEAT_WINDOW_MS } from './uid-filter.ts'

export type Knowledge = {
  /** Accounts by code, by organization id. */
  accounts: Map<string, Map<string, AccountEntry>>
  /** Unknown codes that resemble an account's, by organization id. */
  near: Map<string, Set<string>>
  /** Uids that the store has, by organization number. */
  uids: Map<number, Map<string, StoredUid>>
}

export type Accepted = { batch: Batch; candidate: Candidate; text: string }

export type Decision = {
  accepted: Accepted[]
  refusals: RefusalDraft[]
  /** Accounts to be made, by organization id, with the batches that need them. */
  newAccounts: Map<string, Set<string>>
  needsNewAccount: Set<Batch>
  taken: TakenUids
}

/** Uids that count from this group on, with the print of their content, by organization number. */
export type TakenUids = Map<number, Map<string, number>>

export function decide(group: PreparedBatch[], knowledge: Knowledge): Decision {
  const decision: Decision = {
    accepted: [],
    refusals: [],
    newAccounts: new Map(),
    needsNewAccount: new Set(),
    taken: new Map(),
  }
  const newByLook = new Map<string, string>()
  for (const { batch, items } of group) {
    for (const item of items) {
      if (item.kind === 'refused') {
        decision.refusals.push({ ...item, batch, contentDiffers: false, accountId: '' })
        continue
      }
      const repeat = repeatOf(item, batch, knowledge, decision.taken)
      if (repeat !== null) decision.refusals.push(repeat)
      else settle(item, batch, knowledge, decision, newByLook)
    }
  }
  return decision
}

/** Check 4. Within the group the first copy that counts wins. */
function repeatOf(
  candidate: Candidate,
  batch: Batch,
  knowledge: Knowledge,
  taken: TakenUids,
): RefusalDraft | null {
  const { uid, measurement } = candidate
  const { number } = batch.organization
  const here = taken.get(number)?.get(uid)
  const stored = knowledge.uids.get(number)?.get(uid)
  const isStored = stored !== undefined && stored.receivedAt > batch.receivedAt - REPEAT_WINDOW_MS
  if (here === undefined && !isStored) return null
  const contentDiffers = (here ?? stored?.content) !== candidate.content
  const message = contentDiffers
    ? `The uid "${uid}" was counted before, with other content. The first copy counts. Use a new uid if this is another event.`
    : `The uid "${uid}" was counted before; this copy says the same and changes nothing.`
  const common = { batch, uid, measurement, message, contentDiffers }
  return { ...common, type: 'DuplicateUid', field: '', accountId: '' }
}

/** Checks 5 and 6. A measurement that is dropped here leaves its uid free. */
function settle(
  candidate: Candidate,
  batch: Batch,
  knowledge: Knowledge,
  decision: Decision,
  newByLook: Map<string, string>,
): void {
  const { measurement, uid } = candidate
  const { organization } = batch
  const code = measurement.account
  const account = knowledge.accounts.get(organization.id)?.get(code)
  if (account === undefined) {
    const look = `${organization.id}\t${code.trim().toLowerCase()}`
    const sibling = newByLook.get(look)
    if (knowledge.near.get(organization.id)?.has(code) || (sibling ?? code) !== code) {
      decision.refusals.push({
        batch,
        uid,
        measurement,
        type: 'InvalidAccountCode',
        message: `There is no account "${code}", but one whose code differs only in capitals or spaces, so none was made. Use its exact code.`,
        field: '',
        contentDiffers: false,
        accountId: '',
      })
      return
    }
    newByLook.set(look, code)
    setOf(decision.newAccounts, organization.id).add(code)
    decision.needsNewAccount.add(batch)
  }
  const uids = decision.taken.get(organization.number) ?? new Map<string, number>()
  decision.taken.set(organization.number, uids.set(uid, candidate.content))
  const failures = derive(candidate, batch, account ?? { code, customFields: {} })
  for (const { field, message } of failures) {
    decision.refusals.push({
      batch,
      uid,
      measurement,
      type: 'CalculationError',
      message,
      field,
      contentDiffers: false,
      accountId: account?.id ?? '',
    })
  }
  const isDerived = candidate.layout.schema.derivedFields.length > 0
  const text = isDerived ? valuesText(candidate.values) : candidate.text
  decision.accepted.push({ batch, candidate, text })
}

/** A measurement that came without a uid is read with the one it was given. */
function derive(
  { measurement, uid, layout, values }: Candidate,
  batch: Batch,
  account: Pick<AccountEntry, 'code' | 'customFields'>,
): DerivedFailure[] {
  const named = measurement.uid === uid ? measurement : { ...measurement, uid }
  return deriveValues(named, layout, account, batch.receivedAt, values)
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key) ?? new Set<string>()
  sets.set(key, known)
  return known
}
