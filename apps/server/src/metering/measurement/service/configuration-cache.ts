/**
 * Meters and accounts as ingest needs them, kept in memory: read when first named, forgotten when
 * they change. Unknown codes are asked for again each time, so that new ones count at once.
 */
import {
  type AccountDirectory,
  type AccountEntry,
  layoutOf,
  type MeterDirectory,
  type MeterLayout,
} from './meter-schema.ts'

/** A change announced by the database; `name` as in `configuration.meter.updated`. */
export type ConfigurationChange = { organizationId: string; name: string; id: string | null }

export type Wanted = { meters: Set<string>; accounts: Set<string> }
export type Snapshot = { meters: Map<string, MeterLayout>; accounts: Map<string, AccountEntry> }

const ACCOUNTS_MAX = 1_000_000
const ATTEMPTS_MAX = 5

export class ConfigurationCache {
  readonly #meters: MeterDirectory
  readonly #accounts: AccountDirectory
  readonly #organizations = new Map<string, Known>()
  #accountCount = 0

  constructor(directories: { meters: MeterDirectory; accounts: AccountDirectory }) {
    this.#meters = directories.meters
    this.#accounts = directories.accounts
  }

  /**
   * What these codes mean; those that do not exist are left out. The answer stays as it is while a
   * group is judged, whatever is forgotten meanwhile.
   */
  async learn(organizationId: string, wanted: Wanted): Promise<Snapshot> {
    for (let attempt = 1; ; attempt += 1) {
      const known = this.#knownOf(organizationId)
      const { generation } = known
      const snapshot = this.remembered(organizationId, wanted)
      const newMeters = [...wanted.meters].filter((code) => !snapshot.meters.has(code))
      const newAccounts = [...wanted.accounts].filter((code) => !snapshot.accounts.has(code))
      const [foundMeters, foundAccounts] = await Promise.all([
        newMeters.length === 0 ? [] : this.#meters.byCodes(organizationId, newMeters),
        newAccounts.length === 0 ? [] : this.#accounts.find(organizationId, newAccounts),
      ])
      // Something changed while it was being read: what was read may be the state before.
      if (known.generation !== generation && attempt < ATTEMPTS_MAX) continue
      for (const schema of foundMeters) {
        const layout = layoutOf(schema)
        known.meters.set(schema.code, layout)
        snapshot.meters.set(schema.code, layout)
      }
      this.#addAccounts(known, foundAccounts)
      for (const account of foundAccounts) snapshot.accounts.set(account.code, account)
      return snapshot
    }
  }

  /** The part that is known without asking. */
  remembered(organizationId: string, { meters, accounts }: Wanted): Snapshot {
    const known = this.#knownOf(organizationId)
    const snapshot: Snapshot = { meters: new Map(), accounts: new Map() }
    for (const code of meters) {
      const layout = known.meters.get(code)
      if (layout !== undefined) snapshot.meters.set(code, layout)
    }
    for (const code of accounts) {
      const account = known.accounts.get(code)
      if (account !== undefined) snapshot.accounts.set(code, account)
    }
    return snapshot
  }

  near(organizationId: string, codes: string[]): Promise<string[]> {
    return codes.length === 0 ? Promise.resolve([]) : this.#accounts.near(organizationId, codes)
  }

  async createAccounts(organizationId: string, codes: string[]): Promise<AccountEntry[]> {
    const created = await this.#accounts.createSkeletons(organizationId, codes)
    this.#addAccounts(this.#knownOf(organizationId), created)
    return created
  }

  forget({ organizationId, name, id }: ConfigurationChange): void {
    const known = this.#organizations.get(organizationId)
    // A new account changes nothing that is remembered; thousands of them may be made at once.
    if (known === undefined || name === 'configuration.account.created') return
    known.generation += 1
    if (!name.startsWith('configuration.account.')) {
      known.meters.clear()
      return
    }
    const code = id === null ? undefined : known.accountCodes.get(id)
    if (code !== undefined) known.accounts.delete(code)
  }

  /** After announcements may have been missed. */
  forgetAll(): void {
    for (const known of this.#organizations.values()) known.generation += 1
    this.#organizations.clear()
    this.#accountCount = 0
  }

  #knownOf(organizationId: string): Known {
    if (this.#accountCount > ACCOUNTS_MAX) this.forgetAll()
    const known = this.#organizations.get(organizationId)
    if (known !== undefined) return known
    const fresh = { generation: 0, meters: new Map(), accounts: new Map(), accountCodes: new Map() }
    this.#organizations.set(organizationId, fresh)
    return fresh
  }

  #addAccounts(known: Known, accounts: AccountEntry[]): void {
    for (const account of accounts) {
      known.accounts.set(account.code, account)
      known.accountCodes.set(account.id, account.code)
    }
    this.#accountCount += accounts.length
  }
}

type Known = {
  /** Goes up with every change, so that answers asked for before it are not kept. */
  generation: number
  meters: Map<string, MeterLayout>
  accounts: Map<string, AccountEntry>
  accountCodes: Map<string, string>
}
