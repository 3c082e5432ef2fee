/**
 * What a resource may add to the five operations. Three hooks and no options: what does not fit
 * takes over that one operation by hand.
 */
import type { AnswerOf, BodyOf, Resource } from '@countinghouse/contract/kit/resource.ts'
import type { Static, TObject } from 'typebox'
import type { Problem } from '../errors.ts'
import type { Reader, Writer } from '../postgres/database.ts'

/** In whose name and for whom; `now` is the clock's instant, one for the whole request. */
export type Scope = { organizationId: string; principalId: string; now: number }

/** The stamps every stored resource carries. */
export type Stamps = {
  id: string
  version: number
  dtCreated: string
  dtLastModified: string
  createdBy: string
  lastModifiedBy: string
}

/** A resource as it is stored: stamps and body, without computed fields. */
export type Stored<Body extends TObject = TObject> = Stamps & Static<Body>

export type StoredOf<R> = Stamps & BodyOf<R>

export type { AnswerOf, BodyOf, Resource }

export type Write<Body extends TObject = TObject> = {
  writer: Writer
  scope: Scope
  id: string
  body: Static<Body>
  /** What is stored now; null when it is being created. */
  stored: Stored<Body> | null
  /** Add to it: all problems of a body are reported together. */
  problems: Problem[]
}

export type Hooks<Body extends TObject = TObject, Computed extends TObject = TObject> = {
  /**
   * Checks a body after the declared rules, and may give back the body to store (defaults,
   * normalized values). Runs also when references are unknown: those are in `problems` already.
   */
  beforeWrite?(write: Write<Body>): Promise<Static<Body> | undefined>
  /** Throws when the item may not go; references declared on resources are checked already. */
  beforeDelete?(removal: { writer: Writer; scope: Scope; stored: Stored<Body> }): Promise<void>
  /** Computed fields of a page of items, in the same order. */
  present?(
    reader: Reader,
    scope: { organizationId: string },
    items: Stored<Body>[],
  ): Promise<Static<Computed>[]>
}
