/** Which segment a measurement belongs to: at most one, because each is priced by itself (metering 7.4). */

export type Segment = Readonly<Record<string, string>>

/** Stands for every value that no other segment took. */
export const WILDCARD = '*'

/**
 * The place in `segments` of the one that wins, or null. With {EU, gold}, {EU, *}, {*, gold}, {*, *}
 * a measurement of EU and iron goes to the second.
 */
export function winningSegment(
  segmentedFields: readonly string[],
  segments: readonly Segment[],
  values: Readonly<Record<string, string | null | undefined>>,
): number | null {
  const winner = segmentOrder(segmentedFields, segments).find((index) =>
    matches(segmentedFields, segments[index] ?? {}, values),
  )
  return winner ?? null
}

/**
 * Places of the segments in the order in which they are tried: most literal values first, then the
 * literal in the earlier field, then the order of the list. The first that matches wins.
 */
export function segmentOrder(
  segmentedFields: readonly string[],
  segments: readonly Segment[],
): number[] {
  const ranked = segments.map((segment, index) => ({
    index,
    literals: segmentedFields.map((field) => segment[field] !== WILDCARD),
  }))
  ranked.sort(
    (a, b) => countOf(b.literals) - countOf(a.literals) || earlier(a, b) || a.index - b.index,
  )
  return ranked.map(({ index }) => index)
}

/**
 * The segment at the place, last, after all that could take a measurement from it: among these alone
 * it wins what it wins among all. Of {EU, gold}, {EU, *}, {US, *}, {*, *} the default stands back for
 * all others, {EU, *} for {EU, gold} only.
 */
export function segmentAfterRivals(
  segmentedFields: readonly string[],
  segments: readonly Segment[],
  place: number,
): Segment[] {
  const own = segments[place]
  if (own === undefined) throw new RangeError(`There is no segment ${place}.`)
  const order = segmentOrder(segmentedFields, segments)
  const rivals = order
    .slice(0, order.indexOf(place))
    .map((index) => segments[index] ?? own)
    .filter((rival) => segmentedFields.every((field) => canMeet(rival[field], own[field])))
  return [...rivals, own]
}

export function sameSegment(a: Segment, b: Segment): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

function canMeet(a: string | undefined, b: string | undefined): boolean {
  return a === b || a === WILDCARD || b === WILDCARD
}

type Ranked = { readonly literals: readonly boolean[] }

function matches(
  segmentedFields: readonly string[],
  segment: Segment,
  values: Readonly<Record<string, string | null | undefined>>,
): boolean {
  return segmentedFields.every(
    (field) => segment[field] === WILDCARD || segment[field] === values[field],
  )
}

function countOf(literals: readonly boolean[]): number {
  return literals.filter((isLiteral) => isLiteral).length
}

function earlier(a: Ranked, b: Ranked): number {
  const place = a.literals.findIndex((isLiteral, index) => isLiteral !== b.literals[index])
  if (place < 0) return 0
  return a.literals[place] ? -1 : 1
}
