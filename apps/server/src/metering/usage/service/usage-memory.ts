/**
 * Meters and names of accounts as usage queries need them, kept in memory until the database
 * announces a change. Whoever answers from memory asks afterwards whether it still held: the fence
 * hears of every change made before, and runs while the event store works.
 */
import type { ConfigurationChange } from '../../measurement/service/configuration-cache.ts'
import type { AccountName, MeterShape } from '../../measurement/service/meter-schema.ts'
import type { Directories } from '../../measurement/service.ts'

/** What a query needs: all meters, and the accounts that it names. */
export type Recalled = {
  meters: MeterShape[]
  named: AccountName[]
  namesOf(numbers: number[]): Promise<AccountName[]>
  /** Whether nothing of it had changed when this was asked. */
  isCurrent(): Promise<boolean>
}

const ACCOUNTS_MAX = 200_000

export class UsageMemory {
  readonly #directories: Directories
  readonly #organizations = new Map<string, Known>()
  #accountCount = 0

  constructor(directories: Directories) {
    this.#directories = directories
  }

  /** Null unless all of it is remembered. `fence` resolves when earlier changes have been told. */
  recall(organizationId: string, ids: string[], fence: () => Promise<void>): Recalled | null {
    const known = this.#knownOf(organizationId)
    const { generation, meters } = known
    const named = ids.flatMap((id) => known.byId.get(id) ?? [])
    if (meters === null || named.length < ids.length) return null
    return {
      meters,
      named,
      namesOf: (numbers) => this.#namesOf(organizationId, numbers),
      isCurrent: () =>
        fence().then(
          () => known.generation === generation,
          () => false,
        ),
    }
  }

  /** From the database, to be remembered. */
  async read(organizationId: string, ids: string[]): Promise<Recalled> {
    const { meters, accounts } = this.#directories
    const known = this.#knownOf(organizationId)
    const { generation } = known
    const keep = (names: AccountName[]) => {
      // Something changed while it was being read: what was read may be the state before.
      if (known.generation === generation) this.#add(known, names)
      return names
    }
    const [shapes, named] = await Promise.all([
      meters.shapes(organizationId),
      accounts.byIds(organizationId, ids),
    ])
    if (known.generation === generation) known.meters = shapes
    return {
      meters: shapes,
      named: keep(named),
      namesOf: async (numbers) => keep(await accounts.byNumbers(organizationId, numbers)),
      isCurrent: () => Promise.resolve(true),
    }
  }

  forget({ organizationId, name, id }: ConfigurationChange): void {
    const known = this.#organizations.get(organizationId)
    // A new account changes nothing that is remembered; thousands of them may be made at once.
    if (known === undefined || name === 'configuration.account.created') return
    if (name.startsWith('configuration.meter.')) known.meters = null
    else if (name.startsWith('configuration.account.')) forgetAccount(known, id)
    else return
    known.generation += 1
  }

  /** After announcements may have been missed. */
  forgetAll(): void {
    for (const known of this.#organizations.values()) known.generation += 1
    this.#organizations.clear()
    this.#accountCount = 0
  }

  async #namesOf(organizationId: string, numbers: number[]): Promise<AccountName[]> {
    const known = this.#knownOf(organizationId)
    const { generation } = known
    const remembered = numbers.flatMap((number) => known.byNumber.get(number) ?? [])
    if (remembered.length === numbers.length) return remembered
    const missing = numbers.filter((number) => !known.byNumber.has(number))
    const read = await this.#directories.accounts.byNumbers(organizationId, missing)
    if (known.generation === generation) this.#add(known, read)
    return [...remembered, ...read]
  }

  #knownOf(organizationId: string): Known {
    if (this.#accountCount > ACCOUNTS_MAX) this.forgetAll()
    const known = this.#organizations.get(organizationId)
    if (known !== undefined) return known
    const fresh: Known = { generation: 0, meters: null, byId: new Map(), byNumber: new Map() }
    this.#organizations.set(organizationId, fresh)
    return fresh
  }

  #add(known: Known, names: AccountName[]): void {
    for (const name of names) {
      if (!known.byId.has(name.id)) this.#accountCount += 1
      known.byId.set(name.id, name)
      known.byNumber.set(name.number, name)
    }
  }
}

type Known = {
  /** Goes up with every change, so that answers asked for before it are not kept. */
  generation: number
  meters: MeterShape[] | null
  byId: Map<string, AccountName>
  byNumber: Map<number, AccountName>
}

function forgetAccount(known: Known, id: string | null): void {
  const name = known.byId.get(id ?? '')
  if (name === undefined) return
  known.byId.delete(name.id)
  known.byNumber.delete(name.number)
}
