/**
 * The segment that a measurement belongs to, as SQL (metering 7.4). Segments with the same
 * wildcards are found in one look-up; the patterns are tried in the order of the engine's rule.
 */
import { segmentOrder, WILDCARD } from '@countinghouse/engine/metering/segment.ts'
import type { Parameters } from '../../../kit/clickhouse/event-database.ts'
import type { Segmentation } from './usage-question.ts'
import { wholeNumber } from './value-sql.ts'

/** An expression that gives the place of the winner, or -1. */
export function segmentSql(segmentation: Segmentation, parameters: Parameters): string {
  const { fields, segments, slots } = segmentation
  const patterns = new Map<string, { literals: number[]; keys: string[]; places: number[] }>()
  for (const place of segmentOrder(fields, segments)) {
    const values = fields.map((field) => segments[place]?.[field] ?? WILDCARD)
    const literals = values.flatMap((value, index) => (value === WILDCARD ? [] : [index]))
    const name = literals.join('_')
    const pattern = patterns.get(name) ?? { literals, keys: [], places: [] }
    patterns.set(name, pattern)
    pattern.keys.push(literals.map((index) => keyPart(values[index] ?? '')).join(''))
    pattern.places.push(place)
  }
  const lookups = [...patterns.values()].map(({ literals, keys, places }) => {
    const [only] = places
    if (literals.length === 0) return `toInt32(${wholeNumber(only ?? 0)})`
    const name = `segment_${literals.join('_')}`
    parameters[`${name}_keys`] = keys
    parameters[`${name}_places`] = places
    const key = literals.map((index) => keySql(slots[index] ?? 0))
    const whole = key.length === 1 ? key[0] : `concat(${key.join(', ')})`
    return `transform(${whole}, {${name}_keys:Array(String)}, {${name}_places:Array(Int32)}, toInt32(-1))`
  })
  // The first pattern that has the measurement wins; later ones are asked only if it has not.
  return lookups.reduceRight(
    (rest, lookup) => (rest === '' ? lookup : `if(${lookup} >= 0, ${lookup}, ${rest})`),
    '',
  )
}

/** With its length in front, two lists of texts never give the same key. */
function keyPart(value: string): string {
  return `${Buffer.byteLength(value)}:${value}`
}

/** A measurement without a value there matches nothing but a wildcard. */
function keySql(slot: number): string {
  const text = `texts[${wholeNumber(slot)}]`
  return `if(isNull(${text}), '-', concat(toString(length(assumeNotNull(${text}))), ':', assumeNotNull(${text})))`
}
