/** Which names a calculation may use in its place (metering 9.5): plain data for checks and completions. */
import type { LookupFieldType } from './lookup.ts'
import type { Kinds } from './types.ts'

export type ScopeName = {
  /** As it is written best. */
  readonly path: readonly string[]
  /** Other spellings of the same thing. */
  readonly alternatives?: readonly (readonly string[])[]
  readonly kind: 'field' | 'system' | 'custom-field' | 'aggregation'
  readonly kinds: Kinds
  readonly help: string
  /** Anything below it may be named too; what it is, is not known beforehand. */
  readonly isOpen?: boolean
}

export type ScopeTable = {
  readonly code: string
  readonly fields: Readonly<Record<string, LookupFieldType>>
  readonly keys: readonly string[]
}

export type Scope = {
  readonly names: readonly ScopeName[]
  /** Names somebody might try, with the sentence why not. */
  readonly refused?: readonly { readonly path: readonly string[]; readonly why: string }[]
  /** What may be named here at all, for the message about an unknown name. */
  readonly advice: string
  /** Lookup tables; null where lookup functions have no place. */
  readonly tables: readonly ScopeTable[] | null
  /** What the calculation must be able to give, and the sentence when it cannot. */
  readonly result: { readonly kinds: Kinds; readonly why: string } | null
}

export function samePath(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index])
}

export function nameInScope(scope: Scope, path: readonly string[]): ScopeName | undefined {
  return (
    scope.names.find(
      (name) =>
        samePath(name.path, path) ||
        name.alternatives?.some((alternative) => samePath(alternative, path)),
    ) ??
    scope.names.find(
      (name) =>
        name.isOpen &&
        path.length > name.path.length &&
        samePath(name.path, path.slice(0, name.path.length)),
    )
  )
}
